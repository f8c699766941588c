import { describe, expect, test } from 'vitest';
import type { JsonValue } from '../../src/model/pii-types.ts';
import { maskJson, maskTranscript } from '../masker.ts';

/** A document as the text of a string, so many times over. */
function wrapped(document: JsonValue, levels: number): string {
  let json = JSON.stringify(document);
  for (let level = 0; level < levels; level++) json = JSON.stringify({ payload: json });
  return json;
}

/** The same, where quotes and backslashes are escaped by number, so that a level costs a few characters only. */
function wrappedCheaply(json: string, levels: number): string {
  let wrapped = json;
  for (let level = 0; level < levels; level++)
    wrapped = `["${wrapped.replace(/["\\]/g, (sign) => `\\u00${sign.charCodeAt(0).toString(16)}`)}"]`;
  return wrapped;
}

describe('a document in a string', () => {
  test.each([1, 2, 4, 5, 8])('%i levels down is read by the names of its members', (levels) => {
    const json = wrapped({ dateOfBirth: '1980-07-22', note: 'seen 2024-02-11' }, levels);
    const expected = wrapped({ dateOfBirth: '[DATE_OF_BIRTH]', note: 'seen 2024-02-11' }, levels);
    expect(maskJson(json).json).toBe(expected);
    expect(maskTranscript(JSON.parse(json) as JsonValue).value).toEqual(JSON.parse(expected));
  });

  test('deeper than anybody nests them is refused, not read as plain text', () => {
    for (const levels of [9, 50, 400]) {
      const json = wrappedCheaply('{"dateOfBirth":"1980-07-22"}', levels);
      expect(() => maskJson(json)).toThrow(RangeError);
      expect(() => maskTranscript(JSON.parse(json) as JsonValue)).toThrow(RangeError);
    }
  });

  test('that cannot be searched is refused as a whole, not read as plain text', () => {
    const faults: Error[] = [new TypeError('x is undefined'), new SyntaxError('bad pattern'), new RangeError('stack')];
    for (const fault of faults) {
      let calls = 0;
      const tools = {
        surrogate(): string {
          if (calls++ === 0) throw fault;
          return 'token';
        },
      };
      const json = wrapped({ phone: '2125550142' }, 1);
      expect(() => maskJson(json, {}, tools)).toThrow(fault);
      calls = 0;
      expect(() => maskTranscript(JSON.parse(json) as JsonValue, {}, tools)).toThrow(fault);
    }
  });

  test.each(['{not json', '[laughs]', '{"a":}', '["open', '{"a":"\\x"}', '[1]]'])(
    'that is none is a text: %s',
    (text) => {
      const json = JSON.stringify({ text: `${text} call 212-555-0142` });
      expect(maskJson(json).json).toBe(json.replace('212-555-0142', '[PHONE_MASKED]'));
    },
  );
});

describe('a caller may end the masking', () => {
  const many = <T>(count: number, make: (index: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i));
  const units: readonly [name: string, document: JsonValue][] = [
    ['between texts', many(50, () => 'call 212-555-0142')],
    ['between texts that hold nothing', many(50, () => 'it is 447')],
    ['between the numbers of one text', many(50, () => 'call 212-555-0142.').join('\n\n')],
    ['between members', Object.fromEntries(many(50, (i) => [`call 212-555-01${i + 10}`, 1]))],
    ['between lists of words', many(50, () => ({ words: ['12'] }))],
    ['between documents in strings', many(50, () => '{"cvv":"731"}')],
    ['within a document in a string', JSON.stringify(many(50, () => 'call 212-555-0142'))],
  ];
  test.each(units)('%s', (_, document) => {
    const overdue = new Error('overdue');
    let calls = 0;
    const checkpoint = (): void => {
      if (++calls > 40) throw overdue;
    };
    expect(() => maskJson(JSON.stringify(document), {}, { checkpoint })).toThrow(overdue);
    calls = 0;
    expect(() => maskTranscript(document, {}, { checkpoint })).toThrow(overdue);
    // What was begun leaves nothing behind.
    expect(maskJson('{"a":"call 212-555-0142"}').json).toBe('{"a":"call [PHONE_MASKED]"}');
  });
});
