/**
 * One cheap pass over a suspicious text that tells the ordinary numbers of conversation ("order 4471220", "$84.50",
 * "at 10:30") from those worth taking apart.
 */
import { phrases } from './lexicon.ts';
import type { TermKind } from './vocabulary.ts';

/** Take the text apart. */
export const MATTERS = 2;
/** Only words of other turns, or digits that go on in them, could make something of it. */
export const DEPENDS = 1;
/** Like {@link DEPENDS}, with a run of digits long enough for a phone or an account. */
export const DEPENDS_LONG = 3;
export const HARMLESS = 0;
export type Glance = typeof MATTERS | typeof DEPENDS | typeof DEPENDS_LONG | typeof HARMLESS;

/** Words too common to stand for a phrase: another word of the phrase stands for it. */
const COMMON = new Set(
  'back last the my a an of to on is me your it i and in at for from with was were that you us him her them back number numbers no best home work office front good new other full first last three four five six nine ten sixteen fifteen eight 3 4 5 6 8 15 16 digit digits one two month year day security'.split(
    ' ',
  ),
);

/** Digits that may be something without a word to say so: a phone number, an SSN, a card. */
const TELLING_DIGITS = 9;
/** Digits that "number", "phone" or "account" make something of. */
const WEAK_DIGITS = 6;
/** Gap between digits that may still belong together. */
const LONGEST_GAP = 12;

const ARMING = 1;
const WEAK = 2;
const NUMBER_WORD = 4;
const ADDRESS_WORD = 8;
const RELEASING = 16;
/** The word before decides, too: "last four", "the back". */
const PAIRED = 32;
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
  IP: 0,
  MAC: 0,
  VIN: 0,
  PLATE: 0,
  MEDICARE: 0,
  NINO: 0,
  VETO: RELEASING,
  UNIT: 0,
};

/** Hash table of words: full hashes and bits side by side, open addressing. */
const TABLE_SIZE = 1 << 13;
const HASHES = new Int32Array(TABLE_SIZE);
const BITS = new Uint8Array(TABLE_SIZE);
buildTable();

function hashWord(word: string): number {
  let hash = 0;
  for (let i = 0; i < word.length; i++) hash = (hash * 33 + (word.charCodeAt(i) | 0x20)) | 0;
  return hash;
}

function pairHash(before: number, hash: number): number {
  return (Math.imul(before, 31) ^ hash) | 0;
}

/** What is known about the word with this hash; 0 for nothing. */
function bitsOf(hash: number): number {
  let slot = (hash ^ (hash >>> 13)) & (TABLE_SIZE - 1);
  while (BITS[slot] !== 0) {
    if (HASHES[slot] === hash) return BITS[slot] ?? 0;
    slot = (slot + 1) & (TABLE_SIZE - 1);
  }
  return 0;
}

