/** The lexicon that the masker tells names and addresses by: it does no I/O itself. */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

/** The name of the file, in the masker's package and beside a bundled handler. */
export const LEXICON_FILE = 'names.lexicon';

/**
 * The bytes of the lexicon: beside the bundled handler, else in the masker's package.
 *
 * @throws Error of the file system when there is none
 * @example createMasker({}, readLexicon())
 */
export function readLexicon(): Uint8Array {
  const beside = fileURLToPath(new URL(LEXICON_FILE, import.meta.url));
  return readFileSync(existsSync(beside) ? beside : lexiconPath());
}

/** Where the lexicon is in the masker's package. */
export function lexiconPath(): string {
  return createRequire(import.meta.url).resolve(`@cxone-transcripts/masker/${LEXICON_FILE}`);
}
