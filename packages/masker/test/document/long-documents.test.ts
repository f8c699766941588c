import { describe, expect, it } from 'vitest';
import { WINDOW_UNITS } from '../../src/prefilter/scanner/assembly/memory.ts';
import { maskJson, maskTranscript } from '../masker.ts';

/** Units before the end of a window in which the next one may begin. */
const MARGIN = 300;

const TAIL =
  '","quo\\"ted" : "she said \\"212 555 0142\\"", "ssn":"531-72-4409","n":[ 1,-0.5,1e5,true, null,{}],"phone":4155550132 ,' +
  '"offset":12,"": "", "\\u0061b":["my cell is 212 555 0142 ", "ok"],"deep":{"x":[["ana.lopez@example.org"]]}}';

const masked = (json: string) => JSON.parse(maskJson(json).json);
const expected = (json: string) => maskTranscript(JSON.parse(json)).value;

describe('a document longer than what is read at once', () => {
  it('is masked alike wherever the cut falls', () => {
    for (let padding = WINDOW_UNITS - TAIL.length - MARGIN; padding < WINDOW_UNITS + 4; padding++) {
      const json = `{"pad":"${'x'.repeat(padding)}${TAIL}`;
      const result = maskJson(json);
      if (result.counts.PHONE_NUMBER !== 3 || result.counts.US_SSN !== 1 || result.counts.EMAIL_ADDRESS !== 1)
        expect.fail(`at ${padding}: ${JSON.stringify(result.counts)}`);
    }
  });

  it.each([
    ['one text', JSON.stringify({ text: `${'so it goes, '.repeat(20_000)}call 212 555 0142` })],
    ['one text with escapes', JSON.stringify({ text: `${'"so\\" it goes, '.repeat(20_000)}call 212 555 0142` })],
    ['one name', JSON.stringify({ ['name '.repeat(30_000)]: 'call 212 555 0142' })],
    ['one number', `{"n":0.${'1'.repeat(100_000)},"text":"call 212 555 0142"}`],
    ['blanks', `{"text":${' '.repeat(100_000)}"call 212 555 0142"${'\n'.repeat(100_000)}}`],
    ['many names', JSON.stringify(Object.fromEntries(Array.from({ length: 20_000 }, (_, i) => [`k${i}`, `v ${i}`])))],
  ])('may be %s', (_, json) => {
    expect(masked(json)).toEqual(expected(json));
  });

  it.each([
    ['an open text', `{"text":"${'x'.repeat(100_000)}`],
    ['an open text with escapes', `{"text":"${'\\n'.repeat(100_000)}`],
    ['an open name', `{"${'x'.repeat(100_000)}`],
    ['an open list', `[${'1,'.repeat(100_000)}`],
    ['something after its end', `${JSON.stringify({ text: 'x'.repeat(100_000) })}}`],
  ])('is refused for %s', (_, json) => {
    expect(() => maskJson(json)).toThrow(SyntaxError);
  });
});

it('reads names by themselves, whatever names other documents had', () => {
  expect(masked('{"a\\":\\"b":1,"c":2}')).toEqual({ 'a":"b': 1, c: 2 });
  const json = '{"a":"b","c":"call 212 555 0142"}';
  expect(masked(json)).toEqual({ a: 'b', c: 'call [PHONE_MASKED]' });
});