function buildTable(): void {
  const mark = (word: string, bit: number): void => markHash(hashWord(word), bit);
  const markHash = (hash: number, bit: number): void => {
    let slot = (hash ^ (hash >>> 13)) & (TABLE_SIZE - 1);
    while (BITS[slot] !== 0 && HASHES[slot] !== hash) slot = (slot + 1) & (TABLE_SIZE - 1);
    HASHES[slot] = hash;
    BITS[slot] = (BITS[slot] ?? 0) | bit;
  };
  const all = [...phrases()].sort(([, a], [, b]) => a.length - b.length);
  const keys = new Map<string, number>();
  for (const [kind, words] of all) {
    const bit = BIT_OF_KIND[kind] ?? ARMING;
    if (bit === 0 || words.some((word) => ((keys.get(word) ?? 0) & bit) !== 0)) continue;
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
  for (const word of 'dot arroba gmail yahoo hotmail outlook icloud'.split(' ')) mark(word, ADDRESS_WORD);
  const numberWords =
    'zero oh one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety double triple treble hundred nought naught';
  for (const word of numberWords.split(' ')) mark(word, NUMBER_WORD);
}

const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39;

/** Glances at a text; `armed` when other turns or the key ask for something. */
export function glance(text: string, armed = false): Glance {
  const { length } = text;
  let bits = 0;
  let numberWords = 0;
  let digits = 0;
  let run = 0;
  let longestRun = 0;
  let lastDigit = -100;
  let dots = 0;
  let colons = 0;
  let lastHash = 0;
  let at = 0;
  while (at < length) {
    let code = text.charCodeAt(at);
    const lower = code | 0x20;
    if (lower >= 0x61 && lower <= 0x7a) {
      let hash = 0;
      const start = at;
      do {
        hash = (hash * 33 + (code | 0x20)) | 0;
        code = text.charCodeAt(++at);
        if (code === 0x27 || code === 0x2019) code = text.charCodeAt(++at);
      } while ((code | 0x20) >= 0x61 && (code | 0x20) <= 0x7a);
      let found = bitsOf(hash);
      if (found !== 0) {
        if ((found & PAIRED) !== 0) found |= bitsOf(pairHash(lastHash, hash));
        bits |= found;
        if ((found & NUMBER_WORD) !== 0) numberWords++;
      }
      lastHash = hash;
      // "GB82 WEST…": an account number begins like this.
      if (at - start === 2 && isDigit(code) && isDigit(text.charCodeAt(at + 1))) return MATTERS;
      continue;
    }
    if (isDigit(code)) {
      const start = at;
      do code = text.charCodeAt(++at);
      while (isDigit(code));
      if (code === 0x3a || text.charCodeAt(start - 1) === 0x3a) {
        lastDigit = at;
        continue;
      }
      // "1Z12345E0205271688": digits inside a code.
      const count = isCode(text, start) ? 0 : at - start;
      digits += count;
      if (start - lastDigit <= LONGEST_GAP) {
        run += count;
        if (start - lastDigit === 1 && text.charCodeAt(start - 1) === 0x2e) dots++;
        else dots = 0;
      } else {
        run = count;
        dots = 0;
      }
      lastDigit = at;
      if (run > longestRun) longestRun = run;
      if (dots >= 3) return MATTERS;
      continue;
    }
    if (code === 0x40 || code === 0x2b || code === 0x25 || (code === 0x3c && length > at + 2)) {
      if (code !== 0x25 || (length > at + 2 && !isBlank(text.charCodeAt(at + 1)))) return MATTERS;
    } else if (code === 0x26) {
      const next = text.charCodeAt(at + 1) | 0x20;
      if (next === 0x23 || (next >= 0x61 && next <= 0x7a)) return MATTERS;
    } else if (code === 0x3a) {
      if (text.charCodeAt(at + 1) === 0x3a) return MATTERS;
      colons++;
    } else if (code >= 0xa0 && code !== 0xa0 && (code < 0xc0 || code > 0x24f) && (code < 0x2010 || code > 0x2027))
      return MATTERS;
    at++;
  }
  if (numberWords >= 2 || longestRun >= TELLING_DIGITS || colons >= 6) return MATTERS;
  if ((bits & ARMING) !== 0 || armed) return MATTERS;
  if ((bits & WEAK) !== 0 && longestRun >= WEAK_DIGITS) return MATTERS;
  if ((bits & ADDRESS_WORD) !== 0 || (longestRun < 3 && text.includes('.') && numberWords === 0 && digits === 0))
    return MATTERS;
  if (longestRun >= WEAK_DIGITS) return DEPENDS_LONG;
  return longestRun >= 3 || numberWords > 0 ? DEPENDS : HARMLESS;
}

/** A letter right before the digits, and a digit before that letter. */
function isCode(text: string, start: number): boolean {
  const before = text.charCodeAt(start - 1) | 0x20;
  return before >= 0x61 && before <= 0x7a && isDigit(text.charCodeAt(start - 2));
}

function isBlank(code: number): boolean {
  return Number.isNaN(code) || code <= 0x20 || code === 0x2c || code === 0x2e;
}

/** Bits of {@link asks}: it names something short, it names a phone or an account, it talks about orders and the like. */
export const ASKS_SHORT = ARMING;
export const ASKS_LONG = WEAK;
export const RELEASES = RELEASING;

/** What a text asks for, which the next turns may answer; 0 for nothing. */
export function asks(text: string): number {
  const { length } = text;
  let bits = 0;
  let lastHash = 0;
  for (let at = 0; at < length; ) {
    let code = text.charCodeAt(at);
    if (code >= 0x250) return ARMING | WEAK;
    if ((code | 0x20) < 0x61 || (code | 0x20) > 0x7a) {
      at++;
      continue;
    }
    let hash = 0;
    do {
      hash = (hash * 33 + (code | 0x20)) | 0;
      code = text.charCodeAt(++at);
      if (code === 0x27 || code === 0x2019) code = text.charCodeAt(++at);
    } while ((code | 0x20) >= 0x61 && (code | 0x20) <= 0x7a);
    const found = bitsOf(hash);
    bits |= (found & PAIRED) === 0 ? found : found | bitsOf(pairHash(lastHash, hash));
    lastHash = hash;
  }
  return bits & (ARMING | WEAK | RELEASING);
}
