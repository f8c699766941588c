import { expect, it } from 'vitest';
import { priorityOf } from '../../../../../lambdas/shared/contracts/priority.ts';

it.each([
  [{ schedule: { name: 'daily', time: '2026-11-21T03:00:00Z' } }, 'daily'],
  [{ window: { from: '2025-01-01T00:00:00Z', to: '2025-02-01T00:00:00Z' } }, 'backfill'],
  [{ retryRun: 'daily-1' }, 'backfill'],
  [null, 'backfill'],
  ['schedule', 'backfill'],
])('the requests of %j go as %s', (input, expected) => {
  expect(priorityOf(input)).toBe(expected);
});
