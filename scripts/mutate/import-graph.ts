import { posix } from 'node:path';

/** `from './a.ts'`, `import('./a.ts')`, `import './a.ts'`, `new URL('a.ts', import.meta.url)`; types alone lead nowhere. */
const IMPORTS = [
  /^\s*(?:import|export)\s+(?!type\b)[^'"`;]*?\bfrom\s*'(\.{1,2}\/[^']+)'/gm,
  /\bimport\s*\(?\s*'(\.{1,2}\/[^']+)'/g,
  /new URL\(\s*'([^']+\.m?[jt]s)',\s*import\.meta\.url/g,
];

/**
 * The files that a source loads, as paths from the project's folder.
 *
 * @example importsOf('cli/a.ts', "import './b.ts';") // ['cli/b.ts']
 */
export function importsOf(file: string, source: string): string[] {
  const found = IMPORTS.flatMap((pattern) => [...source.matchAll(pattern)].map(([, path = '']) => path));
  return found.map((path) => posix.join(posix.dirname(file), path));
}

/**
 * Which of the tests load a file, by themselves or through others.
 *
 * @example
 * testsByFile(new Map([['t.test.ts', "import './a.ts'"], ['a.ts', '']]), ['t.test.ts']).get('a.ts')
 * // ['t.test.ts']
 *
 * @param sources of all files, by path
 */
export function testsByFile(sources: ReadonlyMap<string, string>, tests: readonly string[]): Map<string, string[]> {
  const imports = new Map([...sources].map(([file, source]) => [file, importsOf(file, source)]));
  const found = new Map<string, string[]>();
  for (const test of tests) {
    const reached = new Set<string>([test]);
    for (const file of reached) for (const next of imports.get(file) ?? []) reached.add(next);
    for (const file of reached) found.set(file, [...(found.get(file) ?? []), test]);
  }
  return found;
}
