/** A bucket in memory and a vendor whose answers are given, for tests of a batch's way into the lake. */

import { readFile } from 'node:fs/promises';
import { createMasker } from '@cxone-transcripts/masker';
import { readLexicon } from '../../../../lambdas/shared/lib/names-lexicon.ts';
import type { ObjectStore, WriteCondition, WriteOptions } from '../../../../lambdas/shared/storage/object-store.ts';
import type { TaskContext } from '../../../../lambdas/shared/task/middleware.ts';
import type { BulkJobApi } from '../../../../lambdas/shared/vendor/bulk-job/bulk-job-api.ts';
import { BulkJobSource } from '../../../../lambdas/shared/vendor/bulk-job/bulk-job-source.ts';
import type { BulkJob } from '../../../../lambdas/shared/vendor/bulk-job/interpret-job.ts';
import type { ResultBody } from '../../../../lambdas/shared/vendor/bulk-job/open-result.ts';
import type { CallFrame } from '../../../../lambdas/shared/vendor/exchange.ts';
import type { TranscriptSource } from '../../../../lambdas/shared/vendor/transcript-source.ts';
import { storeBatch } from '../../../../lambdas/store-transcripts/store-batch.ts';

interface StoredObject {
  body: Buffer;
  etag: string;
  metadata: Record<string, string>;
}

/** A bucket in memory; `writes` has the key of every write that took effect. */
export function memoryBucket() {
  const objects = new Map<string, StoredObject>();
  const writes: string[] = [];
  const put = (key: string, body: Buffer, condition: WriteCondition, options: WriteOptions) => {
    const current = objects.get(key);
    if ('absent' in condition && current) return { written: false as const };
    if ('etag' in condition && current?.etag !== condition.etag) return { written: false as const };
    const etag = `etag-${writes.push(key)}`;
    objects.set(key, { body, etag, metadata: options.metadata ?? {} });
    return { written: true as const, etag };
  };
  const store = {
    head: async (key: string) => {
      const found = objects.get(key);
      return found && { key, bytes: found.body.length, etag: found.etag, modifiedMs: 0, metadata: found.metadata };
    },
    write: async (key: string, body: string | Uint8Array, condition: WriteCondition = {}, options: WriteOptions = {}) =>
      put(key, Buffer.from(body as string), condition, options),
    upload: async (key: string, path: string, condition: WriteCondition = {}, options: WriteOptions = {}) =>
      put(key, await readFile(path), condition, options),
    async *list() {},
  } as unknown as ObjectStore;
  return { store, objects, writes };
}

export const artifactOf = (interactionId: string, text = 'How may I help you?') =>
  JSON.stringify({
    interactionId,
    mediaType: 'chat',
    timestamp: '2026-11-21T09:00:00Z',
    transcript: { messages: [{ text }] },
  });

/** A result from its pieces; the last one may be the error that breaks it off. */
export function resultOf(pieces: readonly (string | Error)[], change: Partial<ResultBody> = {}): ResultBody {
  const rest = [...pieces];
  const stream = new ReadableStream<Uint8Array>({
    pull(controller) {
      const piece = rest.shift();
      if (piece === undefined) controller.close();
      else if (piece instanceof Error) controller.error(piece);
      else controller.enqueue(Buffer.from(piece));
    },
  });
  return { stream, endIsUnmarked: false, declaredBytes: undefined, ...change };
}

/** A vendor that answers the polls and opens the results of the lists, one after the other; the last goes on for ever. */
export function vendorOf(polls: readonly BulkJob[], results: readonly (() => ResultBody | undefined)[]) {
  const calls = { polls: 0, downloads: 0 };
  const signals = new Set<AbortSignal>();
  const next = <T>(list: readonly T[], call: keyof typeof calls) => {
    calls[call] += 1;
    return list[Math.min(calls[call], list.length) - 1] as T;
  };
  const api = {
    progress: async (_jobId: string, { signal }: CallFrame) => {
      signals.add(signal);
      return next(polls, 'polls');
    },
    openResult: async (_url: string, { signal }: CallFrame) => {
      signals.add(signal);
      return next(results, 'downloads')();
    },
  } as unknown as BulkJobApi;
  return { api, source: new BulkJobSource(api), calls, signals };
}

export const COMPLETED: BulkJob = { status: 'completed', resultUrl: '/r' };

export function taskOf(signal = new AbortController().signal) {
  const metrics = { addMetric: () => {} };
  return { signal, remainingMs: () => 900_000, metrics, logger: {} } as unknown as TaskContext;
}

const CONFIG = { MAX_RESULT_BYTES: 4_294_967_296, JOB_DEADLINE_SECONDS: 7_200, CXONE_SOURCE: 'bulk-job' as const };

export const SUBMITTED_AT = '2026-11-22T10:00:00.000Z';

/** Stores a batch of these ids from what the vendor answers. */
export async function storeFrom(
  interactionIds: string[],
  source: TranscriptSource,
  { store }: Pick<ReturnType<typeof memoryBucket>, 'store'>,
  task = taskOf(),
) {
  const input = {
    runId: 'run-1',
    startedAt: '2026-11-22T09:59:00.000Z',
    batch: { batch: 0, interactionIds },
    options: {
      mediaTypes: ['chat' as const],
      redactionPolicy: 'auto' as const,
      format: 'json' as const,
      maxConcurrentDownloads: 1,
    },
    polling: { firstWaitSeconds: 2, longestWaitSeconds: 60 },
    priority: 'backfill' as const,
    job: {
      submissions: 1,
      status: 'completed' as const,
      jobId: 'job-1',
      submittedAt: SUBMITTED_AT,
      deadlineAt: '2026-11-22T12:00:00.000Z',
      polls: 3,
      waitSeconds: 1,
    },
  };
  const receipt = await storeBatch({
    input,
    task,
    source,
    store,
    config: CONFIG,
    masking: { masker: createMasker({}, readLexicon()) },
    earlier: undefined,
  });
  if ('again' in receipt) throw new Error('a job comes in one pass');
  return receipt;
}
