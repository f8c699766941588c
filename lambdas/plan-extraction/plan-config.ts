import * as z from 'zod';
import { DEFAULT_POLLING } from '../shared/contracts/states.ts';
import { DataLakeConfig, integer, VendorConfig } from '../shared/task/config.ts';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

export const PlanConfig = z.object({
  ...VendorConfig.shape,
  ...DataLakeConfig.shape,
  /** Interactions per vendor job, unless the input says otherwise. */
  BATCH_SIZE: integer(1, 1000).default(100),
  /** Vendor jobs at the same time, unless the input says otherwise. */
  BATCH_CONCURRENCY: integer(1, 1000).default(10),
  /** Seconds before a vendor job is polled first, and the most between two polls, unless the input says otherwise. */
  POLL_FIRST_WAIT_SECONDS: integer(1, 3_600).default(DEFAULT_POLLING.firstWaitSeconds),
  POLL_LONGEST_WAIT_SECONDS: integer(1, 3_600).default(DEFAULT_POLLING.longestWaitSeconds),
  /** Where a schedule begins; a look-back before its first run when empty or left out. */
  WATERMARK_START: z.union([z.iso.datetime({ offset: true }), z.literal('')]).default(''),
  /** How far a scheduled run looks back for transcripts that came late. */
  LOOK_BACK_HOURS: integer(0, 24 * 90).default(72),
  /** How long an interaction is left alone after its start. */
  SETTLE_MINUTES: integer(0, 24 * 60).default(60),
  /** As in RecordOutcome: for runs that died before it, and to tell what is not ready from what is missing. */
  MAX_ATTEMPTS: integer(1, 100).default(5),
  /**
   * Without a sign of life for this long a run counts as dead, and its unfinished batches are free to be taken. A stage
   * takes no lease that a batch under way may outlast, see `longestSilenceSeconds`.
   */
  RUN_LEASE_HOURS: integer(1, 24 * 14).default(24),
  /** Share of failed batches, in percent, above which the others are stopped. */
  TOLERATED_FAILURE_PERCENTAGE: integer(0, 100).default(10),
});
export type PlanConfig = z.infer<typeof PlanConfig>;

export interface PlanSettings {
  batchSize: number;
  concurrency: number;
  startMs: number | undefined;
  lookBackMs: number;
  settleMs: number;
  maxAttempts: number;
  leaseMs: number;
  toleratedFailurePercentage: number;
}

export function planSettings(config: PlanConfig): PlanSettings {
  return {
    batchSize: config.BATCH_SIZE,
    concurrency: config.BATCH_CONCURRENCY,
    startMs: config.WATERMARK_START === '' ? undefined : Date.parse(config.WATERMARK_START),
    lookBackMs: config.LOOK_BACK_HOURS * HOUR_MS,
    settleMs: config.SETTLE_MINUTES * MINUTE_MS,
    maxAttempts: config.MAX_ATTEMPTS,
    leaseMs: config.RUN_LEASE_HOURS * HOUR_MS,
    toleratedFailurePercentage: config.TOLERATED_FAILURE_PERCENTAGE,
  };
}
