import { describe, expect, test } from 'vitest';
import type { JsonValue } from '../../src/model/pii-types.ts';
import { maskJson } from '../masker.ts';

type JsonObject = { [name: string]: JsonValue };
type Said = readonly ['AGENT' | 'CLIENT', string];

/** What was said, an object for each word, as the vendor's transcripts at word level are. */
function blocks(said: readonly Said[], key = 'text'): JsonObject[] {
  let offset = 0;
  return said
    .flatMap(([channelName, text]) => text.split(' ').map((word) => [channelName, word] as const))
    .map(([channelName, word], i) => {
      const block = {
        blockId: i + 1,
        channelName,
        userId: 'client-1',
        offset,
        length: word.length,
        [key]: word,
        voiceMetadata: { startTime: i * 400, endTime: i * 400 + 300, confidence: 0.91 },
      };
      offset += word.length + 1;
      return block;
    });
}

const masked = (document: JsonValue): JsonObject => JSON.parse(maskJson(JSON.stringify(document)).json) as JsonObject;

/** The masked words in a row, equal masks once. */
function words(document: JsonObject, list = 'transcriptBlocks', key = 'text'): string {
  const texts = (document[list] as JsonObject[]).map((block) => String(block[key]));
  return texts.filter((text, i) => !(text.startsWith('[') && text === texts[i - 1])).join(' ');
}

describe('a word in each block', () => {
  test.each<[string, readonly Said[], string]>([
    [
      'digits said one by one',
      [
        ['AGENT', 'your social please'],
        ['CLIENT', 'it is five three one seven two four four oh nine thanks'],
      ],
      'your social please it is [SSN_MASKED] thanks',
    ],
    [
      'digits over an acknowledgement',
      [
        ['CLIENT', 'my number is four one five'],
        ['AGENT', 'okay'],
        ['CLIENT', 'five five five oh one three two'],
      ],
      'my number is [PHONE_MASKED] okay [PHONE_MASKED]',
    ],
    [
      'an address spelled out',
      [
        ['AGENT', 'and the email'],
        ['CLIENT', 'it is r o s a dot diaz at example dot com okay'],
      ],
      'and the email it is [EMAIL_MASKED] okay',
    ],
    [
      'a password',
      [
        ['AGENT', 'what is the password on the account'],
        ['CLIENT', 'crickets'],
        ['AGENT', 'thank you'],
      ],
      'what is the password on the account [PASSWORD] thank you',
    ],
    [
      'a birthday',
      [
        ['AGENT', 'date of birth'],
        ['CLIENT', 'march fourth nineteen eighty two'],
      ],
      'date of birth [DATE_OF_BIRTH]',
    ],
    [
      'a name',
      [['CLIENT', 'hello my name is sarah lindqvist calling about a bill']],
      'hello my name is [PERSON] calling about a bill',
    ],
    ['a postal address', [['CLIENT', 'i live at fourteen oak street springfield illinois']], 'i live at [ADDRESS]'],
    [
      'nothing',
      [
        ['AGENT', 'the order number is four four seven one two two oh'],
        ['CLIENT', 'it was seven dollars and ten cents'],
      ],
      'the order number is four four seven one two two oh it was seven dollars and ten cents',
    ],
  ])('is read with its neighbours: %s', (_, said, expected) => {
    expect(words(masked({ transcriptBlocks: blocks(said) }))).toBe(expected);
    expect(
      words(masked({ anything: { items: blocks(said, 'content') } }).anything as JsonObject, 'items', 'content'),
    ).toBe(expected);
  });

  const said: readonly Said[] = [
    ['AGENT', 'your phone number'],
    ['CLIENT', 'two one two five five five oh one four two and i am Maureen'],
    ['AGENT', 'thanks maureen'],
  ];
  const document = {
    transcriptBlocks: blocks(said),
    metrics: { agentname: 'Tilda Brannigan', clientani: '2125550142' },
    segmentSummary: { summary: 'Maureen was helped by Brannigan' },
  };

  test('knows the people of the record, and the record those of the words', () => {
    const result = masked({ ...document, transcriptBlocks: blocks([...said, ['CLIENT', 'bye Brannigan']]) });
    expect(words(result)).toBe('your phone number [PHONE_MASKED] and i am [PERSON] thanks [PERSON] bye [PERSON]');
    expect(result.segmentSummary).toEqual({ summary: '[PERSON] was helped by [PERSON]' });
  });

  test('keeps everything but the words, and moves the offsets', () => {
    const result = masked(document).transcriptBlocks as JsonObject[];
    let offset = 0;
    for (const [i, block] of result.entries()) {
      const { text, offset: at, length, ...rest } = block;
      const { text: before, offset: _at, length: _length, ...restBefore } = document.transcriptBlocks[i] ?? {};
      expect(rest).toEqual(restBefore);
      expect([at, length]).toEqual([offset, String(text).length]);
      offset += String(text).length + 1;
      if (!String(text).startsWith('[')) expect(text).toBe(before);
    }
  });

  test('masks what else a block holds, and masks once', () => {
    const list = blocks(said).map((block) => ({ ...block, userId: 'ana@example.org' }));
    const once = maskJson(JSON.stringify({ transcriptBlocks: list })).json;
    expect(once).not.toContain('ana@example.org');
    expect(maskJson(once).json).toBe(once);
  });
});
