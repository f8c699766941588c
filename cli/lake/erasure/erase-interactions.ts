/**
 * Erases interactions from a lake for good.
 *
 * In an order in which nothing can come back, and in which an erasure that breaks off is completed by doing it again:
 * the tombstones first; then the events for the webhook, while the rows can still be counted; then the rows; then what
 * receipts and manifests say of the parts; then the compacted days, and last what compacted files hold beyond their parts.
 */
import { createHash } from 'node:crypto';
import { temporaryFolder } from '../../../emulator/temporary-folder.ts';
import { idsOf } from '../../../lambdas/shared/contracts/aliases.ts';
import type { Batch } from '../../../lambdas/shared/contracts/batch.ts';
import { isPipelineError } from '../../../lambdas/shared/contracts/errors.ts';
import { enqueueTranscriptErased } from '../../../lambdas/shared/delivery/outbox.ts';
import { eraseFromRun } from '../../../lambdas/shared/erasure/erase-from-run.ts';
import { batchesUnderWay } from '../../../lambdas/shared/runs/stored-ids.ts';
import type { ObjectStorage } from '../../../lambdas/shared/storage/object-store.ts';
import { UnreadableObject } from '../../../lambdas/shared/storage/read-record.ts';
import { hashInteractionId, writeTombstone } from '../../../lambdas/shared/storage/tombstones.ts';
import { createJsonLines } from '../../../lambdas/shared/storage/write-json-lines.ts';
import { listOpenRuns } from '../list-runs.ts';
import type { Lake } from '../open-lake.ts';
import { compactAgain, namingUnreadable, outdateCompactions } from './compact-erased-days.ts';
import { eraseFromCompacted } from './erase-from-compacted.ts';
import { countFound, type Found, noteFound } from './note-found.ts';
import { type LeftAlone, type SurveyedRun, surveyErasure } from './survey-erasure.ts';
import { type ErasedAt, Targets } from './targets.ts';

export interface Erasure {
  /** Rows taken out, by id that was named. */
  rows: Map<string, number>;
  /** By id that was named: the interactions that it stands for, where it is another id of theirs. */
  interactions: Map<string, string[]>;
  parts: number;
  /** Runs whose parts were rewritten; their outboxes hold the events. */
  runs: string[];
  versions: number;
  /** Days whose compacted files were made again. */
  compacted: string[];
  /** Ids of what a run under way has planned: erase them again when it is over. */
  underWay: string[];
  /** What could not be looked into, and may hold them still: mend it, and erase them again. */
  leftAlone: LeftAlone[];
}

/**
 * What was erased, wherever the lake's records can be gone by, and the objects that could not be.
 *
 * @param ids of the interactions: those under which they are stored, or others of the vendor's that stand for them
 * @param at now, ISO 8601; an erasure that was asked for before keeps the time of then
 * @throws PipelineError `DataLakeUnavailable` when others keep changing what is to be rewritten: do it again
 * @example await eraseInteractions(lake, ['int-1'], at) // { rows: { 'int-1' => 1 }, parts: 1, runs: ['r1'], … }
 */
export async function eraseInteractions(lake: Lake, ids: readonly string[], at: string): Promise<Erasure> {
  const targets = new Targets(ids);
  const wanted: ErasedAt = new Map();
  await buryTargets(lake.store, targets, wanted, at);
  const isUnwanted = (id: string) => targets.has(id);

  const before = await underWay(lake, targets);
  const { runs, leftAlone } = await surveyErasure(lake, targets);
  await buryTargets(lake.store, targets, wanted, at);
  const rows = await enqueueEvents(lake.store, runs, wanted);
  const affectedRuns = runs.map(({ runId }) => runId);
  const erasure: Erasure = {
    rows,
    interactions: new Map(),
    parts: 0,
    runs: affectedRuns,
    versions: 0,
    compacted: [],
    underWay: [],
    leftAlone,
  };
  await outdateCompactions(lake, runs, leftAlone);
  const { path: scratch, remove } = temporaryFolder('erase-');
  try {
    for (const run of runs) {
      const { parts, versions } = await eraseFromRun(lake, run, { isUnwanted, at, scratch });
      erasure.parts += parts;
      erasure.versions += versions;
    }
  } finally {
    remove();
  }
  erasure.compacted = await compactAgain(lake, runs, at, leftAlone);
  await eraseFromFiles(lake, erasure, targets, wanted, at);
  const after = await underWay(lake, targets);
  erasure.underWay = [...new Set([...before.ids, ...after.ids])];
  leftAlone.push(...after.unreadable);
  nameWhatWasNamed(erasure, targets);
  await writeAudit(lake, erasure, targets, wanted);
  return erasure;
}

/**
 * Tombstones for what was named, and for the interactions that it stands for: a transcript that is fetched by the id of its
 * segment need not say the others.
 */
async function buryTargets(store: ObjectStorage, targets: Targets, wanted: ErasedAt, at: string): Promise<void> {
  for (const id of targets.interactions) {
    if (!wanted.has(id)) wanted.set(id, await writeTombstone(store, id, at));
  }
}

