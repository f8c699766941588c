import { SOURCE_FACTS } from '../shared/contracts/source-facts.ts';
import type { TaskConfig } from '../shared/task/config/task-config.ts';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

export interface PlanSettings {
  batchSize: number;
  concurrency: number;
  startMs: number | undefined;
  lookBackMs: number;
  settleMs: number;
  /** After so long what became available is fetched once more, by a schedule; 0 is never. */
  recheckAfterMs: number;
  maxAttempts: number;
  /** Interactions after which a run takes no further day; a schedule, or the next run, goes on. */
  maxInteractions: number;
  /** How long the vendor keeps transcripts; 0 where that is not known. */
  retentionMs: number;
  leaseMs: number;
  toleratedFailurePercentage: number;
  /** How long the vendor may keep planning from getting on. */
  patienceMs: number;
}

/**
 * The stage's settings for planning, times in milliseconds.
 *
 * @example planSettings({ …config, RUN_LEASE_HOURS: 24 }).leaseMs // 86400000
 */
export function planSettings(config: TaskConfig<'PlanExtraction'>): PlanSettings {
  return {
    batchSize: config.BATCH_SIZE === '' ? SOURCE_FACTS[config.CXONE_SOURCE].batchSize : config.BATCH_SIZE,
    concurrency: config.BATCH_CONCURRENCY,
    startMs: config.WATERMARK_START === '' ? undefined : Date.parse(config.WATERMARK_START),
    lookBackMs: config.LOOK_BACK_HOURS * HOUR_MS,
    recheckAfterMs: config.RECHECK_AFTER_DAYS * 24 * HOUR_MS,
    settleMs: config.SETTLE_MINUTES * MINUTE_MS,
    maxAttempts: config.MAX_ATTEMPTS,
    maxInteractions: config.MAX_INTERACTIONS,
    retentionMs: config.VENDOR_RETENTION_DAYS * 24 * HOUR_MS,
    leaseMs: config.RUN_LEASE_HOURS * HOUR_MS,
    toleratedFailurePercentage: config.TOLERATED_FAILURE_PERCENTAGE,
    patienceMs: config.JOB_DEADLINE_SECONDS * 1000,
  };
}
