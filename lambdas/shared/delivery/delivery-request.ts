/** What an execution of TranscriptDelivery was asked to do. Pure. */
import type { z } from 'zod';
import { type DeliveryExecution, DeliveryRequest } from '../contracts/delivery-execution.ts';
import { parseOrThrow } from '../contracts/validation.ts';
import { FIRST_ROUND, type Round } from './checkpoint.ts';

export interface Delivery {
  runId: string;
  round: Round;
  startedAtMs: number;
}

/**
 * The delivery that an execution is to make.
 *
 * @throws PipelineError `InputInvalid` when the execution was started with something else
 * @example
 * readDeliveryRequest({ name: 'manual-1', startedAt, input: { redeliverRun: 'daily', only: 'all' } })
 * // { runId: 'daily', round: { name: 'manual-1', only: 'all' }, startedAtMs: … }
 */
export function readDeliveryRequest({ name, startedAt, input }: z.output<typeof DeliveryExecution>): Delivery {
  const request = parseOrThrow(DeliveryRequest, input, 'InputInvalid', 'execution input');
  const startedAtMs = Date.parse(startedAt);
  if ('runId' in request) return { runId: request.runId, round: FIRST_ROUND, startedAtMs };
  return { runId: request.redeliverRun, round: { name: request.round ?? name, only: request.only }, startedAtMs };
}

/**
 * The input of an execution that goes on where this one stops.
 *
 * @example
 * continuationOf({ runId: 'daily', round: { name: 'manual-1', only: 'all' } })
 * // { redeliverRun: 'daily', only: 'all', round: 'manual-1' }
 */
export function continuationOf({ runId, round }: Pick<Delivery, 'runId' | 'round'>): z.output<typeof DeliveryRequest> {
  if (round === FIRST_ROUND) return { runId };
  return { redeliverRun: runId, only: round.only, round: round.name };
}
