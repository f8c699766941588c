/** Fetches the transcripts of a batch, some at a time, each with its row of the list. */
import type { PipelineError } from '../../contracts/errors.ts';
import { asCompleted } from '../../lib/as-completed.ts';
import type { CallFrame } from '../exchange.ts';
import { asksToWait, isOutage } from '../put-off.ts';
import type { Artifact, BatchResult, WantedTranscript } from '../transcript-source.ts';
import { type AnalyticsApi, TRANSCRIPT_TIMEOUT_MS, type TranscriptAnswer } from './analytics-api.ts';
import { Canary, LOOK_BACK_MS } from './canary.ts';
import { type FoundRows, findRows } from './find-rows.ts';
import type { Pace } from './pace.ts';
import { readTranscript } from './read-transcript.ts';
import type { SegmentRow } from './segment-page.ts';

/** What is left of a function when it stops fetching: enough to end what is under way, and to store what came. */
const RESERVE_MS = 45_000 + 2 * TRANSCRIPT_TIMEOUT_MS;
/** Times that a transcript is asked for while others come: one that the vendor cannot serve must not hold up the rest. */
const MAX_TRIES = 3;
/** Failures in a row that are the vendor's, not those of single transcripts. */
const OUTAGE = 5;

/** What a container remembers from batch to batch. */
export interface Memory {
  pace: Pace;
  /** A segment whose transcript was served. */
  known: string | undefined;
}

export interface BatchToFetch {
  api: Pick<AnalyticsApi, 'list' | 'transcript'>;
  memory: Memory;
  wanted: readonly WantedTranscript[];
  /** A block for each word of a call. */
  wordLevel?: boolean;
  maxBytes: number;
  frame: CallFrame;
}

/**
 * The transcripts of a batch, as they come. It stops early when the vendor refuses, or time runs short: what was not given
 * by then is for another call.
 *
 * @example for await (const artifact of fetchBatch(batch).artifacts) … // { ok: true, interactionId: '0e52…', … }
 */
export function fetchBatch(batch: BatchToFetch): BatchResult {
  const fetching = new Fetching(batch);
  return {
    artifacts: fetching.artifacts(),
    bytesRead: () => fetching.bytes,
    isEndCertain: () => true,
    rest: () => fetching.rest,
  };
}

interface Item {
  wanted: WantedTranscript;
  tries: number;
  /** How many were settled when it failed first. */
  failedAt: number;
}

/** undefined: it is left for later. */
type Fetched = { artifact: Artifact; isListed: boolean } | undefined;

class Fetching {
  bytes = 0;
  rest: { waitSeconds: number } | undefined;
  readonly #batch: BatchToFetch;
  readonly #canary = new Canary();
  readonly #abort = new AbortController();
  readonly #frame: CallFrame;
  readonly #queue: Item[];
  #settled = 0;
  #failedInARow = 0;

