import { expect, it } from 'vitest';
import { emptyTally, scoreText } from '../../../../scripts/quality/score.ts';

const TEXT = 'I am Ana Li, code 1234';
const NAME = { type: 'PERSON', start: 5, end: 11 };
const CODE = { type: 'PIN', start: 18, end: 22 };
const marked = (span: typeof NAME, optional = false) => ({ ...span, optional });

it.each([
  ['found, under its name', [marked(NAME)], [NAME], { gold: 1, found: 1, typed: 1, findings: 1, alarms: 0 }, 0],
  [
    'found in two pieces',
    [marked(NAME)],
    [
      { ...NAME, end: 8 },
      { ...NAME, start: 9 },
    ],
    { found: 1, alarms: 0 },
    0,
  ],
  ['a part of it stays', [marked(NAME)], [{ ...NAME, end: 8 }], { gold: 1, found: 0, findings: 1, alarms: 0 }, 0],
  ['what differs may be found', [marked(NAME, true)], [NAME], { gold: 0, findings: 1, alarms: 0 }, 0],
  ['nothing is marked there', [], [NAME], { gold: 0, found: 0, findings: 1, alarms: 1 }, 5],
  ['more than it is masked', [marked(NAME)], [{ ...NAME, start: 2 }], { found: 1, alarms: 0 }, 2],
])('%s', (_, golds, findings, row, overmasked) => {
  const tally = emptyTally();
  scoreText(TEXT, golds, findings, tally);
  expect(tally.byType.PERSON).toMatchObject(row);
  expect(tally).toMatchObject({ words: 6, overmasked, plain: golds.length === 0 ? 16 : 11 });
});

it('counts a value as found under another name, but not as named', () => {
  const tally = emptyTally();
  scoreText(TEXT, [marked(CODE)], [{ ...CODE, type: 'CREDIT_CARD_CVV' }], tally);
  expect(tally.byType.PIN).toMatchObject({ gold: 1, found: 1, typed: 0 });
  expect(tally.byType.CREDIT_CARD_CVV).toMatchObject({ gold: 0, findings: 1, alarms: 0 });
});

it('tells what was missed and what was masked wrongly', () => {
  expect(scoreText(TEXT, [marked(NAME)], [CODE], emptyTally())).toEqual([
    'false PIN: I am Ana Li, code >>1234<<',
    'missed PERSON: I am >>Ana Li<<, code 1234',
  ]);
});
