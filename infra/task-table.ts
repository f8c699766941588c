/**
 * The functions behind the Task states: one row each.
 *
 * State `GetJobStatus` has its handler in `lambdas/get-job-status/handler.ts`; the engine on this machine and the
 * template both read this table, so there is no second list. What each is told is in `TASK_CONFIG`.
 */
import type { TaskName } from '../lambdas/shared/task/config/task-config.ts';

export type { TaskName };

export interface TaskSettings {
  description: string;
  /** Of the function; its state waits a little longer. */
  timeoutSeconds: number;
  /** Also sets the share of a CPU: 1,769 MB is one. */
  memoryMB: number;
  /** Size of /tmp, in MB; 512 where absent. */
  scratchMB?: number;
}

/** Every function, by the name of its state. */
export const TASKS = {
  Authenticate: {
    description: 'Checks that the CXone credentials work and have the scopes of the pipeline',
    // Longer than its calls: a throttled token request is waited out where that takes seconds.
    timeoutSeconds: 300,
    memoryMB: 512,
  },
  PlanExtraction: {
    description: 'Turns the execution input into batches of interaction ids',
    timeoutSeconds: 900,
    memoryMB: 1024,
  },
  SubmitTranscriptJob: {
    description: 'Submits one batch as a CXone bulk transcript job',
    timeoutSeconds: 60,
    memoryMB: 512,
  },
  GetJobStatus: {
    description: 'Polls a CXone bulk transcript job and chooses the next wait',
    timeoutSeconds: 60,
    memoryMB: 512,
  },
  StoreTranscripts: {
    description: 'Downloads a finished job, masks personal data and stores the transcripts with their audit trail',
    timeoutSeconds: 900,
    memoryMB: 1769,
    scratchMB: 4096,
  },
  DeliverTranscripts: {
    description: 'Posts stored transcripts to the data-lake webhook: those of a batch, or what a run has left',
    timeoutSeconds: 300,
    memoryMB: 1024,
  },
  ReconcileContacts: {
    description: 'Holds what CXone says it has analysed against what is in the data lake',
    timeoutSeconds: 900,
    // The contacts of two weeks are in memory.
    memoryMB: 1769,
  },
  RecordOutcome: {
    description: 'Adds up what became of every interaction and writes the manifest',
    timeoutSeconds: 900,
    memoryMB: 1024,
  },
  EraseReplaced: {
    description: 'Erases transcripts in whose place the vendor has given ones without names',
    timeoutSeconds: 900,
    memoryMB: 1024,
    scratchMB: 4096,
  },
  ParkDeliveries: {
    description: 'Closes the delivery of a run: parks and lists what the webhook did not take',
    timeoutSeconds: 900,
    memoryMB: 1024,
  },
} as const satisfies Record<TaskName, TaskSettings>;

/** The states with a function, in the order of {@link TASKS}. */
export const TASK_NAMES = Object.keys(TASKS) as TaskName[];

/**
 * The folder of a state's handler below `lambdas`.
 *
 * @example handlerFolder('GetJobStatus') // 'get-job-status'
 */
export function handlerFolder(task: string): string {
  return task.replaceAll(/(?<!^)([A-Z])/g, '-$1').toLowerCase();
}
