/** Erases the replaced transcripts of one day: their rows with all old versions of them, and proves that it did. */
import { createHash } from 'node:crypto';
import type { AffectedReceipt, ErasableLake } from '../shared/erasure/affected-run.ts';
import { eraseFromRun } from '../shared/erasure/erase-from-run.ts';
import { mapConcurrently } from '../shared/lib/map-concurrently.ts';
import { receiptsOf } from '../shared/runs/stored-ids.ts';
import { readRecord } from '../shared/storage/read-record.ts';
import { BatchReceipt } from '../shared/storage/records.ts';
import { hashInteractionId } from '../shared/storage/tombstones.ts';
import { createJsonLines } from '../shared/storage/write-json-lines.ts';
import { type Replaced, replacedIn } from './find-replaced.ts';

const READS_AT_ONCE = 32;

/** What a run has of them. */
interface Holding {
  receipts: AffectedReceipt[];
  ids: Set<string>;
}

export interface DayToErase {
  /** `YYYY-MM-DD` */
  day: string;
  replaced: Replaced;
  /** Now, ISO 8601. */
  at: string;
  /** A folder on the local disk, with room for one part. */
  scratch: string;
}

/**
 * Takes the rows out of every run that has them. Done again, it completes what broke off, and changes nothing else.
 *
 * @example await eraseOnDay(lake, { day: '2026-11-21', replaced: new Map([['seg-1', storedAt]]), at, scratch })
 * @throws UnreadableObject for a record that cannot be gone by; what {@link eraseFromRun} throws
 */
export async function eraseOnDay(lake: ErasableLake, { day, replaced, at, scratch }: DayToErase): Promise<void> {
  const runs = await findHoldings(lake, day, replaced);
  for (const [runId, { receipts, ids }] of runs) {
    await eraseFromRun(lake, { runId, receipts }, { isUnwanted: (id) => ids.has(id), at, scratch });
  }
  await writeAudit(lake, replaced, runs);
}

async function findHoldings({ store }: ErasableLake, day: string, replaced: Replaced): Promise<Map<string, Holding>> {
  const runs = new Map<string, Holding>();
  const receipts = mapConcurrently(await receiptsOf(store, [day]), READS_AT_ONCE, async (key) => {
    const found = await readRecord(store, key, BatchReceipt);
    return found && { key, ...found };
  });
  for await (const receipt of receipts) {
    const ids = receipt ? replacedIn(receipt.value, replaced) : [];
    if (!receipt || ids.length === 0) continue;
    const { runId } = receipt.value;
    const holding = runs.get(runId) ?? { receipts: [], ids: new Set() };
    holding.receipts.push(receipt);
    for (const id of ids) holding.ids.add(id);
    runs.set(runId, holding);
  }
  return runs;
}

/** As of an erasure on request, but that the interaction stays: what was taken out of it is an older version. */
async function writeAudit({ store }: ErasableLake, replaced: Replaced, runs: Map<string, Holding>): Promise<void> {
  const lines = [...replaced].sort().flatMap(([interactionId, at]) => {
    const own = [...runs].filter(([, { ids }]) => ids.has(interactionId)).map(([runId]) => runId);
    const interactionHash = hashInteractionId(interactionId);
    return own.length > 0 ? [{ at, action: 'version_erased', interactionHash, runs: own.sort() }] : [];
  });
  if (lines.length === 0) return;
  // By what it says: done again it is the same object.
  const name = createHash('sha256').update(JSON.stringify(lines)).digest('hex').slice(0, 16);
  await createJsonLines(store, `audit/erasures/dt=${lines[0]?.at.slice(0, 10)}/${name}.jsonl`, lines);
}
