/** One call within the extraction of a batch. */
import type { z } from 'zod';
import { PipelineError } from '../shared/contracts/errors.ts';
import type { DeliverBatchInput, DeliverTranscriptsOutput } from '../shared/contracts/states/deliver-transcripts.ts';
import { FIRST_ROUND } from '../shared/delivery/checkpoint.ts';
import { noteEndpointState, readEndpointState } from '../shared/delivery/endpoint-notes.ts';
import { notePace, readPace } from '../shared/delivery/pace-note.ts';
import { keys } from '../shared/storage/layout.ts';
import { readJson } from '../shared/storage/read-json.ts';
import { BatchReceipt } from '../shared/storage/records.ts';
import { deliverBatch } from './deliver-batch.ts';
import { type Dependencies, openSession } from './dependencies.ts';
import { nextStepOfBatch } from './next-step.ts';

/** A minute in all for the pauses that a receiver asks for: the extraction must not wait for the webhook. */
const MAX_PAUSES_MS = 60_000;

/** What the state machine is told, and what became of transcripts in this call alone. */
export interface Call {
  output: z.input<typeof DeliverTranscriptsOutput>;
  tally: { delivered: number; parked: number };
}

/**
 * The outcome of one call for a batch.
 *
 * @throws PipelineError `DataLakeRejected` for a batch without a receipt, and as {@link deliverBatch} does
 */
export async function callForBatch(
  dependencies: Dependencies,
  input: z.output<typeof DeliverBatchInput>,
): Promise<Call> {
  const { store, config, now } = dependencies;
  const { runId, batch } = input;
  const attempt = input.attempt + 1;
  const receipt = await readJson(store, keys.receipt(runId, batch), BatchReceipt);
  if (!receipt) throw new PipelineError('DataLakeRejected', 'The batch has no receipt', { status: 404 });

  const [endpoint, learnt] = await Promise.all([
    readEndpointState(store, runId, FIRST_ROUND.name, now()),
    readPace(store, runId),
  ]);
  const isKnownDown = endpoint === 'down';
  const maxPausesMs = isKnownDown ? 0 : MAX_PAUSES_MS;
  const session = openSession(dependencies, { isSuspect: input.attempt > 0, isKnownDown, maxPausesMs, learnt });
  session.isGone = endpoint === 'gone';
  const counts = await deliverBatch({
    store,
    bucket: config.DATA_LAKE_BUCKET,
    receipt: receipt.value,
    round: FIRST_ROUND,
    session,
    maxEventBytes: config.WEBHOOK_MAX_EVENT_BYTES,
    now,
  });

  if (session.learnt && session.learnt !== learnt) await notePace(store, runId, session.learnt);
  const { delivered, parked, circuitOpen, retryAfterSeconds, outOfTime, lastFailure } = session;
  const settled = delivered + parked;
  const result = { settled, pending: counts.pending, circuitOpen, retryAfterSeconds, outOfTime };
  const next = nextStepOfBatch(result, attempt, isKnownDown);
  if (session.isGone && endpoint !== 'gone') await noteEndpointState(store, runId, FIRST_ROUND.name, 'gone', now());
  if (circuitOpen && !next.again && endpoint === 'up') {
    await noteEndpointState(store, runId, FIRST_ROUND.name, 'down', now());
  }
  const failures = settled > 0 ? 0 : attempt;
  const output = { attempt, failures, sent: delivered, lastFailure, ...counts, ...next };
  return { output, tally: { delivered, parked } };
}
