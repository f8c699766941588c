/** The source files of the project and what they import. */
import { readdirSync, readFileSync } from 'node:fs';
import { posix, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { childrenOf, type Node, programOf } from '../mutate/syntax.ts';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));
const SOURCE = /\.m?[jt]s$/;
/** Made by a tool, or of a dependency. */
const NOT_OURS = new Set(['node_modules', 'out', 'cdk.out']);

export interface Source {
  /** Below the project, with slashes. */
  path: string;
  text: string;
}

/**
 * Every source file, tests and tools too.
 *
 * @example readSources('scripts/architecture').map(({ path }) => path).includes('scripts/architecture/rooms.ts') // true
 */
export function readSources(folder = '.'): Source[] {
  return readdirSync(resolve(PROJECT, folder), { withFileTypes: true }).flatMap((entry) => {
    if (entry.name.startsWith('.') || NOT_OURS.has(entry.name)) return [];
    const path = posix.join(folder, entry.name);
    if (entry.isDirectory()) return readSources(path);
    return SOURCE.test(entry.name) ? [{ path, text: readFileSync(resolve(PROJECT, path), 'utf8') }] : [];
  });
}

/** What a source imports: another file of the project, or a package. */
export type Target = { file: string } | { package: string };

/**
 * Everything that a source imports or exports again, types included, `import()` too.
 *
 * @example importsOf({ path: 'a/b.ts', text: "import type { C } from '../c.ts'" }); // [{ file: 'c.ts' }]
 * @throws SyntaxError for a source that does not parse
 */
export function importsOf({ path, text }: Source): Target[] {
  return specifiersIn(programOf(text)).map((specifier) => {
    if (specifier.startsWith('.')) return { file: posix.join(posix.dirname(path), specifier) };
    const entry = WORKSPACE_ENTRIES.get(specifier);
    return entry === undefined ? { package: specifier } : { file: entry };
  });
}

function specifiersIn(node: Node): string[] {
  return [...specifierOf(node), ...childrenOf(node).flatMap(specifiersIn)];
}

function specifierOf(node: Node): string[] {
  switch (node.type) {
    case 'ImportDeclaration':
    case 'ExportAllDeclaration':
      return [node.source.value];
    case 'ExportNamedDeclaration':
      return node.source ? [node.source.value] : [];
    case 'TSImportType':
      return node.argument.type === 'StringLiteral' ? [node.argument.value] : [];
    case 'ImportExpression':
      return node.source.type === 'StringLiteral' ? [node.source.value] : [];
    case 'CallExpression': {
      const [argument] = node.arguments;
      return node.callee.type === 'Import' && argument?.type === 'StringLiteral' ? [argument.value] : [];
    }
    default:
      return [];
  }
}

/** `@cxone-transcripts/masker/options` → the file that the package's `exports` name. */
const WORKSPACE_ENTRIES: ReadonlyMap<string, string> = new Map(
  readdirSync(resolve(PROJECT, 'packages')).flatMap((folder) => {
    const manifest = readFileSync(resolve(PROJECT, 'packages', folder, 'package.json'), 'utf8');
    const { name, exports } = JSON.parse(manifest) as { name: string; exports: Record<string, string> };
    return Object.entries(exports).map(
      ([entry, file]) => [posix.join(name, entry), posix.join('packages', folder, file)] as const,
    );
  }),
);
