/** A source that fetches one by one, and a state machine that stores a batch of it in passes, over a bucket in memory. */
import { gunzipSync } from 'node:zlib';
import { createMasker } from '@cxone-transcripts/masker';
import type { Batch } from '../../../../lambdas/shared/contracts/batch.ts';
import type { StoringGoesOn } from '../../../../lambdas/shared/contracts/states/store-transcripts.ts';
import { readLexicon } from '../../../../lambdas/shared/lib/names-lexicon.ts';
import { keys } from '../../../../lambdas/shared/storage/layout.ts';
import { AuditLine, BatchReceipt, TranscriptRow } from '../../../../lambdas/shared/storage/records.ts';
import type {
  Artifact,
  TranscriptSource,
  WantedTranscript,
} from '../../../../lambdas/shared/vendor/transcript-source.ts';
import { type BatchToStoreOnce, storeOnce } from '../../../../lambdas/store-transcripts/store-once.ts';
import { MemoryStore, type MemoryStoreOptions, type Objects } from '../../../year/memory-store.ts';
import { SUBMITTED_AT, taskOf } from './store-world.ts';

export const VERSION = '2026-11-22T08:00:00.000Z';
const DEADLINE_SECONDS = 7_200;

/** Ids of a batch: `seg-0`, `seg-1`, … */
export const idsOf = (count: number) => Array.from({ length: count }, (_, index) => `seg-${index}`);

/** A segment; a third of them are chats, a third started the day before. */
export function segment(interactionId: string, change: Partial<Extract<Artifact, { ok: true }>> = {}): Artifact {
  const number = Number(interactionId.slice(4));
  return {
    ok: true,
    interactionId,
    mediaType: number % 3 === 1 ? 'chat' : 'voice',
    timestamp: number % 3 === 2 ? '2026-11-20T23:00:00.000Z' : '2026-11-21T09:00:00.000Z',
    transcriptJson: JSON.stringify({ transcriptBlocks: [{ text: `This is conversation ${number}` }] }),
    version: VERSION,
    ...change,
  };
}

/** What one call of the source gives: some of what is wanted, and whether it rests then. */
export interface Answer {
  give: (wanted: readonly WantedTranscript[]) => Artifact[];
  rest?: { waitSeconds: number };
  /** Breaks the result off behind what it gives. */
  error?: Error;
}

/** The next so many of what is wanted; all the rest without a number. */
export const next = (count?: number): Answer => ({
  give: (wanted) => wanted.slice(0, count).map(({ interactionId }) => segment(interactionId)),
  ...(count !== undefined && { rest: { waitSeconds: 5 } }),
});

/** A source with these answers, one a call; the last one for ever. */
export function sourceOf(answers: readonly Answer[]) {
  const opened: WantedTranscript[][] = [];
  const source = {
    open: async ({ interactions }: { interactions: readonly WantedTranscript[] }) => {
      opened.push([...interactions]);
      const answer = answers[Math.min(opened.length, answers.length) - 1] ?? next();
      const given = answer.give(interactions);
      const isAll = given.length === interactions.length;
      return {
        artifacts: (async function* () {
          yield* given;
          if (answer.error) throw answer.error;
        })(),
        bytesRead: () => given.length,
        isEndCertain: () => true,
        rest: () => (isAll ? undefined : answer.rest),
      };
    },
  } as unknown as TranscriptSource;
  return { source, opened };
}

export interface World {
  objects: Objects;
  interrupt?: MemoryStoreOptions['interrupt'];
}

/** One call of the state. */
export function callOf(batch: Batch, source: TranscriptSource, stored?: StoringGoesOn, task = taskOf()) {
  const input = {
    runId: 'run-1',
    startedAt: '2026-11-22T09:59:00.000Z',
    batch,
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
      jobId: 'direct',
      submittedAt: SUBMITTED_AT,
      deadlineAt: '2026-11-22T12:00:00.000Z',
      polls: 0,
      waitSeconds: 1,
    },
    ...(stored && { stored }),
  };
  const config = {
    MAX_RESULT_BYTES: 4_294_967_296,
    JOB_DEADLINE_SECONDS: DEADLINE_SECONDS,
    CXONE_SOURCE: 'interaction-analytics' as const,
  };
  return { input, task, source, config };
}

const masker = createMasker({}, readLexicon());
const MAX_CALLS = 200;

/** Calls the state until the batch is stored, and again whenever a call breaks off; says what the calls answered. */
export async function drive(
  { objects, interrupt }: World,
  call: Omit<BatchToStoreOnce, 'store'>,
): Promise<{ receipt: BatchReceipt; answers: StoringGoesOn[]; errors: unknown[] }> {
  const store = new MemoryStore(objects, { nowMs: Date.now, ...(interrupt && { interrupt }) });
  const answers: StoringGoesOn[] = [];
  const errors: unknown[] = [];
  for (let calls = 0; calls < MAX_CALLS; calls += 1) {
    const stored = answers.at(-1) ?? call.input.stored;
    const input = { ...call.input, ...(stored && { stored }) };
    try {
      const answer = await storeOnce({ ...call, input, store }, async () => ({ masker }));
      if (!('again' in answer)) return { receipt: answer, answers, errors };
      answers.push(answer);
    } catch (error) {
      errors.push(error);
      if (errors.length > MAX_CALLS / 2) throw error;
    }
  }
  throw new Error('the batch does not end');
}

const linesOf = (body: Buffer) =>
  gunzipSync(body)
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line): unknown => JSON.parse(line));

/** What the bucket holds: rows of every part there is, lines of the audit that counts, the receipt. */
export function lakeOf(objects: Objects) {
  const parts = [...objects].filter(([key]) => key.startsWith('transcripts/'));
  const rows = parts.flatMap(([, { body }]) => linesOf(body)).map((row) => TranscriptRow.parse(row));
  const receipt = BatchReceipt.parse(JSON.parse(String(objects.get(keys.receipt('run-1', 0))?.body)));
  const audit = linesOf(objects.get(receipt.audit.key)?.body as Buffer).map((line) => AuditLine.parse(line));
  return { partKeys: parts.map(([key]) => key).sort(), rows, receipt, audit };
}
