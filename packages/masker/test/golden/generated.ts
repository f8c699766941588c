/**
 * Documents drawn from lists that belong to the corpus alone: the masker's own words may change without changing what is
 * asked of it. A list here is not edited, or recorded cases vanish: new ones are drawn by a further shape.
 */
import type { JsonValue } from '../../src/model/pii-types.ts';
import { Random } from './random.ts';
import { drawValue } from './values.ts';

const ANNOUNCEMENTS = [
  'my number is',
  'call me at',
  'my cell is',
  'the phone number for the order is',
  'my social is',
  'last four of my social are',
  'ssn',
  'my itin is',
  'card number',
  'the visa ending in',
  'cvv is',
  'three digits on the back are',
  'expires',
  'it is good through',
  'my date of birth is',
  'born on',
  'my account number is',
  'checking account',
  'routing number is',
  'routing and account',
  'iban',
  'my pin is',
  'the code you sent me is',
  'verification code',
  'my password is',
  'password:',
  'email is',
  'my ip is',
  'national insurance number',
  'social insurance number is',
  'aadhaar',
  'passport number',
  'drivers license',
  'medicare number is',
  'the vin is',
  'license plate',
  'order number',
  'the tracking number is',
  'ticket',
  'invoice number',
  'version',
  'flight number',
  'room',
  'we waited for',
  'it costs',
  'about',
  'and',
  'yes it is',
  '',
] as const;

const AFTERWARDS = [
  '',
  '',
  '',
  ' thanks',
  ' that is my number',
  ' is my date of birth',
  ' dollars',
  '.',
  ' ok?',
] as const;

const QUESTIONS = [
  'what is your phone number?',
  'and your social please',
  'what are the last four?',
  'the three digits on the back?',
  'when does it expire?',
  'your date of birth please',
  'what is the code we texted you?',
  'what is your order number?',
  'can I have your email?',
  'account and routing number?',
  'password?',
  'may I have your iban?',
  'your passport number?',
  'okay',
  'go on',
] as const;

const NAMES = [
  'text',
  'note',
  'phone',
  'ssn',
  'cvv',
  'pin',
  'password',
  'dateOfBirth',
  'email',
  'orderNumber',
  'accountNumber',
  'contactId',
  'card',
  'value',
  'answer',
  'licensePlate',
] as const;

function sentence(random: Random): string {
  const parts = [`${random.of(ANNOUNCEMENTS)} ${drawValue(random)}${random.of(AFTERWARDS)}`.trim()];
  if (random.below(3) === 0) parts.push(`${random.of(ANNOUNCEMENTS)} ${drawValue(random)}`.trim());
  return parts.join(random.of([', ', ' ', '. ', '\n']));
}

function list<T>(random: Random, most: number, make: () => T): T[] {
  return Array.from({ length: 1 + random.below(most) }, make);
}

type Shape = (random: Random) => JsonValue;

const SHAPES: readonly Shape[] = [
  sentence,
  (random) => ({
    segments: list(random, 6, () =>
      random.below(2) === 0
        ? { speaker: 'agent', text: random.of(QUESTIONS) }
        : { speaker: 'customer', text: random.below(2) === 0 ? drawValue(random) : sentence(random) },
    ),
  }),
  (random) => ({
    segments: list(random, 3, () => {
      const text = sentence(random);
      return { text, words: text.split(' ').map((word, index) => ({ text: word, startMs: index * 40 })) };
    }),
  }),
  (random) => Object.fromEntries(list(random, 5, () => [random.of(NAMES), drawValue(random)])),
  (random) => ({ items: list(random, 4, () => ({ name: random.of(NAMES), value: drawValue(random) })) }),
  (random) => ({
    [random.of(NAMES)]: Number(random.digits(10)),
    payload: JSON.stringify({ [random.of(NAMES)]: drawValue(random) }),
  }),
  (random) => {
    let offset = 0;
    const blocks = list(random, 4, () => {
      const text = sentence(random);
      const block = { offset, length: text.length, text };
      offset += text.length + 1;
      return block;
    });
    return { blocks };
  },
  (random) => {
    const text = sentence(random);
    return {
      from: drawValue(random),
      subject: sentence(random),
      html: `<p>${text.replace(' ', ' <b>')}</b></p>`,
      [text]: 1,
    };
  },
];

/** So many documents of each shape. */
const DOCUMENTS = 120;

/** The generated documents as JSON texts, the same in every run. */
export function* generatedDocuments(): Generator<string> {
  for (const [index, shape] of SHAPES.entries())
    for (let seed = 0; seed < DOCUMENTS; seed++) yield JSON.stringify(shape(new Random(index * 10_000 + seed)));
}
