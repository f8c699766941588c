/** What people say between the digits of a number. */

export const FILLERS: readonly string[] =
  'uh uhh uhm uhhh um umm ummm er erm ah eh hm hmm mm like so then and okay ok yeah yes yep right well followed by dash hyphen minus slash space dot point period comma stroke next another again plus got it you know let me see just a sec second thats is its paren parentheses open close area code last the rest of number digits hang hold'.split(
    ' ',
  );
/** "uhhh", "ummm", "errm", "hmmm": however long they are drawn out. */
export const DRAWN_OUT = /^(?:u+h+|u+m+|e+r+m*|h+m+|m+)$/;
/** Those that people write, up to so many letters drawn out. */
export const DRAWN: readonly string[] = [1, 2, 3, 4, 5, 6].flatMap((times) =>
  ['uh', 'um', 'erm', 'hm', 'm'].map((word) => `${word}${(word.at(-1) ?? '').repeat(times)}`),
);
/** A part is said anew. */
export const CORRECTIONS: readonly string[] =
  'no sorry wait scratch actually correction mean oops rather nope strike'.split(' ');
/** "hang on", "hold on", "let me", "bear with me": what follows is about something else. */
export const HOLDS: readonly (readonly [before: string, last: string])[] = [
  ['hang', 'on'],
  ['hold', 'on'],
  ['let', 'me'],
  ['with', 'me'],
  ['give', 'me'],
];
