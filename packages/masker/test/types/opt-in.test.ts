import { describe, expect, test } from 'vitest';
import { OPT_IN_TYPES, type PiiType } from '../../src/model/type-table.ts';
import { readMarks } from '../marked.ts';
import { maskTranscript } from '../masker.ts';
import { OPT_IN } from '../tables/opt-in.ts';

/** What is found of one type, with it alone switched on. */
function found(text: string, type: PiiType): [string, string][] {
  const enable = OPT_IN_TYPES.filter((one) => one === type);
  return maskTranscript(text, { enable })
    .findings.filter((finding) => finding.type === type)
    .map(({ start, end }) => [type, text.slice(start, end)]);
}

describe.each(OPT_IN)('$type', ({ type, personal, ordinary }) => {
  test.each(personal)('%s', (marked) => {
    const { text, spans } = readMarks(marked);
    expect(found(text, type)).toEqual(spans.map(({ start, end }) => [type, text.slice(start, end)]));
    expect(maskTranscript(text).findings.filter((finding) => finding.type === type)).toEqual([]);
  });

  test.each(ordinary)('is not in: %s', (text) => {
    expect(found(text, type)).toEqual([]);
  });
});

test('every type that the masker finds by itself has its sentences', () => {
  const byDetector: readonly PiiType[] = ['PERSON', 'STREET_ADDRESS'];
  const types = OPT_IN_TYPES.filter((type) => !byDetector.includes(type));
  expect(OPT_IN.map(({ type }) => type).toSorted()).toEqual(types.toSorted());
});
