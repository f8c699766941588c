import { type Node, type Site, spanOf } from './syntax.ts';

/** Text that takes the place of a part of the source. */
export interface Change {
  start: number;
  end: number;
  text: string;
}

/** The changes of one kind to a node of a source; none where the operator has nothing to say. */
export type Operator = (site: Site, source: string) => Change[];

/**
 * A change of the whole node for each text.
 *
 * @example of the node `true` and the text "false" -> one change of the whole node
 */
export const instead = (node: Node, ...texts: string[]): Change[] => texts.map((text) => ({ ...spanOf(node), text }));

/**
 * The source of a node.
 *
 * @example of the first node of "a + b" -> "a + b"
 */
export const textOf = (node: Node, source: string): string => source.slice(spanOf(node).start, spanOf(node).end);
