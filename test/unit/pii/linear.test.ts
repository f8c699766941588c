import { describe, expect, test } from 'vitest';
import { findLeaks } from '../../../lambdas/pii/leak-check.ts';
import { maskJson } from '../../../lambdas/pii/mask-json.ts';

const MEGABYTE = 1_000_000;
const fill = (piece: string): string => piece.repeat(Math.ceil(MEGABYTE / piece.length)).slice(0, MEGABYTE);

/** Inputs that make careless patterns quadratic: a quadratic rule needs minutes for one of them, not seconds. */
const HOSTILE: Record<string, string> = {
  'one letter': fill('a'),
  'signs of addresses': fill('@'),
  'letters and signs': fill('a@'),
  'labels without end': `a@${fill('a.')}`,
  'words at words': fill('at '),
  'dots as words': fill('a dot '),
  'spelled letters': fill('a b c '),
  digits: fill('1'),
  'digits and blanks': fill('1 '),
  'digits and dashes': fill('123-'),
  'digits and dots': fill('1.'),
  'number words': fill('four '),
  'number words and fillers': fill('four uh '),
  tens: fill('twenty five '),
  repeats: fill('double '),
  colons: fill(':'),
  'groups of hex': fill('ab:'),
  'open tags': fill('<'),
  'open tags with letters': fill('<a '),
  entities: fill('&#'),
  'percent signs': fill('%4'),
  'plus signs': fill('+1'),
  brackets: fill('('),
  'open placeholders': fill('[A'),
  passwords: fill('password '),
  'passwords that are': fill('password is '),
  'heads of account numbers': fill('GB82 '),
  months: fill('may 1 '),
  births: fill('born may '),
  vetoes: fill('order number '),
  'zero-width': fill('1\u200b'),
  'foreign digits': fill('९'),
  quotes: fill('"'),
  backslashes: fill('\\'),
  'line breaks': fill('1\n'),
  conversation: fill('so we talked about that for a while and it was fine, '),
  'phone numbers': fill('so my phone is 212 555 0142 and that is fine, '),
  addresses: fill('mail ana.lopez@example.org or ana at example dot org, '),
  cards: fill('the card is 4242 4242 4242 4242 and it expires 04/29, '),
  'account numbers': fill('GB82 WEST 1234 5698 7654 32 and GB82 TEST 1234 5698 7654 32, '),
  'social security numbers': fill('my social is 457-55-5462, no sorry, 457-55-5463. '),
  'network addresses': fill('from 192.0.2.17 or 2001:db8::17 or 192.0.2.18, '),
  birthdays: fill('I was born on July 22, 1980 and she on 3/4/1982. '),
  'tags in numbers': fill('212<b>-555</b>-0142 &#50;12 '),
  'document in a string': fill('{"a":'),
};

describe('one megabyte of', () => {
  test.each(Object.keys(HOSTILE))('%s', (name) => {
    const json = JSON.stringify({ text: HOSTILE[name] });
    const { json: masked } = maskJson(json);
    expect(findLeaks(masked)).toEqual([]);
  });
});

test('two hundred thousand turns of one digit each', () => {
  const json = JSON.stringify({
    segments: Array.from({ length: 100_000 }, (_, i) => ({
      speaker: i % 2 ? 'agent' : 'customer',
      text: i % 2 ? 'ok' : '12',
    })),
  });
  expect(() => maskJson(json)).not.toThrow();
});
