/** Submits one batch as a transcript job. */

import {
  SubmitTranscriptJobInput,
  SubmitTranscriptJobOutput,
} from '../shared/contracts/states/submit-transcript-job.ts';
import { readConfig } from '../shared/task/config/read-config.ts';
import { TASK_CONFIG } from '../shared/task/config/task-config.ts';
import { defineTask } from '../shared/task/middleware.ts';
import { createSource } from '../shared/vendor/create-source.ts';
import { isOutage } from '../shared/vendor/put-off.ts';
import { afterSubmission, afterThrottling } from './next-job-state.ts';

const config = readConfig(TASK_CONFIG.SubmitTranscriptJob);
const source = createSource(config);

/** The state SubmitTranscriptJob. */
export const handler = defineTask({
  input: SubmitTranscriptJobInput,
  output: SubmitTranscriptJobOutput,
  async run({ batch, options, polling, job }, task) {
    try {
      const submitted = await source.submit(batch.interactionIds, options, task);
      task.logger.info('Job submitted', { ...submitted, interactions: batch.interactionIds.length });
      return afterSubmission(job, submitted, polling, Date.now(), config.JOB_DEADLINE_SECONDS);
    } catch (error) {
      if (!isOutage(error)) throw error;
      const at = { nowMs: Date.now(), random: Math.random() };
      return afterThrottling(job, error.retryAfterSeconds, config.JOB_DEADLINE_SECONDS, at);
    }
  },
});
