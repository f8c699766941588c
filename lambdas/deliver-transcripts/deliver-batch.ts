/** One attempt at everything of a batch that is still to be delivered. */
import type { KeyObject } from 'node:crypto';
import { z } from 'zod';
import { PipelineError } from '../shared/errors.ts';
import { discardBody, NetworkFailure, send } from '../shared/http.ts';
import { keys } from '../shared/keys.ts';
import { mapConcurrently } from '../shared/map-concurrently.ts';
import type { ObjectStore } from '../shared/object-store.ts';
import { BatchReceipt, type StoredPart, TranscriptRow } from '../shared/records.ts';
import { eventBody, eventId } from './build-event.ts';
import { signedHeaders } from './sign-event.ts';

const CONCURRENCY = 8;
const TIMEOUT_MS = 15_000;
/** Attempts within the extraction: 5 s, 15 s, 45 s and 135 s apart. */
const MAX_ATTEMPTS = 5;
const FIRST_WAIT_SECONDS = 5;
const WAIT_GROWTH = 3;

/** What became of each row so far; rows are numbered over the batch's parts in order. */
const Checkpoint = z.object({
  attempts: z.int(),
  delivered: z.int(),
  parked: z.int(),
  deliveredRows: z.array(z.int()),
  parkedRows: z.array(z.int()),
});

export interface BatchDelivery {
  store: ObjectStore;
  runId: string;
  batch: number;
  attempt: number;
  endpoint: { url: URL; keys: readonly KeyObject[] };
  signal: AbortSignal;
}

type Outcome = 'delivered' | 'pending' | 'parked';

export async function deliverBatch(delivery: BatchDelivery) {
  const { store, runId, batch } = delivery;
  const key = keys.delivery(runId, batch);
  const receipt = await readReceipt(store, runId, batch);
  const earlier = await store.readText(key);
  const checkpoint = earlier ? Checkpoint.parse(JSON.parse(earlier.text)) : { deliveredRows: [], parkedRows: [] };
  const done = new Set([...checkpoint.deliveredRows, ...checkpoint.parkedRows]);
  const outcomes: Record<Outcome, number[]> = { delivered: [], pending: [], parked: [] };
  const isLast = delivery.attempt + 1 >= MAX_ATTEMPTS;

  const answers = mapConcurrently(rowsOf(store, receipt, done), CONCURRENCY, async (row) => ({
    index: row.index,
    outcome: await post(delivery, row),
  }));
  for await (const { index, outcome } of answers) {
    outcomes[outcome === 'pending' && isLast ? 'parked' : outcome].push(index);
  }
  const delivered = [...checkpoint.deliveredRows, ...outcomes.delivered];
  const parked = [...checkpoint.parkedRows, ...outcomes.parked];
  const progress: z.output<typeof Checkpoint> = {
    attempts: delivery.attempt + 1,
    delivered: delivered.length,
    parked: parked.length,
    deliveredRows: delivered,
    parkedRows: parked,
  };
  await store.write(key, JSON.stringify(progress));
  return {
    attempt: delivery.attempt + 1,
    delivered: delivered.length,
    parked: parked.length,
    pending: outcomes.pending.length,
    again: outcomes.pending.length > 0,
    waitSeconds: FIRST_WAIT_SECONDS * WAIT_GROWTH ** delivery.attempt,
    deliveredNow: outcomes.delivered.length,
    parkedNow: outcomes.parked.length,
  };
}

async function readReceipt(store: ObjectStore, runId: string, batch: number): Promise<BatchReceipt> {
  const found = await store.readText(keys.receipt(runId, batch));
  if (!found) throw new PipelineError('DataLakeRejected', 'The batch has no receipt');
  return BatchReceipt.parse(JSON.parse(found.text));
}

interface PendingRow {
  index: number;
  json: string;
  part: StoredPart;
}

async function* rowsOf(
  store: ObjectStore,
  receipt: BatchReceipt,
  done: ReadonlySet<number>,
): AsyncGenerator<PendingRow> {
  let index = 0;
  for (const part of receipt.parts) {
    for await (const json of store.readLines(part.key)) {
      if (!done.has(index)) yield { index, json, part };
      index += 1;
    }
  }
}

/** 2xx is success; what may pass is tried again; every other answer is final. */
async function post({ endpoint, signal }: BatchDelivery, { json, part }: PendingRow): Promise<Outcome> {
  const row = TranscriptRow.parse(JSON.parse(json));
  const id = eventId(row);
  const body = eventBody(row, json, part);
  try {
    const headers = signedHeaders(id, body, endpoint.keys, Date.now());
    const response = await send({ method: 'POST', url: endpoint.url, headers, body, timeoutMs: TIMEOUT_MS, signal });
    await discardBody(response);
    if (response.ok) return 'delivered';
    return response.status >= 500 || [408, 425, 429].includes(response.status) ? 'pending' : 'parked';
  } catch (error) {
    if (error instanceof NetworkFailure) return 'pending';
    throw error;
  }
}
