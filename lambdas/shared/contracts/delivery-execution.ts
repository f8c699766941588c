/** Executions of TranscriptDelivery: what one is asked to do, and what its states are told of it. */
import * as z from 'zod';
import { RunId } from './ids.ts';

/** `all` delivers once more what was delivered already, with the same ids. */
export const RedeliveryScope = z.enum(['parked', 'all']);

/** Input of an execution of TranscriptDelivery: go on with a run's delivery, or begin it again. */
export const DeliveryRequest = z.union([
  z.strictObject({ runId: RunId }),
  z.strictObject({
    redeliverRun: RunId,
    only: RedeliveryScope.default('all'),
    /** The execution that began it, where another one goes on. */
    round: RunId.optional(),
  }),
]);

/** What an execution of TranscriptDelivery is, as its states are told. */
export const DeliveryExecution = z.object({
  name: RunId,
  startedAt: z.iso.datetime(),
  /** {@link DeliveryRequest}, not checked yet. */
  input: z.unknown(),
});
