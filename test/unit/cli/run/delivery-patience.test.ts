import { describe, expect, it } from 'vitest';
import { isTooLong } from '../../../../cli/run/delivery-patience.ts';

describe('a person at a terminal', () => {
  it.each([
    ['waits a little for a webhook that takes nothing', { waitSeconds: 10, failures: 1 }, false],
    ['does not wait for long then', { waitSeconds: 11, failures: 1 }, true],
    ['waits while something is taken', { waitSeconds: 60, failures: 0 }, false],
    ['does not wait for hours', { waitSeconds: 21_600, failures: 0 }, true],
    ['does not wait where nothing is known', { waitSeconds: 60 }, true],
  ])('%s', (_name, wait, expected) => {
    expect(isTooLong(wait)).toBe(expected);
  });
});
