import { createHash } from 'node:crypto';

/** One `Set` takes 16.7 million values and no more; a large lake has several times as many rows. */
const SETS = 256;

/**
 * Counts what comes again, by a hash of eight bytes: a lake has more transcripts than memory has room for their names.
 * Takes about 50 bytes for each name.
 */
export class RepeatCounter {
  readonly #seen = Array.from({ length: SETS }, () => new Set<bigint>());
  repeated = 0;

  add(name: string): void {
    const digest = createHash('sha256').update(name).digest();
    const set = this.#seen[digest[8] ?? 0] as Set<bigint>;
    const hash = digest.readBigUInt64LE();
    if (set.has(hash)) this.repeated += 1;
    else set.add(hash);
  }
}
