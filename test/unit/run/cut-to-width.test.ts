import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { cutToWidth } from '../../../local/run/cut-to-width.ts';

describe('cutToWidth', () => {
  it.each([
    ['what fits', 'abc', 3, 'abc'],
    ['what is too long', 'abcdef', 4, 'abc…'],
    ['no room at all', 'abc', 0, ''],
    ['one column', 'abc', 1, '…'],
    ['bars and dots', '░░░ · ✓', 5, '░░░ …'],
    ['characters of two units', '🙂🙂🙂', 2, '🙂…'],
  ])('%s', (_, text, columns, cut) => {
    expect(cutToWidth(text, columns)).toBe(cut);
  });

  it('keeps the ends of colours, which take no column', () => {
    const text = '\x1b[36mabcdef\x1b[39m tail';
    expect(cutToWidth(text, 4)).toBe('\x1b[36mabc…\x1b[39m');
    expect(stripVTControlCharacters(cutToWidth(text, 11))).toBe('abcdef tail');
  });
});
