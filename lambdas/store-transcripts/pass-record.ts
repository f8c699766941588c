/**
 * What one pass over a batch has stored, where a source could not give the whole batch at once.
 *
 * An attempt writes its parts under keys that no other attempt has, then the record of its pass, once. The next pass asks
 * for what no record settles, and whoever finds that nothing is left writes the receipt out of the records. What no record
 * lists is deleted then: so a pass that is killed, repeated or late leaves nothing twice.
 */
import * as z from 'zod';
import { PERMANENT_ERRORS, TRANSIENT_ERRORS } from '../shared/contracts/errors.ts';
import { InteractionId, RunId } from '../shared/contracts/ids.ts';
import { keys } from '../shared/storage/layout.ts';
import type { ObjectStorage } from '../shared/storage/object-store.ts';
import { readJson } from '../shared/storage/read-json.ts';
import { Findings, Outcome, StoredPart } from '../shared/storage/records.ts';
import { ERASED } from '../shared/storage/tombstones.ts';
import { closedByOther } from './batch-receipt.ts';

const count = z.int().nonnegative();

/** An interaction that a pass has brought to an end. */
const SettledInteraction = z.object({
  interactionId: InteractionId,
  outcome: Outcome,
  error: z.enum([...TRANSIENT_ERRORS, ...PERMANENT_ERRORS, ERASED]).optional(),
  findings: Findings,
  version: z.string().optional(),
  supersedes: z.string().optional(),
  anonymised: z.literal(true).optional(),
  replacedOn: z.iso.date().optional(),
  aliases: z.array(z.string()).optional(),
});

/** `runs/<runId>/passes/<batch>/<pass>.json` */
export const PassRecord = z.object({
  schemaVersion: z.literal(1),
  runId: RunId,
  batch: count,
  /** From 1. */
  pass: z.int().positive(),
  settled: z.array(SettledInteraction),
  extras: z.object({ unrequested: count, duplicate: count, unreadable: count }),
  parts: z.array(StoredPart),
  resultBytes: count,
  storedAt: z.iso.datetime(),
  /** Before the rest is asked for, and until when something of it has to come. */
  waitSeconds: z.int().positive(),
  deadlineAt: z.iso.datetime(),
});
export type PassRecord = z.infer<typeof PassRecord>;

/**
 * The records of the passes over a batch, the first one first.
 *
 * @throws PipelineError `DataLakeUnavailable`, `DataLakeRejected`, `ContractViolation` for one of another form
 */
export async function findPasses(store: ObjectStorage, runId: string, batch: number): Promise<PassRecord[]> {
  const passes: PassRecord[] = [];
  for (;;) {
    const found = await readJson(store, keys.pass(runId, batch, passes.length + 1), PassRecord);
    if (!found) return passes;
    passes.push(found.value);
  }
}

/**
 * Fails when another attempt at this pass has written its record meanwhile.
 *
 * @throws PipelineError `DataLakeUnavailable`: the retry finds the record
 */
export async function refuseLatePass(store: ObjectStorage, runId: string, batch: number, pass: number): Promise<void> {
  if (await store.head(keys.pass(runId, batch, pass))) throw closedByOther();
}

/**
 * Writes the record where there is none.
 *
 * @throws PipelineError `DataLakeUnavailable` when another attempt was faster: the retry finds its record
 */
export async function commitPass(store: ObjectStorage, record: PassRecord): Promise<void> {
  const key = keys.pass(record.runId, record.batch, record.pass);
  const { written } = await store.write(key, JSON.stringify(record), { absent: true });
  if (!written) throw closedByOther();
}
