/** Submits one batch as a transcript job. */

import { SubmitTranscriptJobInput, SubmitTranscriptJobOutput } from '../shared/contracts/states.ts';
import { readConfig, VendorConfig } from '../shared/task/config.ts';
import { defineTask } from '../shared/task/middleware.ts';
import { BulkJobSource } from '../shared/vendor/bulk-job/bulk-job.ts';
import { JobTimingConfig } from '../shared/vendor/job-timing.ts';
import { asksToWait } from '../shared/vendor/put-off.ts';
import { afterSubmission, afterThrottling } from './next-job-state.ts';

const { JOB_DEADLINE_SECONDS } = readConfig(JobTimingConfig);
const source = new BulkJobSource(readConfig(VendorConfig));

export const handler = defineTask({
  input: SubmitTranscriptJobInput,
  output: SubmitTranscriptJobOutput,
  async run({ batch, options, polling, job }, task) {
    try {
      const { jobId } = await source.submit(batch.interactionIds, options, task);
      task.logger.info('Job submitted', { jobId, interactions: batch.interactionIds.length });
      return afterSubmission(job, jobId, polling, Date.now(), JOB_DEADLINE_SECONDS);
    } catch (error) {
      if (!asksToWait(error)) throw error;
      return afterThrottling(job, error.retryAfterSeconds, Date.now(), JOB_DEADLINE_SECONDS);
    }
  },
});
