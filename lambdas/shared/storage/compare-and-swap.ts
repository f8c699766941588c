/** Read, change, write if unchanged: how writers that meet at one object stay out of each other's way. */
import { PipelineError } from '../contracts/errors.ts';
import type { WriteCondition } from './object-store.ts';

/** Writers that meet at one object are few and quick; one that loses this often has another problem. */
const MAX_TRIES = 20;

/**
 * The condition under which an object may be written after it was read: it is still that version, or still not there.
 *
 * @example
 * unchanged({ etag: '"a1"' }) // { etag: '"a1"' }
 * unchanged(undefined)        // { absent: true }
 */
export function unchanged(found: { etag: string } | undefined): WriteCondition {
  return found ? { etag: found.etag } : { absent: true };
}

/**
 * The result of the first attempt that is written. An attempt reads, decides and writes under {@link unchanged}; while
 * other writers are faster it is made again, on what they wrote.
 *
 * @param attempt returns undefined when there is nothing to change: that ends it too
 * @param contended message of the error, a constant sentence
 * @throws PipelineError `DataLakeUnavailable` when no attempt of `maxTries` is written; what the attempt throws
 * @example
 * await compareAndSwap(async () => {
 *   const found = await readJson(store, key, Counter);
 *   const next = { count: (found?.value.count ?? 0) + 1 };
 *   return store.write(key, JSON.stringify(next), unchanged(found));
 * }, 'The counter kept changing'); // { written: true, etag: '"b2"' }
 */
export async function compareAndSwap<Result extends { written: boolean } | undefined>(
  attempt: () => Promise<Result>,
  contended: string,
  maxTries = MAX_TRIES,
): Promise<Exclude<Result, { written: false }>> {
  for (let tries = 0; tries < maxTries; tries += 1) {
    const result = await attempt();
    if (isSettled(result)) return result;
  }
  throw new PipelineError('DataLakeUnavailable', contended);
}

/** False for an attempt that another writer was faster than. */
function isSettled<Result extends { written: boolean } | undefined>(
  result: Result,
): result is Exclude<Result, { written: false }> {
  return result?.written !== false;
}
