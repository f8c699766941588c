/** A batch from the vendor's result to parts and audit in S3, in one pass or several; its receipt is still to be written. */
import type { StoringGoesOn } from '../shared/contracts/states/store-transcripts.ts';
import { noteDaysOfBatch } from '../shared/runs/stored-ids.ts';
import type { BatchReceipt } from '../shared/storage/records.ts';
import { auditLines, writeAudit } from './audit.ts';
import { refuseLateAttempt } from './batch-receipt.ts';
import { type BatchToStore, isFetchedOneByOne } from './batch-to-store.ts';
import { fetchPass } from './fetch-pass.ts';
import { maskedWith } from './masked-with.ts';
import { nextStep } from './next-pass.ts';
import { commitPass, findPasses, type PassRecord } from './pass-record.ts';
import { buildReceipt, type PassShare } from './pass-share.ts';

/**
 * The receipt of a batch, once its parts and its audit are stored; or the wait after which another pass goes on with the
 * rest, where the source could not give all of it. Memory grows with the largest artifact, not with the result; time with
 * the result's bytes.
 *
 * @throws PipelineError `VendorUnavailable` for a result that breaks off (nothing is left in S3), `ContractViolation`,
 *   `VendorRejected`, `VendorAuthFailed`, `VendorThrottled`, `DataLakeUnavailable`, `DataLakeRejected`
 */
export async function storeBatch(toStore: BatchToStore): Promise<BatchReceipt | StoringGoesOn> {
  const { input, store } = toStore;
  const { runId, batch } = input;
  const passes = isFetchedOneByOne(toStore) ? await findPasses(store, runId, batch.batch) : [];
  const asked = input.stored?.pass ?? 1;
  const next = nextStep(passes, batch.interactionIds, asked);
  if (next.step === 'answer') return answerOf(next.record, asked + 1);
  if (next.step === 'finish') return receiptOf(toStore, passes);

  const fetched = await fetchPass(toStore, next);
  if (fetched.again) return fetched;
  const { share, goesOn } = fetched;
  // A batch that came at once needs no record beside its receipt.
  if (!goesOn && passes.length === 0) return receiptOf(toStore, [share]);

  const { waitSeconds = 1, deadlineAt = share.storedAt } = goesOn ?? {};
  const { pass } = next;
  const record: PassRecord = { schemaVersion: 1, runId, batch: batch.batch, pass, ...share, waitSeconds, deadlineAt };
  await commitPass(store, record);
  return goesOn ? answerOf(record, pass + 1) : receiptOf(toStore, [...passes, share]);
}

function answerOf({ waitSeconds, deadlineAt }: PassRecord, pass: number): StoringGoesOn {
  return { again: true, waitSeconds, deadlineAt, pass };
}

/** Writes the audit, which needs all shares, and gives the receipt. */
async function receiptOf(toStore: BatchToStore, shares: readonly PassShare[]): Promise<BatchReceipt> {
  const { input, store, earlier, masking } = toStore;
  const { runId, batch } = input;
  await refuseLateAttempt(store, runId, batch.batch, earlier);
  if (isFetchedOneByOne(toStore)) await noteDaysOfBatch(store, runId, batch.batch, unplannedDays(batch, shares));
  const audit = await writeAudit(store, input, auditLines(input, shares, runId));
  return buildReceipt(input, shares, audit, maskedWith(masking.masker));
}

/** Days of transcripts that the plan of the batch does not name: nobody would look for them there. */
function unplannedDays({ days }: BatchToStore['input']['batch'], shares: readonly PassShare[]): Set<string> {
  const all = shares.flatMap(({ parts }) => parts.map(({ day }) => day));
  return new Set(all.filter((day) => days === undefined || day < days.first || day > days.last));
}
