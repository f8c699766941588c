/** Signs of an address that are words, or stand in brackets: "at", "(at)", "[dot]". */
import type { Tokens } from '../../text/tokens.ts';

export const OPENING = new Set(['[', '(', '{', '<']);
export const CLOSING = new Set([']', ')', '}', '>']);

/** A sign that may stand in brackets: its first and last token; `plain` when it may be just the word. */
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
