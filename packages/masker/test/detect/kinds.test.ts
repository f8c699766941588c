import { describe, expect, test } from 'vitest';
import { readConversation, readMarks } from '../marked.ts';
import { maskTranscript } from '../masker.ts';
import { ASKED, FRAMED, LOOKALIKES } from '../tables/kinds.ts';

const marks = (text: string, spans: readonly { type: string; start: number; end: number }[]): string[] =>
  spans.map(({ type, start, end }) => `${type} ${text.slice(start, end)}`);

describe('a value in its frame', () => {
  test.each(FRAMED)('%s', (marked) => {
    const { text, spans } = readMarks(marked);
    expect(marks(text, maskTranscript(text).findings)).toEqual(marks(text, spans));
  });
});

describe('what only looks like one stays', () => {
  test.each(LOOKALIKES)('%s', (text) => {
    expect(maskTranscript(text).value).toBe(text);
  });
});

describe('a value that was asked for', () => {
  test.each(ASKED)('%s', (lines) => {
    const turns = readConversation(lines);
    const { findings } = maskTranscript({ segments: turns.map(({ speaker, text }) => ({ speaker, text })) });
    const found = turns.map(({ text }, turn) =>
      marks(
        text,
        findings.filter(({ path }) => path === `/segments/${turn}/text`),
      ).sort(),
    );
    expect(found).toEqual(turns.map(({ text, spans }) => marks(text, spans).sort()));
  });
});
