import { createHash } from 'node:crypto';
import type { Catalogue } from '../catalogue.ts';
import type { Effect } from '../faults.ts';
import type { CatalogueEntry } from '../timeline.ts';
import type { SubmitRequest } from './requests.ts';

export interface Job {
  jobId: string;
  /** The nth accepted job, from 1. */
  ordinal: number;
  interactionIds: ReadonlySet<string>;
  entries: CatalogueEntry[];
  submittedMs: number;
  polls: number;
}

export interface JobLatency {
  /** Polls that answer "not yet" before the job is completed; the first of them 202 without a body. */
  polls: number;
  /** Time before which a job is not completed, however often it is polled. */
  ms: number;
}

export interface JobAnswer {
  status: 200 | 202;
  /** Undefined: an empty body. */
  body: Record<string, unknown> | undefined;
}

/** The accepted jobs. A job id depends on the seed, the interactions and how often they were submitted, not on order. */
export class JobBoard {
  readonly #jobs = new Map<string, Job>();
  readonly #submissions = new Map<string, number>();
  readonly #seed: string;
  readonly #catalogue: Catalogue;

  constructor(seed: string, catalogue: Catalogue) {
    this.#seed = seed;
    this.#catalogue = catalogue;
  }

  get size(): number {
    return this.#jobs.size;
  }

  find(jobId: string): Job | undefined {
    return this.#jobs.get(jobId);
  }

  /** `jobId` overrides the made-up one. */
  accept({ interactionIds, mediaTypes }: SubmitRequest, nowMs: number, jobId?: string): Job {
    const content = createHash('sha256')
      .update(this.#seed)
      .update(JSON.stringify([interactionIds, mediaTypes]));
    const contentHash = content.digest('hex');
    const nth = (this.#submissions.get(contentHash) ?? 0) + 1;
    this.#submissions.set(contentHash, nth);
    const job: Job = {
      jobId: jobId ?? toJobId(createHash('sha256').update(`${contentHash}:${nth}`).digest('hex')),
      ordinal: this.#jobs.size + 1,
      interactionIds: new Set(interactionIds),
      entries: interactionIds.flatMap((id) => this.#catalogue.find(id, mediaTypes)),
      submittedMs: nowMs,
      polls: 0,
    };
    this.#jobs.set(job.jobId, job);
    return job;
  }
}

const toJobId = (hex: string): string =>
  `job-${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;

/**
 * The answer to a poll, which is counted: `queued` at the first, then `running`, `completed` once the latency is over.
 *
 * @param resultUrl makes a fresh URL
 * @example pollJob(job, { polls: 0, ms: 0 }, nowMs, () => 'http://…').status // 200, with `status: 'completed'`
 */
export function pollJob(
  job: Job,
  latency: JobLatency,
  nowMs: number,
  resultUrl: () => string,
  fault: Effect<'poll'> = {},
): JobAnswer {
  job.polls += 1;
  const ahead = Math.max(0, latency.polls + 1 - job.polls);
  const isDone = ahead === 0 && nowMs - job.submittedMs >= latency.ms;
  const status = fault.jobStatus ?? (isDone ? 'completed' : job.polls === 1 ? 'queued' : 'running');
  const isUntouched = fault.jobStatus === undefined && fault.progress === undefined && fault.resultUrl === undefined;
  if (status === 'queued' && isUntouched) return { status: 202, body: undefined };
  const isCompleted = status === 'completed' || status === 'completedWithoutUrl';
  const progress = isCompleted ? 100 : Math.min(99, Math.floor((100 * (job.polls - 1)) / (latency.polls + 1)));
  return {
    status: 200,
    body: {
      jobId: job.jobId,
      status: STATUS_WORDS[status],
      progress: fault.progress === undefined ? progress : fault.progress,
      ...(status === 'completed' || fault.resultUrl !== undefined ? { resultUrl: fault.resultUrl ?? resultUrl() } : {}),
      ...(status === 'failed' ? { errors: fault.errors ?? ['EXTRACTION_FAILED'] } : {}),
    },
  };
}

const STATUS_WORDS = {
  queued: 'queued',
  running: 'running',
  stuck: 'running',
  failed: 'failed',
  completed: 'completed',
  completedWithoutUrl: 'completed',
  unknown: 'archived',
} as const;
