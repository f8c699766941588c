import { describe, expect, it, test } from 'vitest';
import { TEXT_UNITS } from '../../../lambdas/pii/assembly/memory.ts';
import { DEPENDS, lookAt, MATTERS, SUSPICIOUS } from '../../../lambdas/pii/gates.ts';
import { maskJson } from '../../../lambdas/pii/mask-json.ts';
import { WASM } from '../../../lambdas/pii/scanner-wasm.ts';
import { compileScanner } from '../../../scripts/scanner/compile.ts';

test('the bytes of the scanner are those of its source', async () => {
  const bytes = Buffer.from(await compileScanner()).toString('base64');
  expect(bytes === WASM, 'Run `npm run wasm`.').toBe(true);
});

describe('the gates', () => {
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

it('follows containers as deep as they go', () => {
  const depth = 200_000;
  const json = `${'[{"a":'.repeat(depth)}"call 212 555 0142"${'}]'.repeat(depth)}`;
  expect(maskJson(json).json).toBe(json.replace('212 555 0142', '[PHONE_MASKED]'));
  expect(maskJson('{"a":"call 212 555 0142"}').counts).toEqual({ PHONE_NUMBER: 1 });
});
