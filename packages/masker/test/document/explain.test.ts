import { expect, test } from 'vitest';
import { createMasker, type Reason } from '../../src/index.ts';
import { LEXICON } from '../masker.ts';

const masker = createMasker({ enable: ['US_PASSPORT'] }, LEXICON);

/** Why each value of a document is personal, in order. */
const reasonsIn = (value: unknown): Reason[] =>
  masker.explainJson(JSON.stringify(value)).findings.map(({ reason }) => reason);

test.each<[string, unknown, Reason]>([
  ['a check digit', 'it is 4242 4242 4242 4242', { rule: 'shape', score: 3 }],
  ['a phrase before', 'my ssn is 531724409', { rule: 'words', score: 2.5, kind: 'SSN', phrase: 'ssn' }],
  ['a phrase after', '4821 is my pin', { rule: 'words', score: 2.1, kind: 'PIN', phrase: 'pin' }],
  ['the name of a member', { cvv: '731' }, { rule: 'words', score: 2.2, kind: 'CVV' }],
  ['a telling name', { password: 'crickets' }, { rule: 'name', kind: 'PASSWORD' }],
  ['a pattern', 'write to ana@example.org', { rule: 'pattern' }],
  ['a pattern with a phrase', 'passport C12345678', { rule: 'pattern', kind: 'PASSPORT', phrase: 'passport' }],
  ['a date with a phrase', 'born 3/3/80', { rule: 'date', kind: 'DOB', phrase: 'born' }],
])('%s', (_, value, reason) => {
  expect(reasonsIn(value)).toEqual([reason]);
});

test('a question of an earlier turn: the kind is told, the phrase stands elsewhere', () => {
  const turns = [
    { speaker: 'agent', text: 'and your pin?' },
    { speaker: 'customer', text: '4821' },
  ];
  expect(reasonsIn({ turns })).toEqual([{ rule: 'words', score: 2.1, kind: 'PIN' }]);
});

test('findings in documents inside strings keep their reasons', () => {
  expect(reasonsIn({ payload: JSON.stringify({ ssn: '531-72-4409' }) })).toEqual([
    { rule: 'words', score: 2.5, kind: 'SSN' },
  ]);
});

test('the masked text is that of maskJson', () => {
  const json = '{"text":"my cell is 415-555-0132"}';
  expect(masker.explainJson(json).json).toBe(masker.maskJson(json).json);
});
