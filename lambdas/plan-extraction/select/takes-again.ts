/** Decides which transcripts that are stored are fetched again, for a newer version. Pure. */
import type { NewVersions } from '../../shared/vendor/transcript-source.ts';

/** Says of a transcript that is stored in some version whether it is fetched again. */
export type TakesAgain = (found: { availableMs: number }, version: string) => boolean;

/**
 * How to tell what is fetched again at a source; undefined where nothing that is stored is.
 *
 * @param isRefetch whether the run was asked to fetch what is stored
 * @example takesAgainOf('listed', false)?.({ availableMs: Date.parse('2026-11-22T00:00:00Z') }, '2026-11-21T00:00:00Z') // true
 */
export function takesAgainOf(newVersions: NewVersions, isRefetch: boolean): TakesAgain | undefined {
  if (newVersions === 'never') return undefined;
  // What is stored without a version is of a source that has none.
  if (isRefetch) return (_found, version) => version !== '';
  if (newVersions === 'fetched') return undefined;
  return ({ availableMs }, version) => availableMs > Date.parse(version);
}
