import { expect, it } from 'vitest';
import { splitBudget } from '../../../../../../lambdas/shared/lib/pacing/split-budget.ts';

const daily = (id: string, want = 1_000) => ({ id, priority: 'daily' as const, want });
const backfill = (id: string, want = 1_000) => ({ id, priority: 'backfill' as const, want });

it.each([
  ['nobody', [], {}],
  ['a daily run alone', [daily('a')], { a: 100 }],
  ['a backfill alone', [backfill('b')], { b: 85 }],
  ['a daily run beside a backfill', [backfill('b'), daily('a')], { a: 95, b: 5 }],
  ['a daily run that wants little', [daily('a', 10), backfill('b')], { a: 10, b: 85 }],
  ['a daily run that wants half', [daily('a', 50), backfill('b')], { a: 50, b: 50 }],
  ['two daily runs', [daily('a'), daily('b')], { a: 50, b: 50 }],
  ['two, of which one wants little', [daily('a'), daily('b', 20)], { a: 80, b: 20 }],
  [
    'three backfills, of which one wants little',
    [backfill('a', 5), backfill('b'), backfill('c')],
    { a: 5, b: 40, c: 40 },
  ],
])('the budget goes to %s', (_name, holders, expected) => {
  const shares = splitBudget(100, holders);
  expect(Object.fromEntries(shares)).toEqual(expected);
  expect([...shares.values()].reduce((sum, share) => sum + share, 0)).toBeLessThanOrEqual(100);
});
