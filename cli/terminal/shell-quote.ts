/**
 * A word as a shell takes it, for commands that are printed to be copied.
 *
 * @example shellQuote("my lake"); // "'my lake'"
 */
export function shellQuote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
