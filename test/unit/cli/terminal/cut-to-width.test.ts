import { describe, expect, it } from 'vitest';
import { cutToWidth } from '../../../../cli/terminal/cut-to-width.ts';
import { OWN_ESCAPE } from '../../../../cli/terminal/printable.ts';

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
    const text = `${OWN_ESCAPE}[36mabcdef${OWN_ESCAPE}[39m tail`;
    expect(cutToWidth(text, 4)).toBe(`${OWN_ESCAPE}[36mabc…${OWN_ESCAPE}[39m`);
    expect(cutToWidth(text, 11)).toBe(text);
  });
});
