import { describe, expect, it } from 'vitest';
import { countSheet } from '../../../../../cli/lake/sampling/count-sheet.ts';
import { readSheet, writeSheet } from '../../../../../cli/lake/sampling/sheet.ts';

const row = (interactionId: string, mediaType: 'voice' | 'chat', findings: Record<string, number>) => ({
  interactionId,
  mediaType,
  timestamp: '2026-11-21T10:00:00.000Z',
  transcript: {},
  findings,
});
const SHEET = writeSheet([
  { row: row('int-1', 'voice', { PIN: 1, PHONE_NUMBER: 3 }), weight: 10 },
  { row: row('int-2', 'chat', {}), weight: 1 / 3 },
  { row: row('int-3', 'chat', { PIN: 2 }), weight: 2 },
]);
const HEAD = 'number,interactionId,mediaType,type,masked,wrong,missed,weight';

describe('the sheet of a sample', () => {
  it('has a line for each type that was masked, and one for what was missed else', () => {
    expect(SHEET.split('\r\n')).toEqual([
      HEAD,
      '1,int-1,voice,PHONE_NUMBER,3,,,10',
      '1,int-1,voice,PIN,1,,,10',
      '1,int-1,voice,,0,,,10',
      '2,int-2,chat,,0,,,0.3333',
      '3,int-3,chat,PIN,2,,,2',
      '3,int-3,chat,,0,,,2',
      '',
    ]);
  });

  it.each([
    ['as it was written', SHEET],
    ['with a mark of its bytes', `\uFEFF${SHEET}`],
    ['with semicolons and decimal commas', SHEET.replaceAll(',', ';').replace('0.3333', '0,3333')],
    ['with tabs', SHEET.replaceAll(',', '\t')],
  ])('is read %s', (_, text) => {
    expect(readSheet(text)).toHaveLength(6);
    expect(readSheet(text)[3]).toMatchObject({ number: 2, mediaType: 'chat', type: '', masked: 0, weight: 0.3333 });
  });

  it.each([
    ['a word for a count', `${HEAD}\n1,a,voice,PIN,2,two,,1`, 'line 2 of the sheet: wrong cannot be read'],
    ['more wrong than masked', `${HEAD}\n1,a,voice,PIN,2,3,,1`, 'line 2 of the sheet: more is wrong than was masked'],
    ['missed without a type', `${HEAD}\n1,a,voice,,0,,2,1`, 'line 2 of the sheet: missed needs a type, such as PERSON'],
    ['a column that is gone', 'number,mediaType\n1,voice', 'the sheet has no column type'],
    ['a line that is too short', `${HEAD}\n1,a`, 'the sheet is no CSV with as many columns in each line'],
    ['nothing', '', 'the sheet has no column number'],
  ])('is refused with %s, and nothing of it is told', (_, text, message) => {
    expect(() => readSheet(text)).toThrow(new Error(message));
  });
});

describe('countSheet', () => {
  const filled = [
    HEAD,
    '1,int-1,voice,PHONE_NUMBER,3,1,,10',
    '1,int-1,voice,PIN,1,,,10',
    '1,int-1,voice,PERSON,0,,2,10',
    '2,int-2,chat,,0,,0,1',
    '3,int-3,chat,PIN,2,,,2',
  ].join('\n');

  it('counts what somebody has looked at, by type and by medium', () => {
    expect(countSheet(readSheet(filled))).toMatchObject({
      drawn: 3,
      checked: 2,
      all: { masked: 4, wrong: 1, missed: 2 },
      byType: {
        PERSON: { masked: 0, wrong: 0, missed: 2 },
        PHONE_NUMBER: { masked: 3, wrong: 1, missed: 0 },
        PIN: { masked: 1, wrong: 0, missed: 0 },
      },
      byMedium: { chat: { masked: 0, wrong: 0, missed: 0 }, voice: { masked: 4, wrong: 1, missed: 2 } },
    });
  });

  it('estimates for the lake: each interaction counts for as many as it stands for', () => {
    const lines = readSheet(`${HEAD}\n1,a,voice,PIN,4,0,0,30\n2,b,chat,PIN,4,0,4,10`);
    const { estimate, all } = countSheet(lines);
    // Of the sample 8 of 12 places; of the lake 4 * 30 + 4 * 10 of 4 * 30 + 8 * 10.
    expect(all).toEqual({ masked: 8, wrong: 0, missed: 4 });
    expect(estimate.recall.share).toBeCloseTo(160 / 200, 10);
    expect(estimate.recall.places).toBeCloseTo(200 ** 2 / (4 * 900 + 8 * 100), 10);
    expect(estimate.precision).toMatchObject({ share: 1 });
  });

  it('keeps no id', () => {
    expect(JSON.stringify(countSheet(readSheet(filled)))).not.toContain('int-');
  });
});
