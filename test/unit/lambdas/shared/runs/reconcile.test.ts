import { describe, expect, it } from 'vitest';
import type { CompletedContact } from '../../../../../lambdas/shared/contracts/completed-contact.ts';
import { PipelineError } from '../../../../../lambdas/shared/contracts/errors.ts';
import { MEDIA_TYPES } from '../../../../../lambdas/shared/contracts/job-options.ts';
import { reconcile, type ToReconcile } from '../../../../../lambdas/shared/runs/reconcile.ts';
import { noteDaysOfBatch } from '../../../../../lambdas/shared/runs/stored-ids.ts';
import { keys } from '../../../../../lambdas/shared/storage/layout.ts';
import type { BatchReceipt } from '../../../../../lambdas/shared/storage/records.ts';
import { writeTombstone } from '../../../../../lambdas/shared/storage/tombstones.ts';
import { receiptOf } from '../../../../builders/receipt.ts';
import { RunBuilder } from './run-builder.ts';

const DAY_MS = 86_400_000;
const FROM_MS = Date.parse('2026-11-19T00:00:00Z');
const TO_MS = Date.parse('2026-11-22T02:00:00Z');

/** The contacts `1`, `2`, … of 21 November, and what the ledger refuses. */
function ledgerOf(count: number, oldestMs = 0) {
  const asked: string[] = [];
  const all = Array.from({ length: count }, (_, n): CompletedContact => {
    const startMs = Date.parse('2026-11-21T09:00:00Z') + n;
    return { contactId: String(n + 1), startMs, mediaType: 'voice', isProcessed: true, processedMs: startMs };
  });
  async function* contacts(fromMs: number, toMs: number) {
    asked.push(new Date(fromMs).toISOString().slice(0, 10));
    if (fromMs < oldestMs) throw new PipelineError('VendorRejected', 'too old', { status: 400 });
    yield all.filter(({ startMs }) => startMs >= fromMs && startMs < toMs);
  }
  return { asked, contacts };
}

async function lakeWith(...receipts: Partial<BatchReceipt>[]) {
  const store = new RunBuilder().store();
  for (const [batch, { interactionIds = [], ...change }] of receipts.entries()) {
    await noteDaysOfBatch(store, 'run', batch, ['2026-11-21']);
    const receipt = receiptOf('run', batch, interactionIds, change);
    await store.write(keys.receipt('run', batch), JSON.stringify(receipt));
  }
  return store;
}

async function compare(change: Partial<ToReconcile>) {
  return reconcile({
    store: await lakeWith(),
    contacts: ledgerOf(0).contacts,
    scope: { mediaTypes: MEDIA_TYPES, sinceMs: FROM_MS, untilMs: TO_MS },
    fromMs: FROM_MS,
    toMs: TO_MS,
    hasTime: () => true,
    namesContacts: true,
    ...change,
  });
}

describe('reconciliation', () => {
  it('finds contacts by whichever id receipts name, and what became of their transcripts', async () => {
    const store = await lakeWith(
      {
        interactionIds: ['seg-1', 'seg-2', 'seg-3', 'seg-4', '5'],
        aliases: { 'seg-1': ['int-1', '1'], 'seg-2': ['int-2', '2'], 'seg-3': ['3'], 'seg-4': ['4'] },
        unstored: [
          { interactionId: 'seg-2', outcome: 'missing' },
          { interactionId: 'seg-3', outcome: 'empty' },
          { interactionId: 'seg-4', outcome: 'failed' },
        ],
      },
      // A later run has fetched one of them again.
      { interactionIds: ['seg-2b'], aliases: { 'seg-2b': ['2'] } },
      {
        interactionIds: ['seg-7'],
        aliases: { 'seg-7': ['7'] },
        unstored: [{ interactionId: 'seg-7', outcome: 'notReady' }],
      },
    );
    const { counts, gaps } = await compare({ store, contacts: ledgerOf(8).contacts });
    expect(counts).toEqual({ expected: 8, stored: 3, empty: 2, pending: 1, missing: 2, notProcessed: 0 });
    expect(gaps.map(({ contactId }) => contactId)).toEqual(['6', '8']);
  });

  it('takes what others know, and leaves out what was erased', async () => {
    const store = await lakeWith();
    await writeTombstone(store, '2', '2026-11-22T00:00:00.000Z');
    const noteOthers: ToReconcile['noteOthers'] = async (tally) => void tally.note('1', 'pending');
    const { counts, gaps } = await compare({ store, contacts: ledgerOf(3).contacts, noteOthers });
    expect(counts).toMatchObject({ expected: 2, pending: 1, missing: 1 });
    expect(gaps.map(({ contactId }) => contactId)).toEqual(['3']);
  });

  it('reads the latest day first, and says how far it came', async () => {
    const { asked, contacts } = ledgerOf(1);
    expect(await compare({ contacts })).toMatchObject({ reached: { from: '2026-11-19', to: '2026-11-22' } });
    expect(asked).toEqual(['2026-11-22', '2026-11-21', '2026-11-20', '2026-11-19']);
  });

  it('stops at days that the vendor no longer lists', async () => {
    const { contacts } = ledgerOf(1, FROM_MS + 2 * DAY_MS);
    expect(await compare({ contacts })).toMatchObject({
      reached: { from: '2026-11-21', to: '2026-11-22' },
      leftOut: 'tooOld',
      counts: { expected: 1 },
    });
    await expect(compare({ contacts: ledgerOf(1, TO_MS).contacts })).rejects.toMatchObject({ name: 'VendorRejected' });
  });

  it('stops where time is short', async () => {
    const answers = [true, true];
    const hasTime = () => answers.pop() ?? false;
    expect(await compare({ contacts: ledgerOf(1).contacts, hasTime })).toMatchObject({
      reached: { from: '2026-11-21', to: '2026-11-22' },
      leftOut: 'tooMany',
    });
    expect((await compare({ hasTime: () => false })).reached).toBeUndefined();
  });

  it.each([
    ['nothing names a contact', ['int-1'], false],
    ['one does', ['int-1', '1'], true],
    ['nothing is stored', [], true],
  ])('of what may not name its contacts, where %s', async (_name, interactionIds, isComparable) => {
    const store = await lakeWith(...(interactionIds.length > 0 ? [{ interactionIds }] : []));
    const compared = await compare({ store, contacts: ledgerOf(2).contacts, namesContacts: false });
    expect(compared.isComparable).toBe(isComparable);
  });
});
