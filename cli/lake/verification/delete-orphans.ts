/** Deletes what no record lists, on nothing but what was read just before. */
import { keys, partOrigin } from '../../../lambdas/shared/storage/layout.ts';
import { UnreadableObject } from '../../../lambdas/shared/storage/read-record.ts';
import { listOpenRuns, readManifest } from '../list-runs.ts';
import type { Lake } from '../open-lake.ts';
import { judgePart, type RunState } from './judge-part.ts';
import type { Problem } from './problem.ts';

/** Problems of records: while there is one, it is not known what the lake should hold. */
const OF_RECORDS: ReadonlySet<Problem['code']> = new Set(['manifest', 'record', 'counts', 'listed-twice']);

/**
 * The problems because of which no orphan may be deleted: those of the lake's records. Pure.
 *
 * @example
 * whyNotToDelete([{ code: 'manifest', key: 'runs/r1/manifest.json', detail: 'it is not JSON' }]) // that one
 * whyNotToDelete([{ code: 'checksum', key: 'transcripts/…', detail: '…' }]) // []
 */
export function whyNotToDelete(problems: readonly Problem[]): Problem[] {
  return problems.filter(
    ({ code, key }) => OF_RECORDS.has(code) || key.startsWith('runs/') || key.startsWith('state/'),
  );
}

/**
 * How many of the keys were deleted, how many were left, and what stopped it: only those go that are orphans still, since a
 * run may have listed them meanwhile. Stops at a record that cannot be read by now.
 *
 * @example await deleteOrphans(lake, ['transcripts/…/r9-000001.jsonl.gz'], Date.now()) // { deleted: 1, left: 0 }
 */
export async function deleteOrphans(
  lake: Lake,
  orphans: readonly string[],
  nowMs: number,
): Promise<{ deleted: number; left: number; stoppedBy?: UnreadableObject }> {
  let deleted = 0;
  const outcome = () => ({ deleted, left: orphans.length - deleted });
  try {
    for (const key of orphans) {
      if (!(await isStillOrphan(lake, key, nowMs))) continue;
      await lake.store.delete(key);
      deleted += 1;
    }
    return outcome();
  } catch (error) {
    if (!(error instanceof UnreadableObject)) throw error;
    return { ...outcome(), stoppedBy: error };
  }
}

async function isStillOrphan(lake: Lake, key: string, nowMs: number): Promise<boolean> {
  const head = await lake.store.head(key);
  const origin = partOrigin(key);
  if (!head || !origin) return false;
  const state = await stateOf(lake, origin.runId);
  const manifest = (await readManifest(lake, origin.runId))?.value;
  const isListed = manifest?.parts.some((part) => part.key === key) ?? false;
  return judgePart(head, isListed, () => (manifest && state !== 'open' ? 'recorded' : state), nowMs) === 'orphan';
}

/** Of a run whose manifest is not looked at. */
async function stateOf(lake: Lake, runId: string): Promise<RunState> {
  if ((await listOpenRuns(lake)).some((run) => run.runId === runId)) return 'open';
  for await (const _ of lake.store.list(keys.run(runId))) return 'unrecorded';
  return 'unknown';
}
