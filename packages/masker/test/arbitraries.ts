import fc from 'fast-check';
import type { JsonValue } from '../src/model/pii-types.ts';

/** Values that must be found wherever they stand: each with the text that may not survive. */
export const PLANTS = [
  { value: 'ana.lopez@example.org', secret: 'ana.lopez' },
  { value: '+1 212 555 0142', secret: '555 0142' },
  { value: '4242 4242 4242 4242', secret: '4242 4242' },
  { value: '457-55-5462', secret: '55-5462' },
  { value: 'GB82 WEST 1234 5698 7654 32', secret: '5698 7654' },
] as const;

/** Names and addresses that must be found in whatever text. */
export const PEOPLE_AND_PLACES = [
  { value: 'my name is Rosalind Okonkwo', secret: 'Okonkwo' },
  { value: 'this is marcus lindqvist calling', secret: 'lindqvist' },
  { value: 'I live at 2418 Maple Ridge Road', secret: 'Maple Ridge' },
  { value: 'it is seven oh four cedar avenue', secret: 'cedar' },
] as const;

/** Values that are personal by what is said of them. */
export const TOLD = [
  { name: 'cvv', value: '731' },
  { name: 'pin', value: '4815' },
  { name: 'verification code', value: '551029' },
  { name: 'date of birth', value: '07/22/1980' },
  { name: 'password', value: 'bluebird99' },
  { name: 'account number', value: '000123456789' },
  { name: 'routing number', value: '021000021' },
  { name: 'expiry date', value: '04/29' },
  { name: 'last four of your social', value: '5462' },
  { name: 'last four of your card', value: '4242' },
] as const;

const SAFE_WORDS = [
  'hello',
  'thanks',
  'router',
  'weekend',
  'blinking',
  'sure',
  'okay',
  'maybe',
  'screen',
  'later',
  'settings',
  'Tuesday',
];

/** Sentences without any number or address. */
export const safeText = fc.array(fc.constantFrom(...SAFE_WORDS), { maxLength: 8 }).map((words) => words.join(' '));

const safeKey = fc.constantFrom(
  'a',
  'b',
  'note',
  'text',
  'speaker',
  'inner',
  'list',
  'constructor',
  '__proto__',
  'toString',
  'tab\t',
  'quote"',
  'é',
  '漢',
);

/** Documents that hold nothing personal: numbers are measures. */
export const safeDocument: fc.Arbitrary<JsonValue> = fc.letrec<{ node: JsonValue }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    safeText,
    fc.constantFrom<JsonValue>(true, false, null, 0, -1, 0.25, 1e21),
    fc.array(tie('node'), { maxLength: 4 }),
    fc.uniqueArray(fc.tuple(safeKey, tie('node')), { maxLength: 4, selector: ([key]) => key }).map((members) => {
      const object = {};
      for (const [key, value] of members)
        Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
      return object as JsonValue;
    }),
  ),
})).node;

const PIECES = [
  'my number is ',
  '212-555-0142',
  ' card ',
  '4242 4242 4242 4242',
  '457-55-5462',
  'ssn',
  'order number 4471220',
  'ana@example.org',
  ' at gmail dot com',
  'two one two five five five oh one four two',
  ' ',
  '. ',
  '42',
  '555',
  '0142',
  'cvv 123',
  'born July 4 1980',
  '+44 20 7946 0018',
  '"',
  '\\',
  '\n',
  '\u200b',
  'é',
  '１２',
  '&#64;',
  '%40',
  '<b>',
  '</b>',
  'what is your pin?',
  '4815',
  'yes',
  'password: tulip',
  '10.0.0.7',
];

/** Texts that mix personal data, ordinary numbers and awkward characters. */
export const mixedText = fc.array(fc.constantFrom(...PIECES), { maxLength: 6 }).map((pieces) => pieces.join('; '));

/** Documents of mixed texts in the shapes of transcripts. */
export const mixedDocument: fc.Arbitrary<JsonValue> = fc.oneof(
  fc
    .array(fc.record({ speaker: fc.constantFrom('agent', 'customer'), text: mixedText, offset: fc.nat(999) }), {
      maxLength: 6,
    })
    .map((segments) => ({ segments })),
  fc
    .array(
      fc.record({
        text: mixedText,
        words: fc.array(
          fc.record({
            text: fc.constantFrom('my', 'four', 'one', 'five', '212', '555', '0142', 'ssn'),
            startMs: fc.nat(),
          }),
          { maxLength: 12 },
        ),
      }),
      { maxLength: 3 },
    )
    .map((segments) => ({ segments })),
  fc.record({
    from: mixedText,
    subject: mixedText,
    body: mixedText,
    phone: fc.oneof(mixedText, fc.nat(9_999_999_999), fc.array(fc.nat(9_999_999_999), { maxLength: 3 })),
  }),
  fc.dictionary(mixedText, mixedText, { maxKeys: 4 }),
  fc.array(mixedText, { maxLength: 6 }),
  fc.record({ name: fc.constantFrom('orderNumber', 'phone', 'cvv'), value: fc.oneof(mixedText, fc.nat(9999)) }),
  mixedText.map((text) => ({ payload: JSON.stringify({ text, ssn: 457555462 }) })),
);

const SAID_OF_PEOPLE = [
  'my name is Sarah Lindqvist',
  'this is tom calling',
  'Lindqvist',
  'may I have your name?',
  'l i n d q v i s t',
  '12 Elm Street, Springfield',
  'what is your address?',
  'elm street',
  'Regards,\nPetra',
  'Grace Stone',
  'the stone is grey',
  'four two one',
  '12 Elm Street, Springfield, OH 45501',
  'ana@example.org',
  '212-555-0142',
  'hello',
  'yes',
  '\n',
  'José',
];

/** Conversations about names and addresses. */
export const peopleDocument: fc.Arbitrary<JsonValue> = fc.record({
  customerName: fc.constantFrom('Sarah Lindqvist', 'Grace Stone', 'AGENT', ''),
  segments: fc.array(
    fc.record({
      speaker: fc.constantFrom('agent', 'customer'),
      text: fc.array(fc.constantFrom(...SAID_OF_PEOPLE), { maxLength: 4 }).map((pieces) => pieces.join('. ')),
    }),
    { maxLength: 6 },
  ),
});
