import { describe, expect, it, test } from 'vitest';
import { compileScanner } from '../../../../scripts/scanner/compile.ts';
import type { JsonValue } from '../../src/model/pii-types.ts';
import {
  ASKS_ADDRESS,
  ASKS_LONG,
  ASKS_SHORT,
  DEPENDS,
  EXCLUDES,
  MATTERS,
  MAY_EXCLUDE,
  SUSPICIOUS,
} from '../../src/prefilter/prefilter.ts';
import { TEXT_UNITS } from '../../src/prefilter/scanner/assembly/memory.ts';
import { WASM } from '../../src/prefilter/scanner/scanner-wasm.ts';
import { phrases } from '../../src/text/lexicon.ts';
import { lookAt, maskJson, maskTranscript } from '../masker.ts';

test('the bytes of the scanner are those of its source', async () => {
  const bytes = Buffer.from(await compileScanner()).toString('base64');
  expect(bytes === WASM, 'Run `npm run wasm`.').toBe(true);
});

describe('the prefilter', () => {
  it.each([
    ['nothing at all', '', 0],
    ['talk', 'well it just keeps blinking', 0],
    ['a number of talk', 'we have 15 people in the queue', SUSPICIOUS],
    ['digits that another turn may make something of', 'it is 4471', SUSPICIOUS | DEPENDS],
    ['a phone number', 'at 212-555-0142', SUSPICIOUS | MATTERS],
    ['a phone number in quotes', 'at "212-555-0142"', SUSPICIOUS | MATTERS],
    ['spoken digits', 'two one two five five five', SUSPICIOUS | MATTERS],
    ['a digit with an apostrophe', "oh o'ne seven", SUSPICIOUS | MATTERS],
    ['an address', 'ana at example.org', SUSPICIOUS | MATTERS],
    ['an account number', 'GB82 WEST', SUSPICIOUS | MATTERS],
    ['an account number without blanks', `GB82${'1A'.repeat(40)}`, SUSPICIOUS | MATTERS],
    ['digits of another script', '\u0662\u0661\u0662', SUSPICIOUS | MATTERS],
    ['a letter beyond Latin-1', 'se\u00f1or', 0],
    ['a hidden number', 'xx4242', SUSPICIOUS | MATTERS],
    ['a password', 'hunter is my password', SUSPICIOUS | MATTERS],
    ['a lone number word', 'um, five', SUSPICIOUS | DEPENDS],
    ['a number word of talk', 'one moment', 0],
    ['number words with a hesitation between them', 'five, um, two', SUSPICIOUS | MATTERS],
    ['number words far apart', 'one of them bought the two of us lunch', 0],
    ['a phrase of common words', 'on the back', 0],
    ['a phrase of common words beside digits', '447 on the back', SUSPICIOUS | MATTERS],
    ['dashes, quotes and ellipses of printers', 'so \u2014 d\u2019accord \u2026', 0],
    ['a number beside a character of two units', '\ud83d\udc4d 212-555-0142', SUSPICIOUS | MATTERS],
    ['half a character', 'it is \ud83d', SUSPICIOUS | MATTERS],
    ['what follows characters of three bytes', `${'\u8a9e'.repeat(TEXT_UNITS - 12)}212-555-0142`, SUSPICIOUS | MATTERS],
  ])('know %s', (_, text, expected) => {
    expect(lookAt(text) & (SUSPICIOUS | MATTERS | DEPENDS)).toBe(expected);
  });

  it.each([
    '212 555 0142',
    'GB82 WEST 1234',
    'four one five five five',
    "the passcode's 4471",
    'xx4242 ',
    '192.0.2.17',
  ])('see %j wherever it stands in a text that is read in pieces', (value) => {
    const short = lookAt(` ${value}`);
    for (let padding = TEXT_UNITS - 330; padding < TEXT_UNITS + 10; padding++) {
      const text = `${'so it goes, '.repeat(TEXT_UNITS).slice(0, padding)}, ${value}`;
      if (lookAt(text) !== short) expect.fail(`at ${padding}: ${lookAt(text).toString(2)}`);
    }
  });
});

test('the prefilter sees every phrase of the vocabulary', () => {
  const opens = ASKS_SHORT | ASKS_LONG | ASKS_ADDRESS | EXCLUDES | MAY_EXCLUDE | MATTERS;
  const missed = [...phrases()]
    .filter(([kind, words]) => kind !== 'UNIT' && (lookAt(`so the ${words.join(' ')} 44`) & opens) === 0)
    .map(([kind, words]) => `${kind}: ${words.join(' ')}`);
  expect(missed).toEqual([]);
});

it('follows containers as deep as they go', () => {
  const depth = 200_000;
  const json = `${'[{"a":'.repeat(depth)}"call 212 555 0142"${'}]'.repeat(depth)}`;
  expect(maskJson(json).json).toBe(json.replace('212 555 0142', '[PHONE_MASKED]'));
  expect(maskJson('{"a":"call 212 555 0142"}').counts).toEqual({ PHONE_NUMBER: 1 });
});

it('takes over names and values of which each is suspicious, however many there are', () => {
  const members = Array.from({ length: 1_500 }, (_, i) => [`call 212555${1000 + i}`, `or 646555${1000 + i}`]);
  const documents = Array.from({ length: 4 }, (_, i) => Object.fromEntries(members.slice(i)));
  const json = JSON.stringify(documents);
  expect(JSON.parse(maskJson(json).json)).toEqual(maskTranscript(documents).value);
});

describe('short values that come again', () => {
  const one = (name: string, value: unknown) => ({ [name]: value });
  it.each([
    [
      'under one name',
      ['AGENT', 'CLIENT', 'AGENT', 'AGENTS', 'AGEN', '', 'AGENT'].map((value) => one('speaker', value)),
    ],
    ['beside personal ones', ['ok', '4155550132', 'ok', '4155550132', '415-555-0132', 'ok'].map((v) => one('note', v))],
    [
      'that are just too long',
      ['a'.repeat(16), 'a'.repeat(17), 'a'.repeat(16), 'a'.repeat(15)].map((v) => one('a', v)),
    ],
    ['with escapes', ['a"b', 'a', 'a"b', 'a\\', 'a', 'a\n'].map((value) => one('a', value))],
    ['without a name', [['yes', 'no', 'yes', '531-72-4409', 'yes', 'no']]],
    ['under very many names', Array.from({ length: 600 }, (_, i) => one(`name${i % 300}`, i % 2 === 0 ? 'x' : 'dob'))],
  ])('are read alike, %s', (_, documents) => {
    for (let round = 0; round < 2; round++) {
      const json = JSON.stringify(documents);
      expect(JSON.parse(maskJson(json).json)).toEqual(maskTranscript(documents as JsonValue).value);
    }
  });
});
