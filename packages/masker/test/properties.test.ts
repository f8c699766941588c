import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findLeaks } from '../src/leak-check/leak-check.ts';
import type { FindingCounts, JsonValue } from '../src/model/pii-types.ts';
import {
  mixedDocument,
  mixedText,
  PEOPLE_AND_PLACES,
  PLANTS,
  peopleDocument,
  safeDocument,
  safeText,
  TOLD,
} from './arbitraries.ts';
import { maskJson, maskText, maskTranscript } from './masker.ts';

const plant = fc.constantFrom(...PLANTS);

describe('masking', () => {
  test('changes nothing the second time', () => {
    fc.assert(
      fc.property(mixedDocument, (document) => {
        const once = maskJson(JSON.stringify(document)).json;
        expect(maskJson(once).json).toBe(once);
      }),
      { numRuns: 400 },
    );
  });

  test('changes nothing in a document without personal data', () => {
    fc.assert(
      fc.property(safeDocument, (document) => {
        const json = JSON.stringify(document);
        expect(maskJson(json).json).toBe(json);
        expect(maskTranscript(document).value).toEqual(document);
      }),
      { numRuns: 400 },
    );
  });

  test('does the same to a tree and to its text', () => {
    fc.assert(
      fc.property(mixedDocument, (document) => {
        const tree = maskTranscript(document);
        const text = maskJson(JSON.stringify(document));
        expect(JSON.parse(text.json)).toEqual(tree.value);
        const counts: FindingCounts = {};
        for (const { type } of tree.findings) counts[type] = (counts[type] ?? 0) + 1;
        expect(text.counts).toEqual(counts);
      }),
      { numRuns: 800 },
    );
  });

  test('leaves no leak that the second detector knows', () => {
    fc.assert(
      fc.property(mixedDocument, (document) => {
        expect(findLeaks(maskJson(JSON.stringify(document)).json)).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });

  test('leaves the input as it was', () => {
    fc.assert(
      fc.property(mixedDocument, (document) => {
        const before = JSON.stringify(document);
        maskTranscript(document);
        expect(JSON.stringify(document)).toBe(before);
      }),
    );
  });

  test('reports spans of the original, in order and apart', () => {
    fc.assert(
      fc.property(mixedText, (text) => {
        let last = 0;
        for (const { start, end } of maskTranscript(text).findings) {
          expect(start).toBeGreaterThanOrEqual(last);
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual(text.length);
          last = end;
        }
      }),
      { numRuns: 400 },
    );
  });
});

describe('a planted value never survives', () => {
  const carriers: Record<string, (value: string, around: string) => JsonValue> = {
    'a string': (value) => value,
    'a sentence': (value, around) => `${around} ${value} ${around}`,
    'a deep place': (value) => ({ a: [[{ b: { c: [value] } }]] }),
    'a key': (value) => ({ people: { [value]: { role: 'customer' } } }),
    'a segment with words': (value, around) => ({
      segments: [
        {
          speaker: 'customer',
          text: `${around} ${value}`,
          words: `${around} ${value}`.split(' ').map((word, i) => ({ text: word, startMs: i })),
        },
      ],
    }),
    'blocks of a word': (value, around) => ({
      blocks: `well hello there ${around} ${value}`
        .split(' ')
        .map((text, i) => ({ text, channelName: 'CLIENT', offset: i })),
    }),
    markup: (value, around) => ({ html: `<p>${around} <b>${value}</b></p>` }),
    'a document in a string': (value) => ({ payload: JSON.stringify({ inner: value }) }),
    'an alternative': (value, around) => ({ alternatives: [{ transcript: `${around} ${value}`, confidence: 0.9 }] }),
    'an annotation': (value) => ({ annotations: [{ type: 'entity', value, displayText: value, offset: 3 }] }),
  };

  test.each(Object.keys(carriers))('in %s', (carrier) => {
    fc.assert(
      fc.property(plant, safeText, ({ value, secret }, around) => {
        const json = JSON.stringify(carriers[carrier]?.(value, around) ?? null);
        const masked = maskJson(json).json;
        expect(masked).not.toContain(secret);
        expect(masked).not.toContain(secret.replaceAll(/[ -]/g, ''));
      }),
    );
  });

  test.each(Object.keys(carriers).filter((carrier) => carrier !== 'a key'))(
    'in %s, when words tell what it is',
    (carrier) => {
      fc.assert(
        fc.property(fc.constantFrom(...TOLD), safeText, ({ name, value }, around) => {
          const json = JSON.stringify(carriers[carrier]?.(`my ${name} is ${value}`, around) ?? null);
          expect(maskJson(json).json).not.toContain(value);
        }),
      );
    },
  );

  const messages: Record<string, (text: string) => JsonValue> = {
    text: (text) => ({ text }),
    'content.text': (text) => ({ content: { text } }),
    'content[].text': (text) => ({ content: [{ type: 'text', text }] }),
    'payload in messageContent': (text) => ({ messageContent: { type: 'TEXT', payload: { text } } }),
  };

  test.each(Object.keys(messages))('in %s of a message, when it was asked for', (shape) => {
    fc.assert(
      fc.property(
        fc.constantFrom(...TOLD),
        fc.constantFrom('', ' so I can place your order', "? I'll pull up your policy", '? take your time'),
        fc.array(fc.constantFrom('sure', 'one second', 'okay', 'mm-hm'), { maxLength: 2 }),
        fc.constantFrom('', 'it is ', "it's ", 'yes, '),
        ({ name, value }, after, delays, before) => {
          const turns = [`what is your ${name.replace(/ your /, ' the ')}${after}`, ...delays, `${before}${value}`];
          const json = JSON.stringify({
            messages: turns.map((text, i) => ({
              from: i === 0 ? 'agent' : 'customer',
              ...(messages[shape]?.(text) as object),
            })),
          });
          expect(maskJson(json).json).not.toContain(value);
        },
      ),
      { numRuns: 300 },
    );
  });

  test('with zero-width characters inside', () => {
    fc.assert(
      fc.property(plant, fc.constantFrom('\u200b', '\u200d', '\u2060', '\ufeff'), ({ value, secret }, invisible) => {
        const hidden = value.replace(/[.@ -]/, (sign) => `${invisible}${sign}${invisible}`);
        expect(maskText(hidden).replaceAll(invisible, '')).not.toContain(secret);
      }),
    );
  });

  const SPOKEN = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];
  test('when its digits are spoken', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('2125550142', '4242424242424242'),
        fc.constantFrom(' ', ', ', ' uh '),
        (digits, between) => {
          const spoken = [...digits].map((digit) => SPOKEN[Number(digit)]).join(between);
          const masked = maskText(`my card or phone is ${spoken} okay`);
          for (const word of new Set([...digits].map((digit) => SPOKEN[Number(digit)] ?? '')))
            expect(masked).not.toMatch(new RegExp(`\\b${word}\\b`));
        },
      ),
    );
  });

  test('when it is split over turns', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 3, max: 7 }),
        fc.constantFrom('mm-hm', 'okay', 'go on', 'yes'),
        (cut, acknowledgement) => {
          const digits = '2125550142';
          const segments = [
            { speaker: 'customer', text: `my number is ${digits.slice(0, cut)}` },
            { speaker: 'agent', text: acknowledgement },
            { speaker: 'customer', text: digits.slice(cut) },
          ];
          const { json } = maskJson(JSON.stringify({ segments }));
          expect(json).not.toContain(digits.slice(0, cut));
          expect(json).not.toContain(digits.slice(cut));
        },
      ),
    );
  });
});

