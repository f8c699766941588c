import { describe, expect, it } from 'vitest';
import { outcomeCounts } from '../../../../lambdas/shared/storage/records.ts';
import { BatchLedger } from '../../../../lambdas/store-transcripts/batch-ledger.ts';

describe('BatchLedger', () => {
  it('starts with everything missing and adds up to what was requested', () => {
    const ledger = new BatchLedger(['a', 'b', 'c', 'd']);
    ledger.stored('a', { PHONE_NUMBER: 2 });
    ledger.unstored('b', 'failed', 'ContractViolation');
    ledger.unstored('c', 'quarantined', 'PiiMaskingFailed');
    expect(ledger.counts()).toEqual(outcomeCounts({ stored: 1, failed: 1, quarantined: 1, missing: 1 }));
    expect(ledger.findings).toEqual({ PHONE_NUMBER: 2 });
  });

  it('admits each medium of an interaction once, and only what was requested', () => {
    const ledger = new BatchLedger(['a']);
    expect([
      ledger.admits('a', 'voice'),
      ledger.admits('a', 'chat'),
      ledger.admits('a', 'voice'),
      ledger.admits('x', 'voice'),
    ]).toEqual([true, true, false, false]);
    expect(ledger.extras).toEqual({ duplicate: 1, unrequested: 1, unreadable: 0 });
  });

  it('gives an interaction the worst outcome of its transcripts', () => {
    const ledger = new BatchLedger(['a']);
    ledger.unstored('a', 'quarantined', 'PiiMaskingFailed');
    ledger.stored('a', {});
    expect(ledger.counts()).toMatchObject({ quarantined: 1, stored: 0 });
  });

  it('counts what it cannot attribute', () => {
    const ledger = new BatchLedger(['a']);
    ledger.unstored(undefined, 'failed', 'ContractViolation');
    ledger.unstored('stranger', 'failed', 'ContractViolation');
    expect(ledger.extras).toEqual({ duplicate: 0, unrequested: 1, unreadable: 1 });
    expect(ledger.counts()).toMatchObject({ missing: 1 });
  });

  it('does not call missing what may have been unreadable', () => {
    const ledger = new BatchLedger(['a', 'b']);
    ledger.stored('a', {});
    ledger.unstored(undefined, 'failed', 'ContractViolation');
    ledger.settle();
    expect(ledger.counts()).toEqual(outcomeCounts({ stored: 1, failed: 1 }));
  });

  it('does not call missing what came back under other names only', () => {
    const ledger = new BatchLedger(['a', 'b']);
    ledger.admits('A', 'voice');
    ledger.settle();
    expect(ledger.counts()).toMatchObject({ failed: 2, missing: 0 });
  });
});

describe('a result that a later run asks for again', () => {
  it('makes what it lacks not ready', () => {
    const ledger = new BatchLedger(['a', 'b', 'c'], 'notReady');
    ledger.leaveOut(['c']);
    ledger.stored('a', {});
    ledger.settle();
    expect(ledger.counts()).toEqual(outcomeCounts({ stored: 1, missing: 1, notReady: 1 }));
    expect(ledger.lacking).toBe(1);
  });

  it('still fails what may have been unreadable', () => {
    const ledger = new BatchLedger(['a', 'b'], 'notReady');
    ledger.stored('a', {});
    ledger.unstored(undefined, 'failed', 'ContractViolation');
    ledger.settle();
    expect(ledger.counts()).toMatchObject({ stored: 1, notReady: 0, failed: 1 });
  });
});

describe('what the vendor says it does not have', () => {
  it.each([
    ['missing', 'missing', { missing: 1 }],
    ['missing', 'notReady', { notReady: 1 }],
    ['empty', 'missing', { empty: 1 }],
    ['unchanged', 'notReady', { unchanged: 1 }],
  ] as const)('%s, where %s is what is not there', (outcome, absent, counts) => {
    const ledger = new BatchLedger(['a'], absent);
    expect(ledger.left()).toEqual(['a']);
    ledger.without('a', outcome);
    expect(ledger.counts()).toEqual(outcomeCounts(counts));
    expect(ledger.left()).toEqual([]);
  });

  it('counts for no other interaction', () => {
    const ledger = new BatchLedger(['a']);
    ledger.without('b', 'empty');
    expect(ledger.extras.unrequested).toBe(1);
    expect(ledger.left()).toEqual(['a']);
  });

  it('is not what it did not speak of: that is given up as failed', () => {
    const ledger = new BatchLedger(['a', 'b', 'c']);
    ledger.without('a', 'missing');
    ledger.stored('b', {});
    ledger.giveUp('VendorThrottled');
    expect(ledger.counts()).toEqual(outcomeCounts({ missing: 1, stored: 1, failed: 1 }));
  });
});

describe('an erased interaction', () => {
  it('is not looked at, whatever the result holds of it', () => {
    const ledger = new BatchLedger(['a', 'b']);
    ledger.leaveOut(['a']);
    expect(ledger.admits('a', 'voice')).toBe(false);
    expect(ledger.admits('b', 'voice')).toBe(true);
    ledger.stored('b', {});
    ledger.unstored('a', 'quarantined', 'PiiMaskingFailed');
    ledger.unstored(undefined, 'failed', 'ContractViolation');
    ledger.settle();
    expect(ledger.counts()).toEqual(outcomeCounts({ stored: 1, missing: 1 }));
    expect(new Map(ledger.entries()).get('a')).toEqual({ outcome: 'missing', error: 'Erased', findings: {} });
    expect(ledger.extras).toEqual({ unrequested: 0, duplicate: 0, unreadable: 1 });
    expect(ledger.lacking).toBe(0);
  });
});
