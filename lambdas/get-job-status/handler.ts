/** Asks once how a job does, and says how long to wait before asking again. */

import { GetJobStatusInput, GetJobStatusOutput } from '../shared/contracts/states/get-job-status.ts';
import { readConfig } from '../shared/task/config/read-config.ts';
import { TASK_CONFIG } from '../shared/task/config/task-config.ts';
import { defineTask } from '../shared/task/middleware.ts';
import { createSource } from '../shared/vendor/create-source.ts';
import { isOutage } from '../shared/vendor/put-off.ts';
import type { JobProgress } from '../shared/vendor/transcript-source.ts';
import { interpretProgress } from './interpret-progress.ts';

const source = createSource(readConfig(TASK_CONFIG.GetJobStatus));

/** The state GetJobStatus. */
export const handler = defineTask({
  input: GetJobStatusInput,
  output: GetJobStatusOutput,
  async run({ job, polling }, task) {
    task.metrics.addMetric('JobPolls', 'Count', 1);
    let progress: JobProgress | undefined;
    let retryAfterSeconds: number | undefined;
    try {
      progress = await source.progress(job.jobId, task);
    } catch (error) {
      // A poll that the vendor does not answer is not a failed job: the waits grow, until the job's deadline.
      if (!isOutage(error)) throw error;
      retryAfterSeconds = error.retryAfterSeconds;
    }
    const next = interpretProgress(job, progress, { polling, retryAfterSeconds, nowMs: Date.now() });
    task.logger.info('Job polled', { status: next.status, polls: next.polls, waitSeconds: next.waitSeconds });
    return next;
  },
});
