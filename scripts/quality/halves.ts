/** The two halves of the corpus: `open`, against which rules are written, and `held`, which only a publication looks at. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Item, readCorpusFile } from './corpus-file.ts';

export const HALVES = ['open', 'held'] as const;
export type Half = (typeof HALVES)[number];

const CORPUS = join(import.meta.dirname, '../../test/quality');

/**
 * The half that an item belongs to, by a hash of its id alone: nobody chooses, and what is added later moves nothing.
 *
 * @example halfOf('voice-us-01') // 'open'
 */
export function halfOf(id: string): Half {
  return (createHash('sha256').update(id).digest()[0] ?? 0) % 2 === 0 ? 'open' : 'held';
}

/** The folder of a half. */
export function folderOf(half: Half): string {
  return join(CORPUS, half);
}

/** The names of a half's files, in order. */
function filesOf(half: Half): string[] {
  return readdirSync(folderOf(half))
    .filter((name) => name.endsWith('.txt'))
    .sort();
}

/**
 * The items of a half, in the order of its files.
 *
 * @throws Error that names the file and line that cannot be read
 * @example readHalf('open').length // some 380
 */
export function readHalf(half: Half): Item[] {
  return filesOf(half).flatMap((name) => {
    try {
      return readCorpusFile(readFileSync(join(folderOf(half), name), 'utf8'));
    } catch (error) {
      throw new Error(`${half}/${name}: ${error instanceof Error ? error.message : String(error)}`);
    }
  });
}

/**
 * A digest of both halves: names and bytes of every file.
 *
 * @example corpusDigest() // '3f9a0c51d2b7'
 */
export function corpusDigest(): string {
  const hash = createHash('sha256');
  for (const half of HALVES) {
    for (const name of filesOf(half)) hash.update(`${half}/${name}\0`).update(readFileSync(join(folderOf(half), name)));
  }
  return hash.digest('hex').slice(0, 12);
}
