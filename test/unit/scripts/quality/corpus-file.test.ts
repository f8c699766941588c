import { describe, expect, it } from 'vitest';
import { readCorpusFile } from '../../../../scripts/quality/corpus-file.ts';

const HEADER = '# What it is.\nmedium: email\ncountry: GB\nstyle: typed\norigin: hand\n';
const TALKS = `${HEADER}kind: conversations\n\n`;
const gold = (type: string, start: number, end: number) => ({ type, start, end, optional: false });

describe('readCorpusFile', () => {
  it('reads conversations: turns of several lines, and the record beside them', () => {
    const [item, second] = readCorpusFile(
      `${TALKS}=== e-001 | a title\n@ from: Bo Li: sales\na: Hi,\n> [PERSON:Bo]\nc: ok\n\n=== e-002 | next\nb: Hi\n`,
    );
    expect(item).toMatchObject({
      id: 'e-001',
      header: { medium: 'email', country: 'GB', kind: 'conversations' },
      record: { from: 'Bo Li: sales' },
      turns: [
        { speaker: 'agent', text: 'Hi,\nBo', golds: [gold('PERSON', 4, 6)] },
        { speaker: 'customer', text: 'ok', golds: [] },
      ],
    });
    expect(second).toMatchObject({ id: 'e-002', turns: [{ speaker: 'bot' }] });
  });

  it('reads utterances', () => {
    const items = readCorpusFile(`${HEADER}kind: utterances\n\nu-1 | a | b\nu-2 | [PIN:12]\n`);
    expect(items.map(({ id, turns }) => [id, turns[0]?.text])).toEqual([
      ['u-1', 'a | b'],
      ['u-2', '12'],
    ]);
  });

  it.each([
    ['a turn before any item', `${TALKS}a: hi\n`, /^line 8: no item/],
    ['the rest of no turn', `${TALKS}=== e-001 | t\n> hi\n`, /^line 9: the rest of no turn/],
    ['an unknown speaker', `${TALKS}=== e-001 | t\nx: hi\n`, /^line 9: neither/],
    ['a bracket without a mark', `${TALKS}=== e-001 | t\na: [hi\n`, /^line 9: a bracket/],
    ['a line that is no utterance', `${HEADER}kind: utterances\n\nhello\n`, /^line 8: no item/],
    ['an unknown medium', TALKS.replace('email', 'fax'), /medium/],
  ])('refuses %s', (_, source, message) => {
    expect(() => readCorpusFile(source)).toThrow(message);
  });
});