describe('a name or an address never survives', () => {
  const told = fc.constantFrom(...PEOPLE_AND_PLACES);

  test('in a text, in upper and lower case, with invisible characters in it', () => {
    fc.assert(
      fc.property(
        told,
        safeText,
        safeText,
        fc.constantFrom('as it is', 'lower', 'upper', 'hidden'),
        ({ value, secret }, before, after, form) => {
          const said = form === 'lower' ? value.toLowerCase() : form === 'upper' ? value.toUpperCase() : value;
          const text = form === 'hidden' ? said.replace(secret, `${secret[0]}\u200b${secret.slice(1)}`) : said;
          const masked = maskText(`${before}. ${text}. ${after}`).toLowerCase().replaceAll('\u200b', '');
          expect(masked).not.toContain(secret.toLowerCase());
        },
      ),
      { numRuns: 400 },
    );
  });

  test('and what is left says nothing new the second time', () => {
    fc.assert(
      fc.property(peopleDocument, (document) => {
        const once = maskJson(JSON.stringify(document)).json;
        expect(maskJson(once).json).toBe(once);
        expect(maskTranscript(document).value).toEqual(JSON.parse(once));
      }),
      { numRuns: 400 },
    );
  });

  test('in labelled lines of one text', () => {
    fc.assert(
      fc.property(told, safeText, ({ value, secret }, around) => {
        const masked = maskText(`Agent: ${around}\nCustomer: ${value}\nAgent: ${around}`);
        expect(masked).not.toContain(secret);
      }),
    );
  });
});
