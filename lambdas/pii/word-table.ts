/** One look-up per word for the passes that only glance at a text: what a word may mean, as bits. */
import { phrases } from './lexicon.ts';
import type { TermKind } from './vocabulary.ts';

/** Announces something short or telling: a card, a birthday, a code. */
export const ARMING = 1;
/** Announces something long: a phone number, an account. */
export const WEAK = 2;
export const NUMBER_WORD = 4;
/** A part of an address: "dot", "gmail". */
export const ADDRESS_WORD = 8;
/** Talks about orders, versions, prices and the like; the word alone does. */
export const RELEASING = 16;
/** A word of a phrase that does, or of one that has no bit of its own. */
export const MAYBE_RELEASING = 512;
/** The word before decides, too: "last four", "the back". Ask {@link pairBitsOf}. */
export const PAIRED = 32;
/** May stand for zero between number words: "o", "oh". */
export const ZERO_WORD = 64;
/** May stand between two number words: "um", "and". */
export const HESITATION = 128;
/** Announces a value that may come without any digit: a password, a spoken date, an address. */
export const OPENING = 256;

/** A month or a day of it: with a number word or another of its kind it may be a date. */
export const CALENDAR_WORD = 1024;

const NUMBER_WORDS =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen forteen fifteen sixteen seventeen eighteen nineteen ' +
  'twenty thirty forty fourty fifty sixty seventy eighty ninety double triple treble quadruple nought naught hundred';
const HESITATIONS = 'uh uhh uhm uhhh um umm ummm er erm and then dash hyphen space so okay ok like of';
const CALENDAR_WORDS =
  'january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec ' +
  'first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth ' +
  'eighteenth nineteenth twentieth thirtieth';
const OPENING_WORDS =
  'password passwords passwort passwd passphrase passphrases passport passports pwd birth births birthday birthdays birthdate birthdates ' +
  'birthplace born bday bdays dob dobs dot dots dotcom arroba memorable pw secret answer answers answered gmail yahoo hotmail';

/** Words too common to stand for a phrase: another word of the phrase stands for it. */
const COMMON = new Set(
  'back last the my a an of to on is me your it i and in at for from with was were that you us him her them back number numbers no best home work office front good new other full first last three four five six nine ten sixteen fifteen eight 3 4 5 6 8 15 16 digit digits one two month year day security'.split(
    ' ',
  ),
);

/** Kinds that matter beside long runs only, that name addresses, that release; all others arm. */
const BIT_OF_KIND: Partial<Record<TermKind, number>> = {
  NUMBER: WEAK,
  PHONE: WEAK,
  TAX: WEAK,
  BANK: WEAK,
  ROUTING: WEAK,
  SIN: WEAK,
  AADHAAR: WEAK,
  PASSPORT: WEAK,
  LICENSE: WEAK,
  EMAIL: ADDRESS_WORD,
  IBAN: ADDRESS_WORD,
  IP: MAYBE_RELEASING,
  MAC: MAYBE_RELEASING,
  VIN: MAYBE_RELEASING,
  PLATE: MAYBE_RELEASING,
  MEDICARE: MAYBE_RELEASING,
  NINO: MAYBE_RELEASING,
  VETO: RELEASING,
  UNIT: 0,
};

/** Hash table of words: full hashes and bits side by side, open addressing; a quarter of it is taken. */
const TABLE_SIZE = 1 << 12;
const HASHES = new Int32Array(TABLE_SIZE);
const BITS = new Uint16Array(TABLE_SIZE);
buildTable();

/** The hash of a word goes on with its next letter; `code` is an ASCII letter in either case. */
export function extendHash(hash: number, code: number): number {
  return (Math.imul(hash, 33) + (code | 0x20)) | 0;
}

/** What is known about the word with this hash; 0 for nothing. */
export function bitsOf(hash: number): number {
  let slot = (hash ^ (hash >>> 13)) & (TABLE_SIZE - 1);
  let bits = BITS[slot] ?? 0;
  while (bits !== 0) {
    if (HASHES[slot] === hash) return bits;
    slot = (slot + 1) & (TABLE_SIZE - 1);
    bits = BITS[slot] ?? 0;
  }
  return 0;
}

/** What is known about two words in a row, given their hashes. */
export function pairBitsOf(before: number, hash: number): number {
  return bitsOf(pairHash(before, hash));
}

function pairHash(before: number, hash: number): number {
  return (Math.imul(before, 31) ^ hash) | 0;
}

function hashWord(word: string): number {
  let hash = 0;
  for (let i = 0; i < word.length; i++) hash = extendHash(hash, word.charCodeAt(i));
  return hash;
}

function buildTable(): void {
  const markHash = (hash: number, bit: number): void => {
    let slot = (hash ^ (hash >>> 13)) & (TABLE_SIZE - 1);
    while (BITS[slot] !== 0 && HASHES[slot] !== hash) slot = (slot + 1) & (TABLE_SIZE - 1);
    HASHES[slot] = hash;
    BITS[slot] = (BITS[slot] ?? 0) | bit;
  };
  const mark = (words: string, bit: number): void => {
    for (const word of words.split(' ')) markHash(hashWord(word), bit);
  };
  const all = [...phrases()].sort(([, a], [, b]) => a.length - b.length);
  const keys = new Map<string, number>();
  for (const [kind, words] of all) {
    const kindBit = BIT_OF_KIND[kind] ?? ARMING;
    const bit = kindBit === RELEASING && words.length > 1 ? MAYBE_RELEASING : kindBit;
    if (bit === 0 || words.some((word) => ((keys.get(word) ?? 0) & (bit | kindBit)) !== 0)) continue;
    const key = words.findLast((word) => !COMMON.has(word));
    const [before = '', last = ''] = words.slice(-2);
    if (key === undefined && words.length > 1 && /^[a-z]+$/.test(last)) {
      keys.set(last, (keys.get(last) ?? 0) | PAIRED);
      markHash(pairHash(hashWord(before), hashWord(last)), bit);
      continue;
    }
    const single = key ?? words.toSorted((a, b) => b.length - a.length)[0] ?? '';
    keys.set(single, (keys.get(single) ?? 0) | bit);
  }
  for (const [word, bits] of keys) mark(word, bits);
  mark('dot arroba gmail yahoo hotmail outlook icloud', ADDRESS_WORD);
  mark(NUMBER_WORDS, NUMBER_WORD);
  mark('o oh', ZERO_WORD);
  mark(HESITATIONS, HESITATION);
  mark(CALENDAR_WORDS, CALENDAR_WORD);
  mark(OPENING_WORDS, OPENING);
}
