import { describe, expect, it } from 'vitest';
import { toleratedFailures } from '../../../../lambdas/plan-extraction/write-plan.ts';

describe('toleratedFailures', () => {
  it.each([
    [0, 10, 3],
    [1, 10, 3],
    [9, 10, 3],
    [39, 10, 3],
    [40, 10, 4],
    [1_000, 10, 100],
    [1_000, 0, 3],
    [20, 100, 20],
    [2, 100, 3],
  ])('of %i batches at %i %%: %i', (batches, percentage, tolerated) => {
    expect(toleratedFailures(batches, percentage)).toBe(tolerated);
  });
});
