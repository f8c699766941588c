/**
 * Cuts a line to so many columns of a terminal; sequences that colour it take none and are kept, so that no colour is
 * left on. What is printed here is one column a character.
 *
 * @example cutToWidth('12.3 s  waiting for CXone', 10); // "12.3 s  w…"
 */
export function cutToWidth(text: string, columns: number): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the sequences begin with one
  const pieces = text.match(/\x1b\[[0-9;]*m|[^\x1b]/gu) ?? [];
  const isColour = (piece: string) => piece.startsWith('\x1b');
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
