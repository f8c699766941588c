/** A source as a tree of nodes, without its types. */
import { type ParserOptions, parse } from '@babel/parser';
import type { Node } from '@babel/types';

export type { Node };

/** A node in its place. */
export interface Site {
  node: Node;
  /** From the one that holds the node to the outermost. */
  parents: readonly Node[];
}

const OPTIONS: ParserOptions = { sourceType: 'module', plugins: ['typescript', 'importAttributes'] };
/** Around an expression: the expression is code, the rest a type. */
const TYPED_EXPRESSIONS = new Set(['TSAsExpression', 'TSNonNullExpression', 'TSSatisfiesExpression']);

/**
 * Every node of a source that runs, from the outside in.
 *
 * @throws SyntaxError for a source that does not parse
 * @example sitesOf('a + b').map(({ node }) => node.type) // ['Program', 'ExpressionStatement', 'BinaryExpression', …]
 */
export function sitesOf(source: string): Site[] {
  const sites: Site[] = [];
  const visit = (node: Node, parents: readonly Node[]): void => {
    if (node.type.startsWith('TS') && !TYPED_EXPRESSIONS.has(node.type)) return;
    sites.push({ node, parents });
    for (const child of childrenOf(node)) visit(child, [node, ...parents]);
  };
  visit(programOf(source), []);
  return sites;
}

/**
 * A source as its outermost node, types included.
 *
 * @throws SyntaxError for a source that does not parse
 * @example programOf('a + b').type // 'Program'
 */
export function programOf(source: string): Node {
  return parse(source, OPTIONS).program;
}

/**
 * The place of a node in its source, from `start` up to `end`.
 *
 * @throws TypeError for a node that the parser did not make
 * @example spanOf(programOf('a + b')) // { start: 0, end: 5 }
 */
export function spanOf({ type, start, end }: Node): { start: number; end: number } {
  if (typeof start !== 'number' || typeof end !== 'number') throw new TypeError(`A ${type} has no place`);
  return { start, end };
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string';

/**
 * The nodes right below a node, types included.
 *
 * @example childrenOf(programOf('a; b')).length // 2
 */
export const childrenOf = (node: Node): Node[] =>
  Object.entries(node)
    .filter(([name]) => !name.endsWith('Comments'))
    .flatMap(([, value]) => value)
    .filter(isNode);