  constructor(batch: BatchToFetch) {
    this.#batch = batch;
    const { frame, wanted } = batch;
    // Waits within a call must not use up what is reserved.
    this.#frame = {
      ...frame,
      signal: AbortSignal.any([frame.signal, this.#abort.signal]),
      remainingMs: () => frame.remainingMs() - RESERVE_MS,
    };
    const inOrder = wanted.toSorted((a, b) => (a.availableMs ?? 0) - (b.availableMs ?? 0));
    this.#queue = inOrder.map((one) => ({ wanted: one, tries: 0, failedAt: 0 }));
  }

  async *artifacts(): AsyncGenerator<Artifact> {
    const { api, memory, wanted } = this.#batch;
    const rows = findRows((query) => api.list(query, this.#frame), wanted);
    const fetch = (item: Item) => this.#fetch(item, rows);
    const close = () => this.#abort.abort();
    for await (const fetched of asCompleted(
      () => this.#take(),
      () => memory.pace.atOnce,
      fetch,
      close,
    )) {
      if (fetched === undefined) continue;
      this.#note(fetched);
      yield fetched.artifact;
    }
    if (this.#canary.isInDoubt) await this.#doubt(rows);
  }

  /** The next one; the first is always tried, so that every call of the function gets further. */
  #take() {
    if (this.rest !== undefined || this.#queue.length === 0) return undefined;
    const isOverdue = this.#batch.frame.remainingMs() < RESERVE_MS || this.bytes >= this.#batch.maxBytes;
    if (isOverdue && this.#settled > 0) {
      this.rest = { waitSeconds: 1 };
      return undefined;
    }
    return this.#queue.shift();
  }

  async #fetch(item: Item, rows: FoundRows): Promise<Fetched> {
    const { interactionId } = item.wanted;
    let answer: TranscriptAnswer;
    try {
      answer = await this.#batch.api.transcript(interactionId, this.#frame, this.#batch.wordLevel);
      this.#batch.memory.pace.answered();
      this.#failedInARow = 0;
    } catch (error) {
      return this.#putOff(item, this.#outageOf(error));
    }
    let row: SegmentRow | undefined;
    try {
      row = await rows.rowOf(interactionId);
    } catch (error) {
      this.#stop(this.#outageOf(error));
      return undefined;
    }
    this.#settled += 1;
    const isListed = row !== undefined;
    if (answer.kind !== 'found') {
      const outcome = answer.kind === 'missing' ? { outcome: 'missing' as const } : {};
      return { isListed, artifact: { ok: false, interactionId, ...outcome, aliases: row?.aliases } };
    }
    this.bytes += Buffer.byteLength(answer.text);
    return { isListed, artifact: readTranscript(interactionId, answer.text, row) };
  }

  /** Nobody may be there at all: then it is for the state to be tried again, not to wait. */
  #outageOf(error: unknown): PipelineError {
    if (isOutage(error) && (asksToWait(error) || this.#settled > 0)) return error;
    throw error;
  }

  /** Leaves a transcript for later, where the vendor may serve it then. */
  #putOff(item: Item, error: PipelineError): Fetched {
    item.tries += 1;
    if (item.tries === 1) item.failedAt = this.#settled;
    this.#failedInARow += 1;
    const isLastTry = item.tries === MAX_TRIES;
    // While no other is answered either, it is not this transcript that cannot be served.
    if (
      error.name === 'VendorThrottled' ||
      this.#failedInARow >= OUTAGE ||
      (isLastTry && item.failedAt === this.#settled)
    ) {
      this.#stop(error);
      return undefined;
    }
    if (!isLastTry) {
      this.#queue.push(item);
      return undefined;
    }
    return { isListed: false, artifact: { ok: false, interactionId: item.wanted.interactionId } };
  }

  /** Once for all that are under way: they are refused together. */
  #stop(error: PipelineError): void {
    this.rest ??= { waitSeconds: this.#batch.memory.pace.refused(error.retryAfterSeconds) };
  }

  #note({ artifact, isListed }: NonNullable<Fetched>): void {
    if (!artifact.ok && artifact.outcome === 'missing') {
      this.#canary.missing(isListed);
      return;
    }
    this.#canary.found();
    if (artifact.ok) this.#batch.memory.known = artifact.interactionId;
  }

  async #doubt({ neighbours }: FoundRows): Promise<void> {
    const { api, memory, wanted, frame } = this.#batch;
    const asked = new Set(wanted.map(({ interactionId }) => interactionId));
    const others = [...(memory.known === undefined ? [] : [memory.known]), ...neighbours];
    if (others.length === 0) {
      const toMs = Math.max(...wanted.map(({ availableMs = 0 }) => availableMs)) || Date.now();
      const { rows } = await api.list({ fromMs: toMs - LOOK_BACK_MS, toMs, pageSize: wanted.length + 5 }, frame);
      others.push(...rows.map(({ segmentId }) => segmentId));
    }
    const few = others.filter((id) => !asked.has(id)).slice(0, 6);
    await this.#canary.check(few, (segmentId) => api.transcript(segmentId, frame));
  }
}
