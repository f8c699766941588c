/** What the state ParkDeliveries takes, and what it returns. */
import * as z from 'zod';
import { DeliveryExecution } from '../delivery-execution.ts';
import { RunId } from '../ids.ts';

/** The execution of TranscriptDelivery whose time is over. */
export const ParkDeliveriesInput = z.object({ delivery: DeliveryExecution });

/** What a run's delivery came to. */
export const ParkDeliveriesOutput = z.strictObject({
  runId: RunId,
  /** Transcripts. */
  delivered: z.int().nonnegative(),
  parked: z.int().nonnegative(),
  /** Lists what is parked, where something is. */
  parkedKey: z.string().optional(),
});
