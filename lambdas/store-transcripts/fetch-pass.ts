/** One pass over a batch: what the source gives now, masked and in parts. */
import { type Aliases, idsOf } from '../shared/contracts/aliases.ts';
import type { Batch } from '../shared/contracts/batch.ts';
import { PipelineError } from '../shared/contracts/errors.ts';
import type { StoringGoesOn } from '../shared/contracts/states/store-transcripts.ts';
import { type IsErased, readTombstones } from '../shared/storage/tombstones.ts';
import { deadlineAfter, outageWaitSeconds, secondsIntoPatience, waitUntilAtMost } from '../shared/vendor/job-timing.ts';
import { asksToWait } from '../shared/vendor/put-off.ts';
import type { WantedTranscript } from '../shared/vendor/transcript-source.ts';
import { BatchLedger } from './batch-ledger.ts';
import { refuseLateAttempt } from './batch-receipt.ts';
import { type BatchToStore, isFetchedOneByOne } from './batch-to-store.ts';
import { KnownVersions } from './known-versions.ts';
import { PartWriter } from './part-writer.ts';
import { refuseLatePass } from './pass-record.ts';
import { type PassShare, shareOf } from './pass-share.ts';
import { type Admission, storeArtifacts } from './store-artifacts.ts';

/** One artifact is held in memory as a whole: this and its masked copy must fit into the function's memory. */
const MAX_ARTIFACT_BYTES = 128 * 1024 * 1024;

/** What a pass needs, after its last transcript, to write its parts and records: a few seconds, with room for retries. */
const MS_TO_WRITE = 60_000;
/** Of the time that a call has, where that is short. */
const SHARE_TO_WRITE = 0.25;

/** Before the next pass, where the time of this one was over: the vendor asked for no wait. */
const GO_ON_SECONDS = 1;

export interface PassToFetch {
  /** From 1. */
  pass: number;
  wanted: readonly string[];
}

/** Before the rest is asked for, and until when something of it has to come. */
type Wait = Pick<StoringGoesOn, 'waitSeconds' | 'deadlineAt'>;

/** What is stored of the batch; and the wait, where a later pass goes on with the rest. */
export interface FetchedPass {
  again?: undefined;
  share: PassShare;
  goesOn: Wait | undefined;
}

/** When to ask for what did not come, and why it did not. */
interface Rest {
  waitSeconds: number;
  error: 'VendorThrottled' | 'VendorUnavailable';
}

/**
 * What a pass has stored; or the wait before it is tried again, where the source gave nothing at all.
 *
 * @throws PipelineError as `storeBatch`
 */
export async function fetchPass(toStore: BatchToStore, toFetch: PassToFetch): Promise<FetchedPass | StoringGoesOn> {
  const { input, store, task } = toStore;
  const { runId, batch } = input;
  const { pass, wanted } = toFetch;
  const isErased = await readTombstones(store);
  const ledger = new BatchLedger(wanted, batch.asksAgain ? 'notReady' : 'missing');
  const aliases = plannedAliases(batch);
  ledger.leaveOut(wanted.filter((id) => [id, ...idsOf(aliases.get(id))].some(isErased)));
  const parts = await PartWriter.create();
  try {
    const { rest, resultBytes } = await readInto(toStore, pass, { ledger, parts, isErased, aliases });
    const goesOn = rest && goOnWith(rest, ledger, toStore, pass);
    if (goesOn?.again) return goesOn;
    if (ledger.leaksCaught > 0) task.metrics.addMetric('PiiLeaksCaught', 'Count', ledger.leaksCaught);
    await refuseLateAttempt(store, runId, batch.batch, toStore.earlier);
    const ownPass = isFetchedOneByOne(toStore) ? pass : undefined;
    if (ownPass !== undefined) await refuseLatePass(store, runId, batch.batch, ownPass);
    const stored = await parts.commit(store, runId, batch.batch, ownPass);
    const storedAt = new Date().toISOString();
    return { share: shareOf(ledger, { parts: stored, resultBytes, storedAt }), goesOn };
  } finally {
    await parts.dispose();
  }
}

interface Reading {
  ledger: BatchLedger;
  parts: PartWriter;
  isErased: IsErased;
  aliases: ReadonlyMap<string, Aliases | undefined>;
}

