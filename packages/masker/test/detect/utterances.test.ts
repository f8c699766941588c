import { describe, expect, test } from 'vitest';
import { readMarks } from '../marked.ts';
import { maskTranscript } from '../masker.ts';
import { ORDINARY, PERSONAL } from '../tables/utterances.ts';

const found = (text: string): [string, string][] =>
  maskTranscript(text).findings.map(({ type, start, end }) => [type, text.slice(start, end)]);

describe('personal data in one sentence', () => {
  test.each(PERSONAL)('%s', (marked) => {
    const { text, spans } = readMarks(marked);
    expect(found(text)).toEqual(spans.map(({ type, start, end }) => [type, text.slice(start, end)]));
  });
});

describe('ordinary talk stays as it is', () => {
  test.each(ORDINARY)('%s', (text) => {
    expect(found(text)).toEqual([]);
    expect(maskTranscript(text).value).toBe(text);
  });
});
