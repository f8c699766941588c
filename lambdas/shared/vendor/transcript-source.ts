/**
 * The port behind which a source of transcripts sits: what the pipeline asks of any vendor API, in words of its own.
 * What a vendor's answers look like is known in the folder of the source alone.
 */
import type { JobOptions, MediaType } from '../contracts/job-options.ts';
import type { CallFrame } from './exchange.ts';
import type { Tenant } from './sign-in/session.ts';

/** `running` also stands for queued; a terminal state never changes again. */
export type JobProgress =
  | { status: 'running' }
  | { status: 'failed' }
  | { status: 'completed' }
  /** The vendor does not know the job: it may not know it yet. */
  | { status: 'unknown' };

/** One transcript as the vendor gave it. `transcriptJson` is its content exactly as it was written. */
export type Artifact =
  | { ok: true; interactionId: string; mediaType: MediaType; timestamp: string; transcriptJson: string }
  /** Unusable; the id is there if it could be made out. */
  | { ok: false; interactionId: string | undefined };

/** What is read of one job's result at most, in decompressed bytes. */
export interface ResultLimits {
  maxBytes: number;
  /** One transcript is held in memory as a whole; a larger one is unusable, and costs itself only. */
  maxArtifactBytes: number;
}

/** The result of a completed job, read as it arrives. */
export interface JobResult {
  /**
   * Its transcripts, one at a time and in order; an unusable one is given as such.
   *
   * @throws PipelineError `VendorUnavailable` when the result breaks off, `ContractViolation` when it is none, or over its
   *   limits
   */
  artifacts: AsyncIterable<Artifact>;
  /** Decompressed bytes that were read so far. */
  bytesRead(): number;
  /** Whether a cut would have been seen; known once all transcripts are read. */
  isEndCertain(): boolean;
}

export interface InteractionSearch {
  interactionIds?: string[];
  from?: string;
  to?: string;
  mediaTypes?: string[];
  cursor?: string;
  pageSize?: number;
}

/** An interaction that the vendor has. Times are ISO 8601 with an offset. */
export interface FoundInteraction {
  interactionId: string;
  startTime: string;
  /** When its transcript is there, where the vendor says so. */
  availableAt?: string | null | undefined;
}

/** One page of a search. */
export interface SearchAnswer {
  interactions: FoundInteraction[];
  /** Ids of the rows that could not be read; left out where all could. */
  unreadable?: string[];
  nextCursor?: string | null | undefined;
}

/**
 * Calls may throw `VendorThrottled`, `VendorUnavailable`, `VendorAuthFailed`, `VendorRejected`, `ContractViolation` or
 * `ConfigInvalid`; each waits out a short `Retry-After` by itself and ends with its frame, as `VendorUnavailable`.
 */
export interface TranscriptSource {
  /**
   * Proves that the credentials work and have the scopes; `scopes` is empty when the vendor does not name them, and
   * `tenant` says whom one has reached, where that can be seen.
   */
  authenticate(frame: CallFrame): Promise<{ expiresInSeconds: number; scopes: string[]; tenant?: Tenant }>;
  submit(interactionIds: string[], options: JobOptions, frame: CallFrame): Promise<{ jobId: string }>;
  progress(jobId: string, frame: CallFrame): Promise<JobProgress>;
  /** Opens the result of a job that was seen completed. */
  openResult(jobId: string, limits: ResultLimits, frame: CallFrame): Promise<JobResult>;
  search(query: InteractionSearch, frame: CallFrame): Promise<SearchAnswer>;
}
