/**
 * The one place that everything printed passes on its way to the terminal: keys, ids, paths and messages of errors come
 * from outside, and a terminal obeys what it is sent. What would move its cursor, rename its window or turn its lines
 * around is shown instead of done.
 */
import { randomBytes } from 'node:crypto';

/**
 * Begins the escape sequences that this program means: an escape character and a number that is not known outside, drawn
 * anew in each process. `colours.ts` writes it.
 */
export const OWN_ESCAPE = `\u001b${randomBytes(8).toString('hex')}`;

/** Control characters but for tab and line feed, marks that change the direction of text, separators of lines. */
const ACTIVE = '[\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f\\u061c\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u2069]';
const OWN_OR_ACTIVE = new RegExp(`${OWN_ESCAPE}|${ACTIVE}`, 'g');

/**
 * The text as it may be printed. `"int-1\u0007"` becomes `"int-1\\u0007"`, the way JSON writes it: a line of JSON stays
 * the same JSON. Sequences of {@link OWN_ESCAPE} become real ones.
 */
export function printable(text: string): string {
  return text.replace(OWN_OR_ACTIVE, (found) =>
    found === OWN_ESCAPE ? '\u001b' : `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Makes everything that is written to the process's output {@link printable}, an uncaught error included. */
export function guardOutput(): void {
  for (const stream of [process.stdout, process.stderr]) {
    const write = stream.write.bind(stream);
    stream.write = ((chunk: string | Uint8Array, ...rest: []) =>
      write(typeof chunk === 'string' ? printable(chunk) : chunk, ...rest)) as typeof stream.write;
  }
  // Node would write it past the stream.
  process.on('uncaughtException', (error) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exit(1);
  });
}
