import { expect, test } from 'vitest';
import { MASK_RULES_VERSION } from '../src/model/rules-version.ts';
import { digest, goldenCorpus } from './golden/corpus.ts';
import { compareAnswers, extendRecord, readRecord, rewrittenAnswers } from './golden/record.ts';

test('every answer of the corpus is the one that is recorded', () => {
  const { changed, added, vanished } = compareAnswers(goldenCorpus(), readRecord());
  expect(
    { changed: changed.map(({ json }) => json), added: added.map(({ json }) => json), vanished },
    'A changed answer needs a raised MASK_RULES_VERSION, then `npm run golden`; a line that was added, `npm run golden` alone.',
  ).toEqual({ changed: [], added: [], vanished: [] });
});

test('no answer is recorded for a version that is still to come, nor twice', () => {
  for (const answers of Object.values(readRecord())) {
    const versions = Object.keys(answers);
    expect(versions).toEqual(versions.toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true })));
    expect(
      [...versions, MASK_RULES_VERSION].toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true })).at(-1),
    ).toBe(MASK_RULES_VERSION);
    const known = Object.values(answers);
    expect(known.filter((answer, index) => answer === known[index - 1])).toEqual([]);
  }
});

const one = { key: digest('"call 212-555-0142"'), json: '"call 212-555-0142"' };

test('a line that is added needs no version', () => {
  const difference = compareAnswers([one], {});
  expect(difference).toEqual({ changed: [], added: [one], vanished: [] });
  const record = extendRecord({}, difference, '1.0.0');
  expect(Object.keys(record[one.key] ?? {})).toEqual(['1.0.0']);
  expect(compareAnswers([one], record)).toEqual({ changed: [], added: [], vanished: [] });
});

test('a changed answer needs one, and the answer before it stays', () => {
  const before = { [one.key]: { '1.0.0': 'another answer' } };
  const difference = compareAnswers([one], before);
  expect(difference.changed).toEqual([one]);
  expect(() => extendRecord(before, difference, '1.0.0')).toThrow(RangeError);
  const after = extendRecord(before, difference, '1.1.0');
  expect(after[one.key]).toMatchObject({ '1.0.0': 'another answer' });
  expect(compareAnswers([one], after).changed).toEqual([]);
});

test('a case that leaves the corpus is missed', () => {
  expect(compareAnswers([], { gone: { '1.0.0': 'its answer' } }).vanished).toEqual(['gone']);
});

test.each([
  ['a further case', { a: { '1.0.0': 'x' }, b: { '1.0.0': 'y' } }, []],
  ['a further version', { a: { '1.0.0': 'x', '1.1.0': 'y' } }, []],
  ['another answer of the same version', { a: { '1.0.0': 'y' } }, ['a 1.0.0']],
  ['an answer that is gone', { a: { '1.1.0': 'y' } }, ['a 1.0.0']],
  ['a case that is gone', {}, ['a 1.0.0']],
])('a record only grows: %s', (_name, later, rewritten) => {
  expect(rewrittenAnswers({ a: { '1.0.0': 'x' } }, later)).toEqual(rewritten);
});
