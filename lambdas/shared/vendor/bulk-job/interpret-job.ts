import type { z } from 'zod';
import { PipelineError } from '../../contracts/errors.ts';
import type { JobResponse } from './schemas.ts';

/** How a job is doing, as its own API tells it. */
export type BulkJob =
  | { status: 'running' | 'failed' | 'unknown' }
  | { status: 'completed'; resultUrl: string | undefined };

const RUNNING = new Set(['queued', 'running', 'processing']);

/**
 * What a job's answer means. Upper and lower case are the same.
 *
 * @throws PipelineError `ContractViolation` for a status that is none of the API's: guessing could lose a result
 * @example interpretJob({ status: 'Queued' }) // { status: 'running' }
 */
export function interpretJob(job: z.output<typeof JobResponse>): BulkJob {
  const status = job.status.toLowerCase();
  if (RUNNING.has(status)) return { status: 'running' };
  if (status === 'completed') return { status: 'completed', resultUrl: job.resultUrl ?? undefined };
  if (status === 'failed') return { status: 'failed' };
  throw new PipelineError(
    'ContractViolation',
    'CXone answered the job status request with an unknown status: expected queued, running, processing, completed or failed',
  );
}
