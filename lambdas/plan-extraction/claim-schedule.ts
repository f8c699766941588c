/** One run for each moment of a schedule, however often the scheduler fires for it. */
import * as z from 'zod';
import { RunId } from '../shared/contracts/ids.ts';
import { keys } from '../shared/storage/layout.ts';
import type { ObjectStorage } from '../shared/storage/object-store.ts';
import { readJson } from '../shared/storage/read-json.ts';

const Claim = z.object({ schemaVersion: z.literal(1), runId: RunId, claimedAt: z.iso.datetime() });

/**
 * The other run that has claimed the schedule's time; undefined when it is this run's, claimed now or before.
 *
 * @param takesOver a run whose claim does not count, because this one does its work
 * @throws PipelineError `DataLakeUnavailable`, `DataLakeRejected`, `ContractViolation`
 * @example await claimSchedule(store, { name: 'daily', time: '2026-11-21T02:00:00Z' }, 'daily-2', nowMs) // 'daily-1'
 */
export async function claimSchedule(
  store: ObjectStorage,
  schedule: { name: string; time: string },
  runId: string,
  nowMs: number,
  takesOver?: string,
): Promise<string | undefined> {
  const key = keys.claim(schedule.name, new Date(schedule.time).toISOString());
  const claim = JSON.stringify({ schemaVersion: 1, runId, claimedAt: new Date(nowMs).toISOString() });
  if ((await store.write(key, claim, { absent: true })).written) return undefined;
  const found = await readJson(store, key, Claim);
  if (!found || found.value.runId === runId) return undefined;
  if (found.value.runId !== takesOver) return found.value.runId;
  const { written } = await store.write(key, claim, { etag: found.etag });
  return written ? undefined : (await readJson(store, key, Claim))?.value.runId;
}
