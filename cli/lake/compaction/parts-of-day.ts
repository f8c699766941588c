/** What manifests say of a day: nothing of a run that is not recorded. */
import type { StoredPart } from '../../../lambdas/shared/storage/records.ts';
import { listRuns, readManifest } from '../list-runs.ts';
import type { Lake } from '../open-lake.ts';

/** A part with the start of its run, in ms since the epoch: it was not written before. */
export type ListedPart = StoredPart & { writtenMs: number };

/**
 * The parts of a day that manifests list.
 *
 * @param day `YYYY-MM-DD`, UTC
 * @throws UnreadableObject when a manifest cannot be read: it may list parts of the day
 * @example (await partsOfDay(lake, '2026-11-21')).map(({ key }) => key) // ['transcripts/v=1/…']
 */
export async function partsOfDay(lake: Lake, day: string): Promise<ListedPart[]> {
  const parts: ListedPart[] = [];
  for await (const runId of listRuns(lake)) {
    const manifest = (await readManifest(lake, runId))?.value;
    if (!manifest) continue;
    const writtenMs = Date.parse(manifest.startedAt);
    parts.push(...manifest.parts.filter((part) => part.day === day).map((part) => ({ ...part, writtenMs })));
  }
  return parts;
}
