import { describe, expect, it } from 'vitest';
import { verdictOf } from '../../../../cli/probe/apis.ts';
import { cursorKind, cursorToTry, pageTaken, spread, tally } from '../../../../cli/probe/list-behaviour.ts';
import { maskedExample } from '../../../../cli/probe/masked-example.ts';

describe('what pages show', () => {
  it.each([
    [[], undefined],
    [[7, 7], undefined],
    [[1, 9], 9],
    [[9, 5, 1, 1], 5],
  ])('of times %j the cursor to try is %s', (times, cursor) => {
    expect(cursorToTry(times)).toBe(cursor);
  });

  it.each([
    [[5, 9], 'inclusive'],
    [[9], 'exclusive'],
    [[5, 4], 'ignored'],
    [[], 'unknown'],
  ])('a page with times %j behind cursor 5: %s', (times, kind) => {
    expect(cursorKind(5, times)).toBe(kind);
  });

  it.each([
    [1_000, true, '1000'],
    [1_001, true, '1001 or more'],
    [1_001, false, '1001 or more'],
    [100, true, '100'],
    [100, false, undefined],
  ])('%i rows given, more there %s: largest %s', (given, hasMore, largest) => {
    expect(pageTaken(1_001, given, hasMore).largest).toBe(largest);
  });

  it('counts names, the most frequent first, whatever they are called', () => {
    expect(Object.entries(tally(['a', '__proto__', 'a']))).toEqual([
      ['a', 2],
      ['__proto__', 1],
    ]);
  });

  it('takes a sample from all of a list', () => {
    expect(spread([1, 2, 3, 4, 5, 6], 3)).toEqual([1, 3, 5]);
    expect(spread([1, 2], 3)).toEqual([1, 2]);
  });
});

describe('verdictOf', () => {
  it.each([
    [200, 'ok'],
    [204, 'ok'],
    [401, 'permission missing'],
    [403, 'permission missing'],
    [404, 'not there'],
    [405, 'not there'],
    [429, 'asked too often'],
    [0, 'no answer'],
    [503, 'no answer'],
    [400, 'unclear'],
    [302, 'unclear'],
  ])('%i: %s', (status, verdict) => {
    expect(verdictOf(status)).toBe(verdict);
  });
});

describe('maskedExample', () => {
  const transcript = (...texts: string[]) => JSON.stringify({ transcriptBlocks: texts.map((text) => ({ text })) });

  it.each([
    [transcript('hello', 'mail ann@example.com'), 'mail [EMAIL_MASKED]'],
    [transcript('hello'), 'hello'],
    [transcript(), undefined],
    ['{}', undefined],
    ['[1]', undefined],
  ])('%s', (text, example) => {
    expect(maskedExample(text)).toBe(example);
  });

  it('is short, and cut behind the mask', () => {
    const long = `mail ann@example.com ${'and so on '.repeat(50)}`;
    expect(maskedExample(transcript(long))).toMatch(/^mail \[EMAIL_MASKED\] .{130,150}…$/);
  });
});
