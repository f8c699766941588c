/**
 * `runs/<runId>/outbox/<id>.json`: events besides those of the transcripts. They are written before they are sent, so
 * that every attempt sends the same bytes, and remember what became of them.
 */
import * as z from 'zod';
import { RunId } from '../contracts/ids.ts';
import { mapConcurrently } from '../lib/map-concurrently.ts';
import { keys } from '../storage/layout.ts';
import type { ObjectStorage } from '../storage/object-store.ts';
import { readJson } from '../storage/read-json.ts';
import type { Round } from './checkpoint.ts';
import { runCompletedId, transcriptErasedId } from './event-id.ts';
import type { RunCompleted, TranscriptErased } from './events.ts';

/** An event, and what became of it. */
export const OutboxEntry = z.object({
  schemaVersion: z.literal(1),
  runId: RunId,
  id: z.string(),
  /** The event's JSON text, byte for byte as it is sent. */
  body: z.string(),
  state: z.enum(['pending', 'delivered', 'parked']),
  attempts: z.int().nonnegative(),
  last: z.union([z.int(), z.string().max(64)]).optional(),
  /** The redelivery that last made it pending again; empty before the first. */
  round: z.string(),
});
export type OutboxEntry = z.infer<typeof OutboxEntry>;

const READS_AT_ONCE = 16;

/** Puts an event into the outbox of a run, once, however often it is called. Delivered by the next delivery of the run. */
async function enqueue(store: ObjectStorage, runId: string, id: string, event: unknown): Promise<void> {
  const body = JSON.stringify(event);
  const entry: OutboxEntry = { schemaVersion: 1, runId, id, body, state: 'pending', attempts: 0, round: '' };
  await store.write(keys.outboxEvent(runId, id), JSON.stringify(entry), { absent: true });
}

/**
 * Puts the event of a run's end into the run's outbox, once.
 *
 * @throws PipelineError `DataLakeUnavailable`, `DataLakeRejected`
 */
export async function enqueueRunCompleted(store: ObjectStorage, event: RunCompleted): Promise<void> {
  const { runId } = event.data;
  await enqueue(store, runId, runCompletedId(runId), event);
}

/**
 * Puts the event of an erasure into a run's outbox, once.
 *
 * @param runId a run that stored the interaction: its outbox carries the event
 * @throws PipelineError `DataLakeUnavailable`, `DataLakeRejected`
 */
export async function enqueueTranscriptErased(
  store: ObjectStorage,
  runId: string,
  event: TranscriptErased,
): Promise<void> {
  await enqueue(store, runId, transcriptErasedId(event.data.interactionId, event.timestamp), event);
}

/**
 * The entry as the given round sees it: pending once more where the round is to send it again.
 *
 * @example
 * // A redelivery of what is parked sends what is parked, and leaves alone what was delivered.
 * reopenEntry({ …, state: 'parked', round: '' }, { name: 'manual-1', only: 'parked' }) // { …, state: 'pending', round: 'manual-1' }
 */
function reopenEntry(entry: OutboxEntry, round: Round): OutboxEntry {
  const isOurs = round.name === '' || entry.round === round.name;
  if (isOurs || (round.only === 'parked' && entry.state !== 'parked')) return entry;
  return { ...entry, state: 'pending', round: round.name };
}

export interface FoundEntry {
  entry: OutboxEntry;
  etag: string;
}

/**
 * Every entry of a run's outbox as the given round sees it, in the order of their ids.
 *
 * @throws PipelineError `DataLakeUnavailable`, `DataLakeRejected`, `ContractViolation`
 */
export async function* readOutbox(store: ObjectStorage, runId: string, round: Round): AsyncGenerator<FoundEntry> {
  const entries = mapConcurrently(store.list(keys.outbox(runId)), READS_AT_ONCE, ({ key }) =>
    readJson(store, key, OutboxEntry),
  );
  for await (const found of entries) {
    if (found) yield { entry: reopenEntry(found.value, round), etag: found.etag };
  }
}

/**
 * Writes what became of an entry over the version that was read; where another delivery was faster, that one stands.
 *
 * @throws PipelineError `DataLakeUnavailable`, `DataLakeRejected`
 * @example await saveEntry(store, { ...found, entry: { ...found.entry, state: 'parked' } })
 */
export async function saveEntry(store: ObjectStorage, { entry, etag }: FoundEntry): Promise<void> {
  await store.write(keys.outboxEvent(entry.runId, entry.id), JSON.stringify(entry), { etag });
}
