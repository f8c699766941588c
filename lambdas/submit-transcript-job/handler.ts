/** Submits one batch as a transcript job. */

import { readConfig, VendorConfig } from '../shared/config.ts';
import { SubmitTranscriptJobInput, SubmitTranscriptJobOutput } from '../shared/contracts.ts';
import { BulkJobSource } from '../shared/cxone/bulk-job.ts';
import { JobTimingConfig } from '../shared/cxone/job-timing.ts';
import { asksToWait } from '../shared/cxone/put-off.ts';
import { defineTask } from '../shared/task-middleware.ts';
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
