/** Which exports of a source say what they are. */
import { type Node, programOf } from '../mutate/syntax.ts';
import type { Source } from './sources.ts';

/**
 * Names of the exported functions, classes and constants without a docstring right before them. Types and interfaces may
 * do without: their fields have theirs.
 *
 * @example undocumentedExports({ path: 'a.ts', text: '/** Two. *\/ export const a = 2; export const b = 3;' }) // ['b']
 * @throws SyntaxError for a source that does not parse
 */
export function undocumentedExports({ text }: Source): string[] {
  const program = programOf(text);
  if (program.type !== 'Program') return [];
  return program.body.flatMap((statement) => {
    const isExport = statement.type === 'ExportNamedDeclaration' || statement.type === 'ExportDefaultDeclaration';
    return isExport && !hasDocstring(statement) ? declaredNames(statement) : [];
  });
}

function hasDocstring({ leadingComments, loc }: Node): boolean {
  const last = leadingComments?.at(-1);
  // What stands further above is about the file.
  const isNext = (last?.loc?.end.line ?? 0) >= (loc?.start.line ?? 0) - 1;
  return last?.type === 'CommentBlock' && last.value.startsWith('*') && isNext;
}

function declaredNames(statement: Extract<Node, { type: `Export${string}Declaration` }>): string[] {
  if (statement.type === 'ExportDefaultDeclaration') return ['default'];
  const declaration = statement.type === 'ExportNamedDeclaration' ? statement.declaration : undefined;
  switch (declaration?.type) {
    case 'FunctionDeclaration':
    case 'ClassDeclaration':
      return declaration.id ? [declaration.id.name] : [];
    case 'VariableDeclaration':
      return declaration.declarations.flatMap(({ id }) => (id.type === 'Identifier' ? [id.name] : []));
    default:
      return [];
  }
}
