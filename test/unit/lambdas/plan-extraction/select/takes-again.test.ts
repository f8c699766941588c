import { describe, expect, it } from 'vitest';
import { takesAgainOf } from '../../../../../lambdas/plan-extraction/select/takes-again.ts';
import type { NewVersions } from '../../../../../lambdas/shared/vendor/transcript-source.ts';

const VERSION = '2026-11-21T10:00:00.000Z';
const later = { availableMs: Date.parse(VERSION) + 1 };
const same = { availableMs: Date.parse(VERSION) };

describe('takesAgainOf', () => {
  it.each<[NewVersions, boolean, boolean | undefined, boolean | undefined]>([
    ['never', false, undefined, undefined],
    ['never', true, undefined, undefined],
    ['fetched', false, undefined, undefined],
    ['fetched', true, true, true],
    ['listed', false, true, false],
    ['listed', true, true, true],
  ])('%s, asked to fetch again: %s', (newVersions, isRefetch, ofLater, ofSame) => {
    const takesAgain = takesAgainOf(newVersions, isRefetch);
    expect([takesAgain?.(later, VERSION), takesAgain?.(same, VERSION)]).toEqual([ofLater, ofSame]);
    expect(takesAgain?.(later, '') ?? false).toBe(false);
  });
});
