import { expect, it } from 'vitest';
import { tooOldOf } from '../../../../lambdas/plan-extraction/too-old.ts';

const DAY = 86_400_000;
const NOW = Date.parse('2026-11-21T00:00:00.000Z');
const at = (day: string) => `${day}T00:00:00.000Z`;

it.each([
  ['nothing where it is not known what the vendor keeps', '2001-01-01', '2002-01-01', 0, undefined],
  ['nothing of what it keeps', '2026-11-11', '2026-11-20', 10, undefined],
  ['the beginning', '2026-10-01', '2026-11-20', 10, { from: at('2026-10-01'), to: at('2026-11-11') }],
  ['all of it', '2020-01-01', '2021-01-01', 10, { from: at('2020-01-01'), to: at('2021-01-01') }],
])('is too old: %s', (_name, from, to, days, expected) => {
  expect(tooOldOf({ from: at(from), to: at(to) }, days * DAY, NOW)).toEqual(expected);
});