/** Reads what the source gives into ledger and parts; says what it did not give. */
async function readInto(
  toStore: BatchToStore,
  pass: number,
  { ledger, parts, isErased, aliases }: Reading,
): Promise<{ rest: Rest | undefined; resultBytes: number }> {
  const { input, source, store, task, config, masking } = toStore;
  const { runId, startedAt, batch, job, options } = input;
  const mayStop = isFetchedOneByOne(toStore);
  const interactions = wantedOf(batch, ledger.left());
  if (mayStop && interactions.length === 0) return { rest: undefined, resultBytes: 0 };

  const msToWrite = Math.min(MS_TO_WRITE, SHARE_TO_WRITE * task.remainingMs());
  const known = new KnownVersions(store, batch);
  const admission: Admission = {
    isErased,
    aliasesOf: (interactionId) => aliases.get(interactionId),
    compare: (artifact) => known.compare(artifact),
    isOutOfTime: () => mayStop && task.remainingMs() < msToWrite,
  };
  const context = { runId, jobId: job.jobId, extractedAt: startedAt, ...(mayStop && { source: config.CXONE_SOURCE }) };
  let bytesRead = () => 0;
  try {
    const limits = { maxBytes: config.MAX_RESULT_BYTES, maxArtifactBytes: MAX_ARTIFACT_BYTES };
    const result = await source.open({ jobId: job.jobId, interactions, options }, limits, task);
    bytesRead = result.bytesRead;
    const isRead = await storeArtifacts(result.artifacts, { ledger, parts, context, masking }, admission);
    const asked = isRead ? result.rest() : { waitSeconds: GO_ON_SECONDS };
    if (asked) return { rest: { ...asked, error: 'VendorThrottled' }, resultBytes: bytesRead() };
    ledger.settle();
    refuseUnseenCut(result.isEndCertain(), ledger);
    return { rest: undefined, resultBytes: bytesRead() };
  } catch (error) {
    // Nothing to keep: the state machine's own waits and retries take it.
    if (!mayStop || !asksToWait(error) || (pass === 1 && ledger.settled().length === 0)) throw error;
    const waitSeconds = error.retryAfterSeconds ?? outageWaitSeconds(secondsOut(toStore), Math.random());
    return { rest: { waitSeconds, error: outageName(error) }, resultBytes: bytesRead() };
  }
}

/** What is missing after an end that may be a cut is asked for again rather than believed. */
function refuseUnseenCut(isEndCertain: boolean, ledger: BatchLedger): void {
  if (!isEndCertain && ledger.lacking > 0) {
    throw new PipelineError(
      'VendorUnavailable',
      'The result of the job may have been cut short: its end is not marked',
    );
  }
}

function plannedAliases({ interactionIds, aliases }: Batch): Map<string, Aliases | undefined> {
  return new Map(interactionIds.map((id, index) => [id, aliases?.[index]]));
}

function wantedOf({ interactionIds, availableMs = [] }: Batch, wanted: readonly string[]): WantedTranscript[] {
  const times = new Map(interactionIds.map((id, index) => [id, availableMs[index] ?? 0]));
  return wanted.map((interactionId) => {
    const time = times.get(interactionId) ?? 0;
    return { interactionId, ...(time > 0 && { availableMs: time }) };
  });
}

function outageName({ name }: PipelineError): Rest['error'] {
  return name === 'VendorThrottled' ? name : 'VendorUnavailable';
}

function secondsOut({ input, config }: BatchToStore): number {
  if (!input.stored) return 0;
  return secondsIntoPatience(input.stored.deadlineAt, config.JOB_DEADLINE_SECONDS, Date.now());
}

/**
 * When the rest is asked for. Where something came, the patience begins anew, and what came is stored first; where nothing
 * did, the same pass is to be made `again`. Undefined when patience is over: then the rest counts as failed.
 *
 * @throws PipelineError when patience is over and nothing of the batch was ever stored: it fails as a whole
 */
function goOnWith(
  rest: Rest,
  ledger: BatchLedger,
  { input, config }: BatchToStore,
  pass: number,
): (Wait & { again?: undefined }) | StoringGoesOn | undefined {
  if (ledger.left().length === 0) return undefined;
  const nowMs = Date.now();
  const gotOn = ledger.settled().length > 0;
  const patience = deadlineAfter(nowMs, config.JOB_DEADLINE_SECONDS);
  const deadlineAt = gotOn ? patience : (input.stored?.deadlineAt ?? patience);
  if (nowMs < Date.parse(deadlineAt)) {
    const waitSeconds = waitUntilAtMost(rest.waitSeconds, deadlineAt, nowMs);
    if (gotOn) return { waitSeconds, deadlineAt };
    return { again: true, waitSeconds, deadlineAt, ...(pass > 1 && { pass }) };
  }
  if (pass === 1) throw new PipelineError(rest.error, 'CXone let nothing of the batch be fetched in time');
  ledger.giveUp(rest.error);
  return undefined;
}
