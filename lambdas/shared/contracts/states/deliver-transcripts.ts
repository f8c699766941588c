/** What the state DeliverTranscripts takes, and what it returns. */
import * as z from 'zod';
import { DeliveryExecution, DeliveryRequest } from '../delivery-execution.ts';
import { RunId } from '../ids.ts';

/** Within the extraction: what one batch has stored. */
export const DeliverBatchInput = z.object({
  runId: RunId,
  batch: z.int().nonnegative(),
  /** 0 at the first call; the state machine hands back what the last call answered. */
  attempt: z.int().nonnegative(),
});

/** Within TranscriptDelivery: everything of a run that is still to be delivered. */
export const DeliverRunInput = z.object({
  delivery: DeliveryExecution,
  attempt: z.int().nonnegative(),
  /** Calls in a row in which nothing was settled. */
  failures: z.int().nonnegative(),
  /** When an event was last taken, or refused for good; the start of the execution before that. */
  progressAt: z.iso.datetime(),
});

/** Either of the two places where the state stands; `delivery` tells them apart. */
export const DeliverTranscriptsInput = z.union([DeliverBatchInput, DeliverRunInput]);

/** How far the delivery has come, and whether the state machine is to call again. */
export const DeliverTranscriptsOutput = z.strictObject({
  attempt: z.int().positive(),
  failures: z.int().nonnegative(),
  /** Left out within the extraction. */
  progressAt: z.iso.datetime().optional(),
  /** Transcripts that the webhook took in this call. */
  sent: z.int().nonnegative(),
  /** Last HTTP status or word (`refused`, `timeout`) for an event that was not taken. */
  lastFailure: z.union([z.int(), z.string().max(64)]).optional(),
  /** Transcripts that the webhook has taken at least once; other events of the run only show in `again`. */
  delivered: z.int().nonnegative(),
  parked: z.int().nonnegative(),
  /** Still to be sent, for the first time or again. */
  pending: z.int().nonnegative(),
  /** True while another attempt is due after `waitSeconds`. */
  again: z.boolean(),
  waitSeconds: z.int().positive(),
  /** Input of the execution that goes on after the wait, where this one has had its share. */
  continueAs: DeliveryRequest.optional(),
});
