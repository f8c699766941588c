import { describe, expect, it } from 'vitest';
import { versionIdAfter } from '../../../../../emulator/stand-ins/s3/version-id.ts';

const NOW = Date.UTC(2026, 10, 21);
const CHANCE = ['zzzzzzzz', '00000000'];

describe('the id of a version', () => {
  it.each([
    ['the first version', undefined, NOW, '0mwpn5s000000zzzzzzzz'],
    ['another one a millisecond later', '0mwpn5s000000zzzzzzzz', NOW + 1, '0mwpn5s010000zzzzzzzz'],
    ['another one of the same millisecond', '0mwpn5s000000zzzzzzzz', NOW, '0mwpn5s000001zzzzzzzz'],
    ['one after the clock went back', '0mwpn5s000001zzzzzzzz', NOW - 5_000, '0mwpn5s000002zzzzzzzz'],
  ])('of %s', (_, newest, nowMs, id) => {
    expect(versionIdAfter(newest, nowMs, CHANCE[0] as string)).toBe(id);
  });

  it('sorts after the newest one, whatever clock and chance say', () => {
    let newest = versionIdAfter(undefined, NOW, 'zzzzzzzz');
    for (let i = 0; i < 200; i++) {
      const next = versionIdAfter(newest, NOW + (i % 7) - 3, CHANCE[i % 2] as string);
      expect(next > newest).toBe(true);
      newest = next;
    }
  });
});
