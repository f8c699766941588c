/** One call of TranscriptDelivery: as much of a run's pending events as the endpoint and the time allow. */
import type { z } from 'zod';
import { PipelineError } from '../shared/contracts/errors.ts';
import type { DeliverRunInput } from '../shared/contracts/states/deliver-transcripts.ts';
import { FIRST_ROUND, type Round } from '../shared/delivery/checkpoint.ts';
import { continuationOf, readDeliveryRequest } from '../shared/delivery/delivery-request.ts';
import { noteEndpointState, readEndpointState } from '../shared/delivery/endpoint-notes.ts';
import type { LedgerCounts } from '../shared/delivery/ledger.ts';
import { notePace, readPace } from '../shared/delivery/pace-note.ts';
import { type SurveyedBatch, surveyBatches } from '../shared/delivery/survey.ts';
import { mapConcurrently } from '../shared/lib/map-concurrently.ts';
import { keys } from '../shared/storage/layout.ts';
import { readJson } from '../shared/storage/read-json.ts';
import { BatchReceipt } from '../shared/storage/records.ts';
import { announceRun } from './announce-run.ts';
import type { Call } from './call-for-batch.ts';
import { deliverBatch } from './deliver-batch.ts';
import { deliverOutbox } from './deliver-outbox.ts';
import type { DeliverySession } from './delivery-session.ts';
import { type Dependencies, openSession } from './dependencies.ts';
import { nextStepOfRun } from './next-step.ts';

/** While one batch's objects are read or saved, another one is sent; the requests of all share one limit. */
const BATCHES_AT_ONCE = 3;

/**
 * The outcome of one call for a run.
 *
 * @throws PipelineError `InputInvalid` for an unknown input or run, and as {@link deliverBatch} does
 */
export async function callForRun(dependencies: Dependencies, input: z.output<typeof DeliverRunInput>): Promise<Call> {
  const { store, config, now } = dependencies;
  const { runId, round, startedAtMs } = readDeliveryRequest(input.delivery);
  const [endpoint, learnt] = await Promise.all([
    readEndpointState(store, runId, round.name, now()),
    readPace(store, runId),
  ]);
  const isSuspect = input.failures > 0 || endpoint === 'down';
  const maxPausesMs = Number.POSITIVE_INFINITY;
  const session = openSession(dependencies, { isSuspect, isKnownDown: false, maxPausesMs, learnt });
  session.isGone = endpoint === 'gone';

  const total: LedgerCounts = { delivered: 0, parked: 0, pending: 0 };
  let batches = 0;
  const unfinished: SurveyedBatch[] = [];
  for await (const batch of surveyBatches(store, runId, round)) {
    batches += 1;
    add(total, batch, 1);
    if (batch.pending > 0 || batch.isMoved) unfinished.push(batch);
  }
  await announceRun(store, config.DATA_LAKE_BUCKET, runId, total);
  const outbox = await deliverOutbox(store, runId, round, session, now);
  if (round !== FIRST_ROUND && batches === 0 && outbox.delivered + outbox.parked + outbox.pending === 0) {
    throw new PipelineError(
      'InputInvalid',
      'redeliverRun names a run that has left nothing to deliver: there may be none of that name',
    );
  }
  const otherEvents = { delivered: session.delivered, parked: session.parked };
  // Batches that failed least come first: a few rows that always fail must not keep the others from their turn.
  unfinished.sort((a, b) => a.fewestAttempts - b.fewestAttempts);
  const deliveries = mapConcurrently(unfinished, BATCHES_AT_ONCE, async (batch) => {
    if (session.mustStop() && !session.isGone) return;
    const counts = await deliverSurveyed(dependencies, runId, round, batch, session);
    add(total, batch, -1);
    add(total, counts, 1);
  });
  for await (const _ of deliveries);
  if (session.learnt && session.learnt !== learnt) await notePace(store, runId, session.learnt);
  if (session.isGone && endpoint !== 'gone') await noteEndpointState(store, runId, round.name, 'gone', now());

  const { delivered, parked, circuitOpen, retryAfterSeconds, outOfTime, lastFailure } = session;
  const settled = delivered + parked;
  const attempt = input.attempt + 1;
  const failures = settled > 0 ? 0 : input.failures + 1;
  const progressAt = settled > 0 ? new Date(now()).toISOString() : input.progressAt;
  const progress = { attempt, failures, nowMs: now(), startedAtMs, progressAtMs: Date.parse(progressAt) };
  const result = { settled, pending: total.pending + outbox.pending, circuitOpen, retryAfterSeconds, outOfTime };
  const { moveOn, ...next } = nextStepOfRun(result, progress, config.WEBHOOK_GIVE_UP_SECONDS, dependencies.random());
  const continueAs = moveOn ? { continueAs: continuationOf({ runId, round }) } : {};
  const tally = { delivered: delivered - otherEvents.delivered, parked: parked - otherEvents.parked };
  const facts = { sent: tally.delivered, lastFailure };
  return { output: { attempt, failures, progressAt, ...facts, ...total, ...next, ...continueAs }, tally };
}

async function deliverSurveyed(
  { store, config, now }: Dependencies,
  runId: string,
  round: Round,
  { batch, delivered, parked, pending }: SurveyedBatch,
  session: DeliverySession,
): Promise<LedgerCounts> {
  const receipt = await readJson(store, keys.receipt(runId, batch), BatchReceipt);
  if (!receipt) return { delivered, parked, pending };
  const bucket = config.DATA_LAKE_BUCKET;
  const maxEventBytes = config.WEBHOOK_MAX_EVENT_BYTES;
  return deliverBatch({ store, bucket, receipt: receipt.value, round, session, maxEventBytes, now });
}

function add(total: LedgerCounts, counts: LedgerCounts, sign: 1 | -1): void {
  for (const state of ['delivered', 'parked', 'pending'] as const) total[state] += sign * counts[state];
}
