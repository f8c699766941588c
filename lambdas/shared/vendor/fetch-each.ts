/** Transcripts of a source that has no jobs: fetched one by one, a few at a time. */
import { isPipelineError } from '../contracts/errors.ts';
import { FETCHED_AT_ONCE } from '../contracts/source-facts.ts';
import { mapConcurrently } from '../lib/map-concurrently.ts';
import type { CallFrame } from './exchange.ts';
import type { Artifact, BatchResult } from './transcript-source.ts';

/** What is fetched has to be masked and stored yet, within the same call. */
const RESERVED_MS = 60_000;
/** A pause where no header says how long: half a minute to three is what the vendor's throttling takes. */
const THROTTLED_SECONDS = 60;
const UNAVAILABLE_SECONDS = 15;
/** So many failures one after the other are not those of single transcripts. */
const MAX_FAILURES = 8;

/** One transcript, and how many bytes were read for it. */
export interface Fetched {
  artifact: Artifact;
  bytes: number;
}

export interface FetchOptions {
  frame: Pick<CallFrame, 'remainingMs'>;
  /** No more is begun once so many bytes were read. */
  maxBytes: number;
}

/**
 * The transcripts of the items, in their order. One that the vendor fails to give costs itself only, and is part of the
 * rest. No more are begun when the vendor asks for time, fails again and again, or the call's time or bytes are used up.
 *
 * @param fetchOne may throw `VendorThrottled` and `VendorUnavailable`; anything else ends it all
 * @example
 * const result = fetchEach(['a', 'b'], fetchOne, { frame, maxBytes: 1e9 });
 * for await (const artifact of result.artifacts) …; // a, then b
 * result.rest() // undefined; { waitSeconds: 60 } after a 429 to b
 */
export function fetchEach<Item>(
  items: Iterable<Item>,
  fetchOne: (item: Item) => Promise<Fetched>,
  { frame, maxBytes }: FetchOptions,
): BatchResult {
  let bytes = 0;
  let failures = 0;
  let waitSeconds: number | undefined;
  let isOver = false;
  const stop = (seconds: number) => {
    isOver = true;
    waitSeconds = Math.max(waitSeconds ?? 0, seconds);
  };

  function* begun(): Generator<Item> {
    for (const item of items) {
      if (bytes >= maxBytes || frame.remainingMs() < RESERVED_MS) stop(1);
      if (isOver) return;
      yield item;
    }
  }

  async function attempt(item: Item): Promise<Artifact | undefined> {
    try {
      const fetched = await fetchOne(item);
      bytes += fetched.bytes;
      failures = 0;
      return fetched.artifact;
    } catch (error) {
      if (isPipelineError(error, 'VendorThrottled')) stop(error.retryAfterSeconds ?? THROTTLED_SECONDS);
      else if (isPipelineError(error, 'VendorUnavailable')) {
        failures += 1;
        waitSeconds = Math.max(waitSeconds ?? 0, error.retryAfterSeconds ?? UNAVAILABLE_SECONDS);
        if (failures >= MAX_FAILURES) isOver = true;
      } else throw error;
      return undefined;
    }
  }

  async function* artifacts(): AsyncGenerator<Artifact> {
    for await (const artifact of mapConcurrently(begun(), FETCHED_AT_ONCE, attempt)) if (artifact) yield artifact;
  }

  return {
    artifacts: artifacts(),
    bytesRead: () => bytes,
    isEndCertain: () => true,
    rest: () => (waitSeconds === undefined ? undefined : { waitSeconds }),
  };
}