/** From interactions to the ids that a person gave. */
function nameWhatWasNamed(erasure: Erasure, targets: Targets): void {
  const byInteraction = erasure.rows;
  erasure.rows = new Map();
  for (const [id, standsFor] of targets.named) {
    const interactions = [...standsFor].sort();
    const sum = interactions.reduce((total, each) => total + (byInteraction.get(each) ?? 0), 0);
    if (sum > 0) erasure.rows.set(id, sum);
    if (interactions.some((each) => each !== id)) erasure.interactions.set(id, interactions);
  }
}

/** A batch that was stored while we looked elsewhere may hold one of them, if it began before the tombstone. */
async function underWay(lake: Lake, targets: Targets): Promise<{ ids: string[]; unreadable: LeftAlone[] }> {
  const ids: string[] = [];
  const unreadable: LeftAlone[] = [];
  try {
    for (const run of await listOpenRuns(lake)) {
      try {
        for await (const batch of batchesUnderWay(lake.store, run)) ids.push(...namedIn(batch, targets));
      } catch (error) {
        if (!isPipelineError(error, 'ContractViolation')) throw error;
        unreadable.push({ key: run.batchesKey, reason: error.message });
      }
    }
  } catch (error) {
    if (!(error instanceof UnreadableObject)) throw error;
    unreadable.push({ key: error.key, reason: error.reason });
  }
  return { ids, unreadable };
}

function namedIn({ interactionIds, aliases }: Batch, { named }: Targets): string[] {
  return interactionIds.flatMap((id, place) => [id, ...idsOf(aliases?.[place])].filter((each) => named.has(each)));
}

/** Notes what the runs have of each, and puts one event for it into an outbox. @returns rows by interaction */
async function enqueueEvents(store: ObjectStorage, runs: readonly SurveyedRun[], wanted: ErasedAt) {
  const rows = new Map<string, number>();
  for (const interactionId of wanted.keys()) {
    const own = runs.filter((run) => run.rows.has(interactionId));
    if (own.length === 0) continue;
    const found = Object.fromEntries(own.flatMap((run) => [...(run.found.get(interactionId) ?? [])]));
    rows.set(interactionId, countFound(found));
    // The first that has stored it, be its rows gone by now: that is where an erasure that broke off has put the event.
    const first = runs.find(({ receipts }) =>
      receipts.some(({ value }) => value.interactionIds.includes(interactionId)),
    );
    await enqueueEvent(store, interactionId, { rows: found, outbox: first?.runId ?? '' }, wanted);
  }
  return rows;
}

/** @returns the run whose outbox holds the event */
async function enqueueEvent(
  store: ObjectStorage,
  interactionId: string,
  found: Found,
  wanted: ErasedAt,
): Promise<string> {
  const { rows, outbox = found.outbox } = await noteFound(store, interactionId, found);
  const data = { interactionId, rows: countFound(rows) };
  const timestamp = wanted.get(interactionId) ?? '';
  await enqueueTranscriptErased(store, outbox, { type: 'transcript.erased', timestamp, data });
  return outbox;
}

/** Looks into every compacted file, whatever the records say of it. */
async function eraseFromFiles(
  lake: Lake,
  erasure: Erasure,
  targets: Targets,
  wanted: ErasedAt,
  at: string,
): Promise<void> {
  const days = new Set(erasure.compacted);
  const told = new Set(erasure.rows.keys());
  for await (const { key } of lake.store.list('compacted/')) {
    await namingUnreadable(erasure.leftAlone, async () => {
      const { day, versions } = await eraseFromCompacted(
        lake,
        key,
        ({ interactionId, aliases }) => targets.take(interactionId, aliases),
        async (held) => {
          // The file may be all that says which interactions an id stands for.
          await buryTargets(lake.store, targets, wanted, at);
          for (const { interactionId, runId } of held) {
            const outbox = await enqueueEvent(lake.store, interactionId, { rows: { [key]: 1 }, outbox: runId }, wanted);
            if (!erasure.runs.includes(outbox)) erasure.runs.push(outbox);
            // What the runs had is counted already.
            if (!told.has(interactionId)) erasure.rows.set(interactionId, (erasure.rows.get(interactionId) ?? 0) + 1);
          }
        },
      );
      erasure.versions += versions;
      if (day !== undefined) days.add(day);
    });
  }
  erasure.compacted = [...days].sort();
}

/** Who was erased, by hash, and when: the proof that it was done must not itself hold the id. */
async function writeAudit({ store }: Lake, erasure: Erasure, targets: Targets, wanted: ErasedAt): Promise<void> {
  const lines: Record<string, unknown>[] = [];
  for (const id of targets.named.keys()) {
    const others = erasure.interactions.get(id);
    let rows = 0;
    // In all, not this time: an erasure that broke off has left no audit.
    for (const each of others ?? [id]) rows += countFound((await noteFound(store, each)).rows);
    lines.push({
      at: wanted.get(id),
      action: 'interaction_erased',
      interactionHash: hashInteractionId(id),
      ...(others && { interactionHashes: others.map(hashInteractionId) }),
      rows,
      runs: erasure.runs,
    });
  }
  // By what it says: done again it is the same object, and when more was erased it is one more.
  const name = createHash('sha256').update(JSON.stringify(lines)).digest('hex').slice(0, 16);
  const day = [...wanted.values()][0]?.slice(0, 10);
  await createJsonLines(store, `audit/erasures/dt=${day}/${name}.jsonl`, lines);
}
