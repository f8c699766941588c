import { describe, expect, it } from 'vitest';
import { isNameless } from '../../../../../../lambdas/shared/contracts/nameless-row.ts';
import { readRows } from '../../../../../../lambdas/shared/vendor/bulk-job/search-rows.ts';

const GOOD = { interactionId: 'int-1', mediaType: 'voice', startTime: '2026-11-21T10:00:00Z' };
const bad = (change: Record<string, unknown>) => ({ ...GOOD, interactionId: 'int-2', ...change });

describe('readRows', () => {
  it.each<[string, unknown, string | RegExp]>([
    ['a start in year 0', bad({ startTime: '0000-01-01T00:00:00+12:00' }), 'int-2'],
    ['a start in year 9999', bad({ startTime: '9999-12-31T23:59:59-12:00' }), 'int-2'],
    ['a start at the epoch', bad({ startTime: '1970-01-01T00:00:00Z' }), 'int-2'],
    ['a start that is no time', bad({ startTime: 'yesterday' }), 'int-2'],
    ['a start that is a number', bad({ startTime: 1_763_719_200 }), 'int-2'],
    ['no start', bad({ startTime: undefined }), 'int-2'],
    ['an absurd time of availability', bad({ availableAt: '9999-12-31T23:59:59-12:00' }), 'int-2'],
    ['an id that is a number', bad({ interactionId: 4711 }), '4711'],
    ['an id that is none', bad({ interactionId: 'a/../b' }), /^unreadable-row:[0-9a-f]{16}$/],
    ['no id', bad({ interactionId: undefined }), /^unreadable-row:[0-9a-f]{16}$/],
    ['a number', 4711, /^unreadable-row:/],
    ['a string', 'int-2', /^unreadable-row:/],
    ['nothing', null, 'unreadable-row:74234e98afe7498f'],
    ['a list', [GOOD], /^unreadable-row:/],
  ])('%s costs that row alone', (_, row, name) => {
    const { interactions, unreadable } = readRows({ interactions: [row, GOOD], nextCursor: 'c' });
    expect(interactions.map(({ interactionId }) => interactionId)).toEqual(['int-1']);
    expect(unreadable).toEqual([name instanceof RegExp ? expect.stringMatching(name) : name]);
    expect(isNameless(unreadable?.[0] ?? '')).toBe(name instanceof RegExp || name.startsWith('unreadable'));
  });

  it('reads a medium of any name, and a row with fields that it does not know', () => {
    const answer = readRows({ interactions: [{ ...GOOD, mediaType: 7, queue: 'sales' }] });
    expect(answer).toEqual({ interactions: [{ interactionId: 'int-1', startTime: GOOD.startTime }] });
  });

  it('gives the same row the same name each time', () => {
    const names = [1, 2].map(() => readRows({ interactions: [bad({ interactionId: null }), GOOD] }).unreadable);
    expect(names[0]).toEqual(names[1]);
  });

  it.each([
    [4, 0],
    [5, 0],
    [500, 0],
    [50, 1],
  ])('%i bad rows and %i good ones of a page are read one by one', (badRows, goodRows) => {
    const rows = [...Array(badRows).fill(bad({ startTime: 0 })), ...Array(goodRows).fill(GOOD)];
    const { interactions, unreadable } = readRows({ interactions: rows });
    expect([interactions.length, unreadable?.length]).toEqual([goodRows, badRows]);
  });
});
