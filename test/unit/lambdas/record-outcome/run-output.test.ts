import { describe, expect, it } from 'vitest';
import { causeOf } from '../../../../lambdas/record-outcome/run-output.ts';
import { rankFailures } from '../../../../lambdas/shared/runs/failures.ts';
import { outcomeCounts } from '../../../../lambdas/shared/storage/records.ts';

const counts = { ...outcomeCounts({ stored: 28 }), duplicate: 0 };
const incomplete = { status: 'incomplete' as const, planned: 40, counts, failures: [] };
const failure = (error: string, interactions: number, batches = 1) => ({ error, interactions, batches });

describe('causeOf', () => {
  it.each([
    ['a complete run', { ...incomplete, status: 'complete' as const }, ''],
    [
      'failed batches',
      {
        ...incomplete,
        counts: { ...counts, failed: 8, quarantined: 4 },
        failures: [failure('VendorRejected', 8, 2), failure('PiiMaskingFailed', 4)],
      },
      '12 of 40 interactions were not extracted: VendorRejected (8), PiiMaskingFailed (4); the manifest of the run has the rest',
    ],
    [
      'more errors than a sentence holds',
      {
        ...incomplete,
        counts: { ...counts, failed: 10 },
        failures: [failure('A', 4), failure('B', 3), failure('C', 2), failure('D', 1)],
      },
      '10 of 40 interactions were not extracted: A (4), B (3), C (2), others; the manifest of the run has the rest',
    ],
    [
      'interactions that no later run takes again',
      { ...incomplete, counts: { ...counts, notReady: 2 } },
      '2 of 40 interactions are not ready yet; the manifest of the run has the rest',
    ],
    [
      'a search that did not come to its end',
      { ...incomplete, notSearched: [{ from: '2026-11-21T00:00:00.000Z', to: '2026-11-22T00:00:00.000Z' }] },
      'not searched from 2026-11-21T00:00:00.000Z to 2026-11-22T00:00:00.000Z; the manifest of the run has the rest',
    ],
  ])('%s', (_, manifest, cause) => {
    expect(causeOf(manifest)).toBe(cause);
  });
});

describe('rankFailures', () => {
  const rank = (failures: [string, number][], quarantined = 0) =>
    rankFailures(
      { decided: { missing: 0, notReady: 0, duplicate: 0, quarantined } },
      { failures: new Map(failures.map(([error, interactions]) => [error, { interactions, batches: 1 }])) },
    ).map(({ error, interactions }) => `${error} ${interactions}`);

  it.each([
    [
      'the most frequent first',
      rank([
        ['A', 1],
        ['B', 2],
      ]),
      ['B 2', 'A 1'],
    ],
    [
      'causes before what follows from them',
      rank([
        ['RunEnded', 900],
        ['States.ExceedToleratedFailureThreshold', 800],
        ['VendorRejected', 5],
      ]),
      ['VendorRejected 5', 'RunEnded 900', 'States.ExceedToleratedFailureThreshold 800'],
    ],
    [
      'rows that could not be read among them',
      rank(
        [
          ['ContractViolation', 2],
          ['B', 4],
        ],
        3,
      ),
      ['ContractViolation 5', 'B 4'],
    ],
  ])('%s', (_, actual, expected) => {
    expect(actual).toEqual(expected);
  });
});
