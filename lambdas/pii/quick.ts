/**
 * One cheap pass over a suspicious text that tells the ordinary numbers of conversation ("order 4471220", "$84.50",
 * "at 10:30") from those worth taking apart.
 */
import { lookUp, phrases } from './lexicon.ts';

/** Take the text apart. */
export const MATTERS = 2;
/** Only words of other turns, or digits that go on in them, could make something of it. */
export const DEPENDS = 1;
export const HARMLESS = 0;
export type Glance = typeof MATTERS | typeof DEPENDS | typeof HARMLESS;

/** Words too common to stand for a phrase: another word of the phrase stands for it. */
const COMMON = new Set(
  'the my a an of to on is me your it i and in at for from with was were that you us him her them back number numbers no best home work office front good new other full first last three four five six nine ten sixteen fifteen eight 3 4 5 6 8 15 16 digit digits one two month year day security'.split(
    ' ',
  ),
);

/** Digits that may be something without a word to say so: a phone number, an SSN, a card. */
const TELLING_DIGITS = 9;
/** Digits a mere "number" makes a phone number of. */
const WEAK_DIGITS = 7;
/** Gap between digits that may still belong together. */
const LONGEST_GAP = 12;

const TABLE_SIZE = 1 << 14;
const ARMING = 1;
const WEAK = 2;
const NUMBER_WORD = 4;
const EMAIL_WORD = 8;
const TABLE = buildTable();

function hashWord(word: string): number {
  let hash = 0;
  for (let i = 0; i < word.length; i++) hash = (hash * 33 + (word.charCodeAt(i) | 0x20)) | 0;
  return slotOf(hash);
}

function slotOf(hash: number): number {
  return (hash ^ (hash >>> 14)) & (TABLE_SIZE - 1);
}

function buildTable(): Uint8Array {
  const table = new Uint8Array(TABLE_SIZE);
  const mark = (word: string, bit: number): void => {
    const slot = hashWord(word);
    table[slot] = (table[slot] ?? 0) | bit;
  };
  for (const [kind, words] of phrases()) {
    if (kind === 'VETO' || kind === 'UNIT') continue;
    const key = words.find((word) => !COMMON.has(word)) ?? words[0] ?? '';
    mark(
      key,
      kind === 'EMAIL' || kind === 'IP' || kind === 'IBAN'
        ? EMAIL_WORD
        : kind === 'NUMBER' || kind === 'PHONE'
          ? WEAK
          : ARMING,
    );
  }
  for (const word of 'dot arroba gmail yahoo hotmail outlook icloud'.split(' ')) mark(word, EMAIL_WORD);
  const numberWords =
    'zero oh one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety double triple treble hundred nought naught';
  for (const word of numberWords.split(' '))
    if (lookUp(word) !== undefined || word === 'hundred') mark(word, NUMBER_WORD);
  return table;
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
      const found = TABLE[slotOf(hash)] ?? 0;
      if (found !== 0) {
        bits |= found;
        if ((found & NUMBER_WORD) !== 0) numberWords++;
      }
      // "GB82 WEST…": an account number begins like this.
      if (at - start === 2 && isDigit(code) && isDigit(text.charCodeAt(at + 1))) return MATTERS;
      continue;
    }
    if (isDigit(code)) {
      const start = at;
      do code = text.charCodeAt(++at);
      while (isDigit(code));
      if (code === 0x3a || text.charCodeAt(start - 1) === 0x3a) {
        colons++;
        lastDigit = at;
        continue;
      }
      const count = at - start;
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
  if (numberWords >= 2 || longestRun >= TELLING_DIGITS || colons >= 4) return MATTERS;
  if ((bits & ARMING) !== 0 || armed) return MATTERS;
  if ((bits & WEAK) !== 0 && longestRun >= WEAK_DIGITS) return MATTERS;
  if ((bits & EMAIL_WORD) !== 0 || (longestRun < 3 && text.includes('.') && numberWords === 0 && digits === 0))
    return MATTERS;
  return digits >= 2 || numberWords > 0 ? DEPENDS : HARMLESS;
}

function isBlank(code: number): boolean {
  return Number.isNaN(code) || code <= 0x20 || code === 0x2c || code === 0x2e;
}

/** Whether a text asks for something: a question that the next turns may answer. */
export function asks(text: string): boolean {
  const { length } = text;
  for (let at = 0; at < length; ) {
    let code = text.charCodeAt(at);
    if (code >= 0x250) return true;
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
    if (((TABLE[slotOf(hash)] ?? 0) & (ARMING | WEAK)) !== 0) return true;
  }
  return false;
}
