/** The values of the functions' variables, from the settings of a stage and what the stack creates. */
import { type TaskName, type VariableName, variablesOf } from '../lambdas/shared/task/config/task-config.ts';
import type { StageConfig } from './stage-config.ts';

/** What the stack creates and its functions are told of. */
export interface StageResources {
  bucketName: string;
  cxoneSecretId: string;
  webhookSecretId: string;
  /** Undefined where surrogates are off. */
  surrogateSecretId: string | undefined;
}

function valuesOf(config: StageConfig, resources: StageResources): Record<VariableName, string> {
  return {
    STAGE: config.stage,
    DATA_LAKE_BUCKET: resources.bucketName,
    CXONE_SOURCE: config.source,
    CXONE_BASE_URL: config.cxoneBaseUrl,
    CXONE_API_URL: config.cxoneApiUrl ?? '',
    CXONE_ALLOWED_HOSTS: JSON.stringify(config.cxoneAllowedHosts),
    CXONE_SECRET_ID: resources.cxoneSecretId,
    CXONE_PATHS: JSON.stringify(config.cxonePaths),
    CXONE_RESULT_ORIGINS: JSON.stringify(config.cxoneResultOrigins),
    CXONE_REQUESTS_PER_SECOND: String(config.vendorRequestsPerSecond),
    WEBHOOK_URL: config.webhookUrl,
    WEBHOOK_SECRET_ID: resources.webhookSecretId,
    WEBHOOK_CONCURRENCY: String(config.webhookConcurrency),
    WEBHOOK_ALLOWED_NETWORKS: JSON.stringify(config.webhookAllowedNetworks),
    WEBHOOK_MAX_EVENT_BYTES: String(config.webhookMaxEventBytes),
    WEBHOOK_GIVE_UP_SECONDS: String(config.webhookGiveUpSeconds),
    JOB_DEADLINE_SECONDS: String(config.jobDeadlineSeconds),
    POLL_FIRST_WAIT_SECONDS: String(config.pollFirstWaitSeconds),
    POLL_LONGEST_WAIT_SECONDS: String(config.pollLongestWaitSeconds),
    BATCH_SIZE: String(config.batchSize ?? ''),
    BATCH_CONCURRENCY: String(config.concurrency),
    WORD_LEVEL: String(config.wordLevel),
    TOLERATED_FAILURE_PERCENTAGE: String(config.toleratedFailurePercentage),
    MAX_INTERACTIONS: String(config.maxInteractions),
    WATERMARK_START: config.watermarkStart ?? '',
    LOOK_BACK_HOURS: String(config.lookBackHours),
    VENDOR_RETENTION_DAYS: String(config.vendorRetentionDays),
    SETTLE_MINUTES: String(config.settleMinutes),
    RECHECK_AFTER_DAYS: String(config.recheckAfterDays),
    RUN_LEASE_HOURS: String(config.runLeaseHours),
    MAX_ATTEMPTS: String(config.maxAttempts),
    MASKING: JSON.stringify(config.masking),
    SURROGATE_SECRET_ID: resources.surrogateSecretId ?? '',
    MAX_RESULT_BYTES: String(config.maxResultBytes),
  };
}

/**
 * The environment of a state's function, the variables of its libraries aside: what its schema in `TASK_CONFIG` names.
 *
 * @example environmentOf('ParkDeliveries', config, resources) // { STAGE: 'dev', DATA_LAKE_BUCKET: 'lake' }
 */
export function environmentOf(task: TaskName, config: StageConfig, resources: StageResources): Record<string, string> {
  const values = valuesOf(config, resources);
  return Object.fromEntries(variablesOf(task).map((name) => [name, values[name]]));
}
