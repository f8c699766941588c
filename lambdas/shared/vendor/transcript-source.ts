/** The port behind which a source of transcripts sits: what the pipeline asks of any vendor API. */
import type { JobOptions } from '../contracts/states.ts';
import type { SearchResponse } from './bulk-job/schemas.ts';
import type { CallFrame } from './exchange.ts';

/** `running` also stands for queued; a terminal state never changes again. */
export type JobProgress =
  | { status: 'running' }
  | { status: 'failed' }
  | { status: 'completed'; resultUrl: string | undefined }
  /** The vendor does not know the job: it may not know it yet. */
  | { status: 'unknown' };

export interface ResultBody {
  /** The bytes as they came, still gzip where the file itself is gzip. */
  stream: ReadableStream<Uint8Array>;
  /** True when nothing in the answer tells where it ends: a cut cannot be seen from the bytes alone. */
  endIsUnmarked: boolean;
  /** What the answer says of its length in bytes, if anything. */
  declaredBytes: number | undefined;
}

export interface InteractionSearch {
  interactionIds?: string[];
  from?: string;
  to?: string;
  mediaTypes?: string[];
  cursor?: string;
  pageSize?: number;
}

/**
 * Calls may throw `VendorThrottled`, `VendorUnavailable`, `VendorAuthFailed`, `VendorRejected`, `ContractViolation` or
 * `ConfigInvalid`; each waits out a short `Retry-After` by itself and ends with its frame, as `VendorUnavailable`.
 */
export interface TranscriptSource {
  /** Proves that the credentials work and have the scopes; `scopes` is empty when the vendor does not name them. */
  authenticate(frame: CallFrame): Promise<{ expiresInSeconds: number; scopes: string[] }>;
  submit(interactionIds: string[], options: JobOptions, frame: CallFrame): Promise<{ jobId: string }>;
  progress(jobId: string, frame: CallFrame): Promise<JobProgress>;
  /** Opens the result for reading; `undefined` when the URL has expired and the job must be asked for a fresh one. */
  openResult(resultUrl: string, frame: CallFrame): Promise<ResultBody | undefined>;
  search(query: InteractionSearch, frame: CallFrame): Promise<SearchResponse>;
}
