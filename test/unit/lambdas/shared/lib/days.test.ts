import { describe, expect, it } from 'vitest';
import { daySlices, daysBetween, uniteDays } from '../../../../../lambdas/shared/lib/days.ts';

const at = (time: string) => Date.parse(time);

describe('daySlices', () => {
  it('cuts at midnight UTC', () => {
    const slices = daySlices(at('2026-03-28T22:00:00Z'), at('2026-03-30T01:00:00Z'));
    expect(slices.map(({ day, fromMs, toMs }) => [day, (toMs - fromMs) / 3_600_000])).toEqual([
      ['2026-03-28', 2],
      ['2026-03-29', 24],
      ['2026-03-30', 1],
    ]);
  });

  it('gives nothing for an empty span', () => {
    expect(daySlices(5, 5)).toEqual([]);
  });
});

describe('daysBetween', () => {
  it('includes both ends, and days around them when asked', () => {
    const range = { first: '2026-02-28', last: '2026-03-01' };
    expect(daysBetween(range)).toEqual(['2026-02-28', '2026-03-01']);
    expect(daysBetween(range, 1)).toEqual(['2026-02-27', '2026-02-28', '2026-03-01', '2026-03-02']);
  });
});

describe('uniteDays', () => {
  it('spans both, or nothing is known', () => {
    const [a, b] = [
      { first: '2026-01-02', last: '2026-01-03' },
      { first: '2026-01-01', last: '2026-01-02' },
    ];
    expect(uniteDays(a, b)).toEqual({ first: '2026-01-01', last: '2026-01-03' });
    expect(uniteDays(a, undefined)).toBeUndefined();
  });
});
