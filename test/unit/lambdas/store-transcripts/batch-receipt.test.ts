import { describe, expect, it } from 'vitest';
import type { ObjectStore } from '../../../../lambdas/shared/storage/object-store.ts';
import type { BatchReceipt } from '../../../../lambdas/shared/storage/records.ts';
import { commitReceipt, findReceipt, refuseLateAttempt } from '../../../../lambdas/store-transcripts/batch-receipt.ts';
import { receiptOf } from '../../../builders/receipt.ts';

const SHA = 'a'.repeat(64);
const at = '2026-11-22T10:00:00.000Z';
const receipt = receiptOf('run-1', 0, ['int-1'], {
  parts: [
    {
      key: 'part',
      bytes: 1,
      sha256: SHA,
      etag: 'e',
      rows: 1,
      mediaType: 'voice',
      day: '2026-11-21',
      minTimestamp: at,
      maxTimestamp: at,
    },
  ],
  audit: { key: 'audit', bytes: 1, sha256: SHA, rows: 1 },
});
const RECEIPT_KEY = 'runs/run-1/batches/000000.json';

/** A bucket in memory: ETag and `sha256` metadata by key. */
function storeWith(objects: Record<string, { etag: string; sha256?: string; text?: string }>) {
  const store = {
    readText: async (key: string) =>
      objects[key] ? { text: objects[key].text ?? '', etag: objects[key].etag } : undefined,
    head: async (key: string) =>
      objects[key]
        ? { key, bytes: 1, etag: objects[key].etag, metadata: { sha256: objects[key].sha256 ?? '' } }
        : undefined,
    write: async (key: string, text: string, condition: { absent?: true; etag?: string }) => {
      const holds = condition.absent ? !objects[key] : condition.etag === objects[key]?.etag;
      if (holds) objects[key] = { etag: 'new', text };
      return holds ? { written: true, etag: 'new' } : { written: false };
    },
  };
  return store as unknown as ObjectStore;
}

const stored = (change: Partial<BatchReceipt> = {}) => ({
  etag: 'r1',
  text: JSON.stringify({ ...receipt, ...change }),
});
const whole = { part: { etag: 'p', sha256: SHA }, audit: { etag: 'a', sha256: SHA } };

describe('findReceipt', () => {
  it.each([
    ['all it lists is there', { ...whole }, {}, true],
    ['a part is of another attempt', { ...whole, part: { etag: 'p', sha256: 'other' } }, {}, false],
    ['the audit is of another attempt', { ...whole, audit: { etag: 'a', sha256: 'other' } }, {}, false],
    ['a part is gone', { audit: whole.audit }, {}, false],
    ['it was closed by the end of a run', {}, { sealedBy: 'run-1' }, true],
  ])('%s', async (_name, objects, change, isSound) => {
    const store = storeWith({ ...objects, [RECEIPT_KEY]: stored(change) });
    expect(await findReceipt(store, 'run-1', 0)).toMatchObject({ isSound, etag: 'r1' });
  });
});

describe('two attempts at one batch', () => {
  const late = { name: 'DataLakeUnavailable' };

  it('the later one stops before it writes', async () => {
    const store = storeWith({ [RECEIPT_KEY]: stored() });
    await expect(refuseLateAttempt(store, 'run-1', 0, undefined)).rejects.toMatchObject(late);
    const unsound = { receipt, etag: 'r1', isSound: false };
    await expect(refuseLateAttempt(store, 'run-1', 0, unsound)).resolves.toBeUndefined();
    await expect(refuseLateAttempt(storeWith({}), 'run-1', 0, undefined)).resolves.toBeUndefined();
  });

  it('only one of them commits', async () => {
    const store = storeWith({});
    await commitReceipt(store, receipt);
    await expect(commitReceipt(store, receipt)).rejects.toMatchObject(late);
    await expect(commitReceipt(store, receipt, { receipt, etag: 'stale', isSound: false })).rejects.toMatchObject(late);
    await commitReceipt(store, receipt, { receipt, etag: 'new', isSound: false });
  });
});
