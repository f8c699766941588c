/** What people say between the digits of a number. */
import { wordsOf } from './word-groups.ts';

/** Words that may stand between two digits of one number. */
export const FILLERS: readonly string[] = wordsOf({
  hesitations: 'uh uhh uhm uhhh um umm ummm er erm ah eh hm hmm mm',
  links: 'like so then and followed by next another again plus of is its the',
  assent: 'okay ok yeah yes yep right well got it you know',
  signs: 'dash hyphen minus slash space dot point period comma stroke paren parentheses open close',
  asides: 'let me see just a sec second thats hang hold',
  parts: 'area code last rest number digits',
});
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
