/**
 * Erases interactions from a lake for good.
 *
 * In an order in which nothing can come back, and in which an erasure that breaks off is completed by doing it again:
 * the tombstones first; then the events for the webhook, while the rows can still be counted; then the rows; then what
 * receipts and manifests say of the parts; then the compacted days.
 */
import { createHash } from 'node:crypto';
import { isPipelineError } from '../../../lambdas/shared/contracts/errors.ts';
import { enqueueTranscriptErased } from '../../../lambdas/shared/delivery/outbox.ts';
import { claimedIds } from '../../../lambdas/shared/runs/stored-ids.ts';
import { hashInteractionId, writeTombstone } from '../../../lambdas/shared/storage/tombstones.ts';
import { createJsonLines } from '../../../lambdas/shared/storage/write-json-lines.ts';
import { listOpenRuns } from '../list-runs.ts';
import type { Lake } from '../open-lake.ts';
import { UnreadableObject } from '../read-record.ts';
import { compactAgain, outdateCompactions } from './compact-erased-days.ts';
import { eraseFromRun } from './erase-from-run.ts';
import { type AffectedRun, type LeftAlone, surveyErasure } from './survey-erasure.ts';

export interface Erasure {
  /** Rows taken out, by interaction. */
  rows: Map<string, number>;
  parts: number;
  /** Runs whose parts were rewritten; their outboxes hold the events. */
  runs: string[];
  versions: number;
  /** Days whose compacted files were made again. */
  compacted: string[];
  /** Interactions that a run under way has planned: erase them again when it is over. */
  underWay: string[];
  /** What could not be looked into, and may hold them still: mend it, and erase them again. */
  leftAlone: LeftAlone[];
}

/** When each was erased, by interaction. */
type Wanted = ReadonlyMap<string, string>;

/**
 * Erases the interactions wherever the lake's records can be gone by, and names the others.
 *
 * @param at now; an erasure that was asked for before keeps the time of then
 * @throws PipelineError `DataLakeUnavailable` when others keep changing what is to be rewritten: do it again
 */
export async function eraseInteractions(lake: Lake, interactionIds: readonly string[], at: string): Promise<Erasure> {
  const wanted = new Map<string, string>();
  for (const id of new Set(interactionIds)) wanted.set(id, await writeTombstone(lake.store, id, at));
  const isWanted = (id: string) => wanted.has(id);

  const before = await underWay(lake, wanted);
  const { runs, leftAlone } = await surveyErasure(lake, isWanted);
  const rows = await enqueueEvents(lake, runs, wanted);
  const affectedRuns = runs.map(({ runId }) => runId);
  const erasure: Erasure = { rows, parts: 0, runs: affectedRuns, versions: 0, compacted: [], underWay: [], leftAlone };
  await outdateCompactions(lake, runs, leftAlone);
  for (const run of runs) {
    const { parts, versions } = await eraseFromRun(lake, run, isWanted, at);
    erasure.parts += parts;
    erasure.versions += versions;
  }
  erasure.compacted = await compactAgain(lake, runs, at, leftAlone);
  const after = await underWay(lake, wanted);
  erasure.underWay = [...new Set([...before.ids, ...after.ids])];
  leftAlone.push(...after.unreadable);
  await writeAudit(lake, erasure, wanted);
  return erasure;
}

/** A batch that was stored while we looked elsewhere may hold one of them, if it began before the tombstone. */
async function underWay(lake: Lake, wanted: Wanted): Promise<{ ids: string[]; unreadable: LeftAlone[] }> {
  const ids: string[] = [];
  const unreadable: LeftAlone[] = [];
  try {
    for (const run of await listOpenRuns(lake)) {
      const claimed = await claimedIds(lake.store, [run], '').catch((error: unknown) => {
        if (!isPipelineError(error, 'ContractViolation')) throw error;
        unreadable.push({ key: run.batchesKey, reason: error.message });
        return undefined;
      });
      if (claimed) ids.push(...[...wanted.keys()].filter((id) => claimed.has(id)));
    }
  } catch (error) {
    if (!(error instanceof UnreadableObject)) throw error;
    unreadable.push({ key: error.key, reason: error.reason });
  }
  return { ids, unreadable };
}

/** One event an interaction, in the outbox of the first run that stored it. @returns rows by interaction */
async function enqueueEvents({ store }: Lake, runs: readonly AffectedRun[], wanted: Wanted) {
  const rows = new Map<string, number>();
  const firstRun = new Map<string, string>();
  for (const run of runs) {
    for (const [interactionId, count] of run.rows) {
      rows.set(interactionId, (rows.get(interactionId) ?? 0) + count);
      if (!firstRun.has(interactionId)) firstRun.set(interactionId, run.runId);
    }
  }
  for (const [interactionId, runId] of firstRun) {
    const data = { interactionId, rows: rows.get(interactionId) ?? 0 };
    const timestamp = wanted.get(interactionId) ?? '';
    await enqueueTranscriptErased(store, runId, { type: 'transcript.erased', timestamp, data });
  }
  return rows;
}

/** Who was erased, by hash, and when: the proof that it was done must not itself hold the id. */
async function writeAudit({ store }: Lake, erasure: Erasure, wanted: Wanted): Promise<void> {
  const lines = [...wanted].map(([id, erasedAt]) => ({
    at: erasedAt,
    action: 'interaction_erased',
    interactionHash: hashInteractionId(id),
    rows: erasure.rows.get(id) ?? 0,
    runs: erasure.runs,
  }));
  const name = createHash('sha256')
    .update(JSON.stringify([...wanted]))
    .digest('hex')
    .slice(0, 16);
  const day = lines[0]?.at.slice(0, 10);
  await createJsonLines(store, `audit/erasures/dt=${day}/${name}.jsonl`, lines);
}
