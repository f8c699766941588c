/** Opens the result of a completed job. Result URLs are short-lived, so they are never kept: the job is asked again. */
import { PipelineError } from '../../contracts/errors.ts';
import { pause } from '../../lib/pause.ts';
import type { BulkJob } from './interpret-job.ts';

/** Each attempt asks for the job and opens its URL: enough for a URL that expires while it is being read out. */
const MAX_ATTEMPTS = 3;
const PAUSE_MS = 2_000;

export interface ResultBody {
  /** The bytes as they came, still gzip where the file itself is gzip. */
  stream: ReadableStream<Uint8Array>;
  /** True when nothing in the answer tells where it ends: a cut cannot be seen from the bytes alone. */
  endIsUnmarked: boolean;
  /** What the answer says of its length in bytes, if anything. */
  declaredBytes: number | undefined;
}

/** The calls that lead to a result. */
export interface ResultCalls {
  /** Asks how the job is doing, and where its result is. */
  ask(): Promise<BulkJob>;
  /** Opens a result's URL; `undefined` when it has expired and the job must be asked for a fresh one. */
  open(resultUrl: string): Promise<ResultBody | undefined>;
}

/**
 * The body of a completed job's result.
 *
 * @throws PipelineError `ContractViolation` when a completed job never names a result, `VendorRejected` when its result
 *   can never be opened, `VendorUnavailable` when the job is no longer completed; and as the calls themselves throw
 */
export async function openResult({ ask, open }: ResultCalls, signal: AbortSignal): Promise<ResultBody> {
  let failure = new PipelineError('VendorUnavailable', 'CXone took back that the job is completed');
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
    if (attempt > 1) await pause(PAUSE_MS, signal);
    const job = await ask();
    if (job.status !== 'completed') continue;
    const { resultUrl } = job;
    if (resultUrl === undefined) {
      failure = new PipelineError('ContractViolation', 'CXone calls the job completed but names no resultUrl');
      continue;
    }
    const body = await open(resultUrl);
    if (body) return body;
    failure = new PipelineError('VendorRejected', `CXone refused ${attempt} fresh result URLs of the job`);
  }
  throw failure;
}
