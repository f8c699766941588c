/** Values of the generated documents: personal ones with and without their check digits, and what looks like them. */
import type { Random } from './random.ts';

type Maker = (random: Random) => string;

const PATTERNS = [
  '(2##) 555-01##',
  '2##-555-01##',
  '646.555.01##',
  '21255501##',
  '1-800-555-01##',
  '+44 7700 900###',
  '+1212555####',
  '020 7946 0###',
  '###-##-####',
  '### ## ####',
  '219-##-####',
  '9##-7#-####',
  '9##-9#-####',
  '#########',
  '02#######',
  '####-####-#',
  '4### #### #### ####',
  '4###############',
  '51##############',
  '3### ###### #####',
  '6011-####-####-####',
  '####',
  '###',
  '##',
  '######',
  '########',
  '##############',
  '#### ####',
  '##/##',
  '0#/2#',
  '0#/1#/19##',
  '19##-0#-1#',
  '1#.0#.19##',
  '*#### ',
  'xxxx-xxxx-xxxx-####',
  '10.0.#.##',
  '203.0.113.#',
  '2001:db8::#',
  'GB## WEST #### #### #### ##',
  'DE####################',
  '?? ## ## ## ?',
  'AB######C',
  '#?A#-?F#-?Y##',
  '1HGCM82633A######',
  'C########',
  '0#:1#:2b:3c:4d:5e',
  '2### #### ####',
  '#-###-#####-#',
  '???-####',
  '$1,###.##',
  '10:#5',
  '1Z###########',
  '#?#?#?#?#?#?',
  'V#.#.##',
] as const;

const WORDS = [
  'ana.lopez@example.org',
  'k jones at acme dot example dot com',
  'rosa (at) example (dot) net',
  'a n a dot l o p e z at gmail dot com',
  'bluebird',
  'Harbor#42',
  'hunter two two',
  'july twenty second nineteen eighty',
  'the third of may',
  'March 1975',
  'april twenty twenty nine',
  'forty five dollars',
  'half past nine',
  'g b eight two w e s t one two three four five six nine eight seven six five four three two',
  'one ninety two dot zero dot two dot seventeen',
  '4242 4242 4242 4242',
  '4242424242424241',
  '3714 496353 98431',
  '021000021',
  '021000022',
  '457-55-5462',
  'GB82 WEST 1234 5698 7654 32',
  'GB82 WEST 1234 5698 7654 33',
  'NL91ABNA0417164300',
  '1EG4-TE5-MK73',
  '046 454 286',
  '2341 2341 2346',
  '1M8GDM9AXKP042788',
  '２１２-５５５-０１４２',
  '212\u200b-555-0142',
  'ana&#64;example.org',
  '[PHONE_MASKED]',
] as const;

const SPOKEN = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'] as const;
const TENS = ['twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'] as const;

const spoken: Maker = (random) => {
  const count = random.of([3, 4, 4, 6, 9, 10, 10, 16]);
  const between = random.of([' ', ' ', ' ', ', ', ' uh ', ' um okay ']);
  const zero = random.of(['zero', 'oh', 'o', 'oh']);
  const words: string[] = [];
  for (let digit = 0; digit < count; digit++) {
    const word = SPOKEN[random.below(10)] ?? 'one';
    const form = random.below(12);
    if (form === 0) words.push('double', word);
    else if (form === 1) words.push(TENS[random.below(8)] ?? 'forty', SPOKEN[1 + random.below(9)] ?? 'one');
    else words.push(word === 'zero' ? zero : word);
  }
  return words.join(between);
};

const MAKERS: readonly [Maker, ...Maker[]] = [
  (random) => random.shaped(random.of(PATTERNS)),
  (random) => random.shaped(random.of(PATTERNS)),
  (random) => random.of(WORDS),
  spoken,
];

/** A value: a pattern with digits of its own, a fixed one, or digits that are spoken. */
export function drawValue(random: Random): string {
  return random.of(MAKERS)(random);
}
