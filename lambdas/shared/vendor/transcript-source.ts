/**
 * The port behind which a source of transcripts sits: what the pipeline asks of any vendor API, in words of its own.
 * What a vendor's answers look like, and how its pages are walked, is known in the folder of the source alone.
 */
import type { Aliases } from '../contracts/aliases.ts';
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

/** A transcript as the vendor gave it. `transcriptJson` is its content exactly as it was written. */
export interface ReadableArtifact {
  ok: true;
  interactionId: string;
  mediaType: MediaType;
  timestamp: string;
  transcriptJson: string;
  /** Of two versions of one transcript the greater one counts; left out where the source has no versions. ISO 8601, UTC. */
  version?: string;
  /** What else the vendor says of the interaction, a JSON object as it was written: to be masked with the transcript. */
  interactionJson?: string;
  /** Other ids of the interaction at the vendor: an erasure may name any of them. */
  aliases?: Aliases | undefined;
  /** The vendor has taken names out of it since: it takes the place of what is stored, newer or not. */
  isAnonymised?: boolean | undefined;
}

/** One item of a batch. */
export type Artifact =
  | ReadableArtifact
  /** The vendor has no text: `missing`, or a transcript in which nothing was said: `empty`. */
  | { ok: false; interactionId: string; outcome: 'missing' | 'empty'; aliases?: Aliases | undefined }
  /** Unusable; the id is there if it could be made out. */
  | { ok: false; interactionId: string | undefined; outcome?: undefined; aliases?: Aliases | undefined };

/** What is read of one batch at most, in decompressed bytes. */
export interface ResultLimits {
  maxBytes: number;
  /** One transcript is held in memory as a whole; a larger one is unusable, and costs itself only. */
  maxArtifactBytes: number;
}

/** The transcripts of a batch, read as they arrive. */
export interface BatchResult {
  /**
   * One transcript at a time, in any order; an unusable one is given as such.
   *
   * @throws PipelineError `VendorUnavailable` when the result breaks off, `ContractViolation` when it is none, or over its
   *   limits
   */
  artifacts: AsyncIterable<Artifact>;
  /** Decompressed bytes that were read so far. */
  bytesRead(): number;
  /** Whether a cut would have been seen; known once all transcripts are read. */
  isEndCertain(): boolean;
  /**
   * Known once the artifacts have ended: undefined when everything that was asked for was given, else how many seconds
   * later the rest is to be asked for. Only a source that fetches one by one stops like this.
   */
  rest(): { waitSeconds: number } | undefined;
}

/** A transcript that a batch wants. */
export interface WantedTranscript {
  interactionId: string;
  /** When it became available, in ms, where the search said so: what else the vendor says of it is listed there. */
  availableMs?: number;
}

/** A batch that is ready to be read. */
export interface BatchRequest {
  jobId: string;
  interactions: readonly WantedTranscript[];
  options: JobOptions;
}

/** A half-open slice of time, in ms, and the media that count. */
export interface TimeSlice {
  fromMs: number;
  /** Exclusive. */
  toMs: number;
  mediaTypes: readonly string[];
}

/** An interaction that the vendor has. */
export interface FoundInteraction {
  interactionId: string;
  /** Its start, in ms. Left out where the vendor does not say. */
  startMs?: number | undefined;
  /** When its transcript is there, in ms; 0 where the vendor does not say. */
  availableMs: number;
  aliases?: Aliases | undefined;
}

/** What a slice of time holds. */
export interface Discovery {
  /** By id: each interaction once. */
  found: Map<string, FoundInteraction>;
  /** Ids of rows that cannot be read, and that no other row names. */
  unreadable: Set<string>;
  /** Pages it took. */
  pages: number;
}

/**
 * `never`: a transcript has one version; `listed`: the search lists its interaction once more, as available later;
 * `fetched`: nothing shows it but the transcript itself, so it has to be fetched again.
 */
export type NewVersions = 'never' | 'listed' | 'fetched';

/** An interaction that was asked for by an id. */
export interface LookedUp extends FoundInteraction {
  /** The id that was asked for, where it is another one of the vendor's: it may stand for several interactions. */
  askedAs?: string | undefined;
}

/** What helps to find ids. */
export interface LookUpHints {
  /** An instant near which the interactions became available, ISO 8601. */
  around?: string;
}

/** What the vendor says about ids. */
export interface IdAnswer {
  interactions: LookedUp[];
  unreadable: string[];
  /** False where rows may be missing from it: then an id without a row is not one that the vendor does not know. */
  isWhole: boolean;
}

/** What signing in has shown. `scopes` is empty when the vendor does not name them. */
export interface SignedIn {
  expiresInSeconds: number;
  scopes: string[];
  /** Whom one has reached, where that can be seen. */
  tenant?: Tenant;
}

/**
 * Calls may throw `VendorThrottled`, `VendorUnavailable`, `VendorAuthFailed`, `VendorRejected`, `ContractViolation`,
 * `VendorContractChanged` or `ConfigInvalid`; each waits out a short `Retry-After` by itself and ends with its frame, as `VendorUnavailable`.
 */
export interface TranscriptSource {
  /** How a newer version of a transcript that is stored shows. */
  readonly newVersions: NewVersions;
  /** Proves that the credentials work and have the permissions. */
  authenticate(frame: CallFrame): Promise<SignedIn>;
  /** Asks for a batch. A source without jobs calls nobody, and says that the batch is ready. */
  submit(interactionIds: string[], options: JobOptions, frame: CallFrame): Promise<{ jobId: string; isReady: boolean }>;
  progress(jobId: string, frame: CallFrame): Promise<JobProgress>;
  /** Opens a batch that is ready. */
  open(batch: BatchRequest, limits: ResultLimits, frame: CallFrame): Promise<BatchResult>;
  /**
   * What became available in the slice; for a source whose search knows only starts, what started in it.
   *
   * @param isTooLong asked before each page but the first, with the pages so far
   * @returns undefined when the slice was given up as too long
   */
  discover(slice: TimeSlice, isTooLong: (pages: number) => boolean, frame: CallFrame): Promise<Discovery | undefined>;
  /** What the vendor knows of these ids; throws `VendorRejected` or `ContractViolation` where it cannot be asked. */
  lookUp(interactionIds: string[], frame: CallFrame, hints?: LookUpHints): Promise<IdAnswer>;
}
