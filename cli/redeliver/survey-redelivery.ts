/** What a redelivery would send: nothing is sent, nothing is written. */

import type { Round } from '../../lambdas/shared/delivery/checkpoint.ts';
import { readOutbox } from '../../lambdas/shared/delivery/outbox.ts';
import { surveyBatches } from '../../lambdas/shared/delivery/survey.ts';
import { keys } from '../../lambdas/shared/storage/layout.ts';
import type { ObjectStorage } from '../../lambdas/shared/storage/object-store.ts';
import { UsageError } from '../process/usage-error.ts';

export interface RedeliverySurvey {
  /** Transcripts that would be sent. */
  transcripts: number;
  /** Other events that would be sent. */
  events: number;
  /** Transcripts that the webhook has taken at least once. */
  delivered: number;
  /** All transcripts of the run. */
  rows: number;
  parked: number;
}

/**
 * What a redelivery would send, and how the run stands.
 *
 * @throws UsageError when the lake knows no such run
 * @example
 * await surveyRedelivery(store, 'r1', 'parked')
 * // { transcripts: 300, events: 0, delivered: 300, rows: 600, parked: 300 }
 */
export async function surveyRedelivery(
  store: ObjectStorage,
  runId: string,
  only: Round['only'],
): Promise<RedeliverySurvey> {
  // A round that no execution has: every batch is seen as a redelivery that begins now would see it.
  const round: Round = { name: ' ', only };
  const survey: RedeliverySurvey = { transcripts: 0, events: 0, delivered: 0, rows: 0, parked: 0 };
  let batches = 0;
  for await (const { pending, delivered, parked, rows } of surveyBatches(store, runId, round)) {
    batches += 1;
    survey.rows += rows;
    survey.parked += parked;
    survey.transcripts += pending;
    survey.delivered += delivered;
  }
  for await (const { entry } of readOutbox(store, runId, round)) {
    if (entry.state === 'pending') survey.events += 1;
  }
  if (batches === 0 && !(await store.head(keys.plan(runId)))) throw new UsageError(`There is no run ${runId} here`);
  return survey;
}
