/** Signs of an address that are words, or stand in brackets: "at", "(at)", "[dot]". */
import type { Tokens } from '../../text/tokens.ts';

/** Brackets that may open around a sign: "name [at] acme.com". */
export const OPENING = new Set(['[', '(', '{', '<']);
/** Brackets that may close around a sign. */
export const CLOSING = new Set([']', ')', '}', '>']);

/**
 * The first and last token of a sign that may stand in brackets; `plain` when it may be just the word; undefined for none.
 *
 * @example signAt(tokenise('name [at] acme'), 1, new Set(['at'])) // { first: 1, last: 3, plain: false }
 */
export function signAt(
  tokens: Tokens,
  at: number,
  signs: ReadonlySet<string>,
): { first: number; last: number; plain: boolean } | undefined {
  const word = tokens.words[at] ?? '';
  if (signs.has(word)) {
    const isSign = tokens.words[at + 1] === 'sign' || tokens.words[at + 1] === 'symbol';
    if (tokens.words[at + 1] === 'the' && tokens.words[at + 2] === 'rate')
      return { first: at, last: at + 2, plain: true };
    // Typed in capitals it stands for the sign: "ana AT example.org".
    const plain = tokens.text[tokens.starts[at] ?? 0] === 'a' && !isSign;
    return { first: tokens.words[at - 1] === 'the' && isSign ? at - 1 : at, last: isSign ? at + 1 : at, plain };
  }
  if (OPENING.has(word) && signs.has(tokens.words[at + 1] ?? '') && CLOSING.has(tokens.words[at + 2] ?? ''))
    return { first: at, last: at + 2, plain: false };
  return undefined;
}
