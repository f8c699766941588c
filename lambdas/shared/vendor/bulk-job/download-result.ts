/** Opens the result of a completed job. Result URLs are short-lived, so they are never kept: the job is asked again. */

import { PipelineError } from '../../contracts/errors.ts';
import { pause } from '../../lib/pause.ts';
import type { TaskContext } from '../../task/middleware.ts';
import type { ResultBody, TranscriptSource } from '../transcript-source.ts';

/** Each attempt asks for the job and opens its URL: enough for a URL that expires while it is being read out. */
const MAX_ATTEMPTS = 3;
const PAUSE_MS = 2_000;

/**
 * @throws PipelineError `ContractViolation` when a completed job never names a result, `VendorRejected` when its result
 *   can never be opened, `VendorUnavailable` when the job is no longer completed; and as the calls themselves throw
 */
export async function downloadResult(source: TranscriptSource, jobId: string, task: TaskContext): Promise<ResultBody> {
  let failure = new PipelineError('VendorUnavailable', 'CXone took back that the job is completed');
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
    if (attempt > 1) await pause(PAUSE_MS, task.signal);
    const progress = await source.progress(jobId, task);
    if (progress.status !== 'completed') continue;
    const { resultUrl } = progress;
    if (resultUrl === undefined) {
      failure = new PipelineError('ContractViolation', 'CXone calls the job completed but names no resultUrl');
      continue;
    }
    const body = await source.openResult(resultUrl, task);
    if (body) return body;
    failure = new PipelineError('VendorRejected', `CXone refused ${attempt} fresh result URLs of the job`);
  }
  throw failure;
}
