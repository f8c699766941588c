/** `runs/<runId>/parked.jsonl`: what was given up, one line an event. */

import { FIRST_ROUND, openLedger } from '../shared/delivery/checkpoint.ts';
import { readCheckpoint } from '../shared/delivery/checkpoint-file.ts';
import type { DeliveryLedger } from '../shared/delivery/ledger.ts';
import { readOutbox } from '../shared/delivery/outbox.ts';
import type { ParkedLine } from '../shared/delivery/parked-line.ts';
import { surveyBatches } from '../shared/delivery/survey.ts';
import { eventIdOf, isLostRow, readRows } from '../shared/delivery/transcript-events.ts';
import { keys } from '../shared/storage/layout.ts';
import type { ObjectStorage } from '../shared/storage/object-store.ts';
import { readJson } from '../shared/storage/read-json.ts';
import { BatchReceipt, type StoredPart } from '../shared/storage/records.ts';
import { uploadJsonLines } from '../shared/storage/write-json-lines.ts';

/**
 * The key of the list of what is parked, or undefined where nothing is. Writes the list; memory holds one row at a
 * time.
 *
 * @param parked how many events are; with none, only a list that an earlier delivery left behind is emptied
 * @throws PipelineError `DataLakeUnavailable`, `DataLakeRejected`, `ContractViolation`
 */
export async function writeParkedList(
  store: ObjectStorage,
  runId: string,
  parked: number,
): Promise<string | undefined> {
  const key = keys.parked(runId);
  if (parked > 0) {
    await uploadJsonLines(store, key, listParked(store, runId));
    return key;
  }
  if (await store.head(key)) await store.write(key, new Uint8Array(), {}, { contentType: 'application/x-ndjson' });
  return undefined;
}

async function* listParked(store: ObjectStorage, runId: string): AsyncGenerator<ParkedLine> {
  for await (const { batch, parked } of surveyBatches(store, runId, FIRST_ROUND)) {
    if (parked > 0) yield* listParkedRows(store, runId, batch);
  }
  for await (const { entry } of readOutbox(store, runId, FIRST_ROUND)) {
    const { state, id, attempts, last } = entry;
    if (state === 'parked') yield { id, outboxKey: keys.outboxEvent(runId, id), ...answered(attempts, last) };
  }
}

async function* listParkedRows(store: ObjectStorage, runId: string, batch: number): AsyncGenerator<ParkedLine> {
  const receipt = await readJson(store, keys.receipt(runId, batch), BatchReceipt);
  const checkpoint = await readCheckpoint(store, { runId, batch });
  if (!receipt) return;
  const ledger = await openLedger(store, receipt.value, checkpoint?.value);
  let first = 0;
  for (const part of receipt.value.parts) {
    yield* listParkedOfPart(store, part, first, ledger);
    first += part.rows;
  }
}

/** @param first position of the part's first row in the batch */
async function* listParkedOfPart(
  store: ObjectStorage,
  part: StoredPart,
  first: number,
  ledger: DeliveryLedger,
): AsyncGenerator<ParkedLine> {
  const unlisted = new Set<number>();
  for (let line = 1; line <= part.rows; line += 1) {
    if (ledger.at(first + line - 1).state === 'parked') unlisted.add(line);
  }
  const lineOf = (line: number) => {
    const { attempts, last } = ledger.at(first + line - 1);
    return { object: { key: part.key, line }, ...answered(attempts, last) };
  };
  try {
    for await (const { line, text } of readRows(store, { parts: [part] }, (index) => unlisted.has(index + 1))) {
      yield { ...eventIdOf(text, part.key), ...lineOf(line) };
      unlisted.delete(line);
    }
  } catch (error) {
    if (!isLostRow(error)) throw error;
  }
  // Without the row there is no id to be had; where it was is still worth knowing.
  for (const line of unlisted) yield lineOf(line);
}

function answered(attempts: number, last: number | string | undefined): Pick<ParkedLine, 'attempts' | 'lastStatus'> {
  return { attempts, ...(last !== undefined && { lastStatus: last }) };
}
