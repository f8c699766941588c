/**
 * The functions behind the Task states: one row each.
 *
 * State `GetJobStatus` has its handler in `lambdas/get-job-status/handler.ts`; the engine on this machine and the
 * template both read this table, so there is no second list.
 */

/** Variables that a function may be given; `pipeline-stack.ts` holds their values. */
export type VariableName =
  | 'DATA_LAKE_BUCKET'
  | 'CXONE_BASE_URL'
  | 'CXONE_SECRET_ID'
  | 'CXONE_PATHS'
  | 'CXONE_RESULT_ORIGINS'
  | 'WEBHOOK_URL'
  | 'WEBHOOK_SECRET_ID'
  | 'WEBHOOK_CONCURRENCY'
  | 'WEBHOOK_ALLOWED_NETWORKS'
  | 'WEBHOOK_MAX_EVENT_BYTES'
  | 'WEBHOOK_GIVE_UP_SECONDS'
  | 'JOB_DEADLINE_SECONDS'
  | 'POLL_FIRST_WAIT_SECONDS'
  | 'POLL_LONGEST_WAIT_SECONDS'
  | 'BATCH_SIZE'
  | 'BATCH_CONCURRENCY'
  | 'WATERMARK_START'
  | 'LOOK_BACK_HOURS'
  | 'SETTLE_MINUTES'
  | 'MAX_ATTEMPTS'
  | 'RUN_LEASE_HOURS'
  | 'TOLERATED_FAILURE_PERCENTAGE'
  | 'MASKING'
  | 'SURROGATE_SECRET_ID'
  | 'MAX_RESULT_BYTES';

export interface TaskSettings {
  description: string;
  /** The variables it reads, beside those that every function has. */
  reads: readonly VariableName[];
  /** Of the function; its state waits a little longer. */
  timeoutSeconds: number;
  /** Also sets the share of a CPU: 1,769 MB is one. */
  memoryMB: number;
  /** Size of /tmp, in MB; 512 where absent. */
  scratchMB?: number;
}

const WEBHOOK = [
  'WEBHOOK_URL',
  'WEBHOOK_SECRET_ID',
  'WEBHOOK_CONCURRENCY',
  'WEBHOOK_ALLOWED_NETWORKS',
  'WEBHOOK_MAX_EVENT_BYTES',
  'WEBHOOK_GIVE_UP_SECONDS',
] as const;
const DISCOVERY = ['WATERMARK_START', 'LOOK_BACK_HOURS', 'SETTLE_MINUTES', 'RUN_LEASE_HOURS'] as const;
const VENDOR = ['CXONE_BASE_URL', 'CXONE_SECRET_ID', 'CXONE_PATHS'] as const;

export const TASKS = {
  Authenticate: {
    description: 'Checks that the CXone credentials work and have the scopes of the pipeline',
    reads: [...VENDOR, 'JOB_DEADLINE_SECONDS'],
    // Longer than its calls: a throttled token request is waited out where that takes seconds.
    timeoutSeconds: 300,
    memoryMB: 512,
  },
  PlanExtraction: {
    description: 'Turns the execution input into batches of interaction ids',
    reads: [
      ...VENDOR,
      'DATA_LAKE_BUCKET',
      'BATCH_SIZE',
      'BATCH_CONCURRENCY',
      'POLL_FIRST_WAIT_SECONDS',
      'POLL_LONGEST_WAIT_SECONDS',
      ...DISCOVERY,
      'MAX_ATTEMPTS',
      'TOLERATED_FAILURE_PERCENTAGE',
    ],
    timeoutSeconds: 900,
    memoryMB: 1024,
  },
  SubmitTranscriptJob: {
    description: 'Submits one batch as a CXone bulk transcript job',
    reads: [...VENDOR, 'JOB_DEADLINE_SECONDS'],
    timeoutSeconds: 60,
    memoryMB: 512,
  },
  GetJobStatus: {
    description: 'Polls a CXone bulk transcript job and chooses the next wait',
    reads: VENDOR,
    timeoutSeconds: 60,
    memoryMB: 512,
  },
  StoreTranscripts: {
    description: 'Downloads a finished job, masks personal data and stores the transcripts with their audit trail',
    reads: [
      ...VENDOR,
      'CXONE_RESULT_ORIGINS',
      'JOB_DEADLINE_SECONDS',
      'DATA_LAKE_BUCKET',
      'MASKING',
      'SURROGATE_SECRET_ID',
      'MAX_RESULT_BYTES',
    ],
    timeoutSeconds: 900,
    memoryMB: 1769,
    scratchMB: 4096,
  },
  DeliverTranscripts: {
    description: 'Posts stored transcripts to the data-lake webhook: those of a batch, or what a run has left',
    reads: ['DATA_LAKE_BUCKET', ...WEBHOOK],
    timeoutSeconds: 300,
    memoryMB: 1024,
  },
  RecordOutcome: {
    description: 'Adds up what became of every interaction and writes the manifest',
    reads: ['DATA_LAKE_BUCKET', 'MAX_ATTEMPTS'],
    timeoutSeconds: 900,
    memoryMB: 1024,
  },
  ParkDeliveries: {
    description: 'Closes the delivery of a run: parks and lists what the webhook did not take',
    reads: ['DATA_LAKE_BUCKET'],
    timeoutSeconds: 900,
    memoryMB: 1024,
  },
} as const satisfies Record<string, TaskSettings>;

export type TaskName = keyof typeof TASKS;

export const TASK_NAMES = Object.keys(TASKS) as TaskName[];

/** `GetJobStatus` → `get-job-status`. */
export function handlerFolder(task: string): string {
  return task.replaceAll(/(?<!^)([A-Z])/g, '-$1').toLowerCase();
}
