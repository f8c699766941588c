import { OWN_ESCAPE } from './printable.ts';

/** A sequence that colours, as `colours.ts` writes it, or one character. */
const PIECE = new RegExp(`${OWN_ESCAPE}\\[[0-9;]*m|[^${OWN_ESCAPE[0]}]`, 'gu');

/**
 * A line, cut to so many columns of a terminal; sequences that colour it take none and are kept, so that no colour is
 * left on. What is printed here is one column a character.
 *
 * @example cutToWidth('12.3 s  waiting for CXone', 10); // "12.3 s  w…"
 */
export function cutToWidth(text: string, columns: number): string {
  const pieces = text.match(PIECE) ?? [];
  const isColour = (piece: string) => piece.startsWith(OWN_ESCAPE);
  const length = pieces.filter((piece) => !isColour(piece)).length;
  if (length <= columns) return text;
  let left = Math.max(0, columns - 1);
  let cut = '';
  for (const piece of pieces) {
    if (isColour(piece)) cut += piece;
    else if (left > 0) {
      cut += piece;
      left -= 1;
    } else if (left === 0) {
      cut += columns > 0 ? '…' : '';
      left = -1;
    }
  }
  return cut;
}
