/** Dates as they are written and said, found by a small grammar over tokens. */
import { WordSet } from '../text/lexicon.ts';
import { MONTHS } from '../text/months.ts';
import { ORDINALS as ORDINAL_WORDS, TEENS, TENS as TEN_WORDS, UNITS } from '../text/number-words.ts';
import { DIGITS, type Tokens } from '../text/tokens.ts';

/** A date in the text; tokens `first` to `last`, inclusive. */
export interface DateMention {
  first: number;
  last: number;
  start: number;
  end: number;
  day: boolean;
  year: boolean;
}

const values = (...lists: ReadonlyMap<string, string>[]): ReadonlyMap<string, number> =>
  new Map(lists.flatMap((list) => [...list].map(([word, value]) => [word, Number(value)] as const)));

const ORDINALS = values(ORDINAL_WORDS);
const CARDINALS = values(UNITS, TEENS);
const TENS = new Map([...TEN_WORDS].map(([word, value]) => [word, 10 * Number(value)]));

/** Words a date may begin with. */
const FIRST_WORDS = new WordSet([...MONTHS.keys(), ...ORDINALS.keys(), ...CARDINALS.keys(), ...TENS.keys(), 'the']);

/** What may stand between the parts of a date. */
const BEFORE_DAY = new Set(['.', ',', '-', 'the', 'on']);
const BEFORE_ONLY_YEAR = new Set(['.', ',', 'of', 'in', '-']);
const BEFORE_YEAR = new Set([',', '.', 'in', 'of', '-', '/', "'", 'year']);
const BEFORE_MONTH = new Set(['of', 'de', 'day', '-', '.', ',', '/', 'in']);
const AFTER_MONTH = new Set([',', '.', 'in', 'of', 'de', '-', '/', "'", 'year', 'the']);

/** A parsed piece: its value and the token after it. */
interface Piece {
  value: number;
  next: number;
}

/**
 * Whether a word in lower case is the name of a month.
 *
 * @example isMonth('januar') // true
 */
export function isMonth(word: string): boolean {
  return MONTHS.has(word);
}

/**
 * Every date of the text that names a day or month, in order, without overlaps.
 *
 * @example of "born on march 4th, 1982" -> one date over "march 4th, 1982"
 */
export function findDates(tokens: Tokens): DateMention[] {
  const dates: DateMention[] = [];
  for (let at = 0; at < tokens.count; ) {
    const date = dateAt(tokens, at);
    if (date === undefined) at++;
    else {
      dates.push({ ...date, start: tokens.starts[date.first] ?? 0, end: tokens.ends[date.last] ?? 0 });
      at = date.last + 1;
    }
  }
  return dates;
}

type DateParts = Pick<DateMention, 'first' | 'last' | 'day' | 'year'>;

function dateAt(tokens: Tokens, at: number): DateParts | undefined {
  const word = tokens.words[at] ?? '';
  const isNumeral = tokens.kinds[at] === DIGITS;
  if (!isNumeral && !FIRST_WORDS.has(tokens.entries[at])) return undefined;
  if (isNumeral) {
    const numeric = numericDate(tokens, at);
    if (numeric !== undefined) return numeric;
    if (tokens.words[at + 1] === '/') return dayOfYear(tokens, at);
  }
  if (MONTHS.has(word)) return monthFirst(tokens, at);
  return dayFirst(tokens, at) ?? numbersOnly(tokens, at);
}

/** "03/14/1983", "1985-01-01", "22-nov-1972", "14.3.83". */
function numericDate(tokens: Tokens, at: number): DateParts | undefined {
  const { words, text, ends, starts } = tokens;
  if (tokens.kinds[at + 4] !== DIGITS) return undefined;
  const touches = (i: number): boolean => (starts[i + 1] ?? 0) - (ends[i] ?? 0) <= 1;
  const sign = words[at + 1] ?? '';
  if (
    (sign !== '-' && sign !== '/' && sign !== '.') ||
    words[at + 3] !== sign ||
    !touches(at) ||
    !touches(at + 1) ||
    !touches(at + 2) ||
    !touches(at + 3)
  )
    return undefined;
  const [a, b, c] = [words[at] ?? '', words[at + 2] ?? '', words[at + 4] ?? ''];
  if (/\d/.test(text[ends[at + 4] ?? 0] ?? '')) return undefined;
  const monthName = MONTHS.has(b);
  const whole = { first: at, last: at + 4, day: true, year: true };
  if (monthName) return a.length <= 4 && c.length <= 4 ? whole : undefined;
  if (tokens.kinds[at + 2] !== DIGITS || b.length > 2) return undefined;
  const [x, y, z] = [Number(a), Number(b), Number(c)];
  if (a.length === 4 && c.length <= 2) return isYear(x) && isMonthDay(y, z) ? whole : undefined;
  if (a.length > 2 || (c.length !== 2 && c.length !== 4) || (c.length === 4 && !isYear(z))) return undefined;
  return isMonthDay(x, y) ? whole : undefined;
}

/** "4/5": a birthday without its year. */
function dayOfYear({ words, kinds, starts, ends, text }: Tokens, at: number): DateParts | undefined {
  const [month = '', day = ''] = [words[at], words[at + 2]];
  const alone =
    kinds[at + 2] === DIGITS &&
    (starts[at + 2] ?? 0) - (ends[at] ?? 0) === 1 &&
    !/[\w/.-]/.test(text[(starts[at] ?? 0) - 1] ?? '') &&
    !/^[-/.]?\w/.test(text.slice(ends[at + 2], (ends[at + 2] ?? 0) + 2));
  return alone &&
    `${month}/${day}` !== '24/7' &&
    month.length <= 2 &&
    day.length <= 2 &&
    isMonthDay(Number(month), Number(day))
    ? { first: at, last: at + 2, day: true, year: false }
    : undefined;
}

function isYear(value: number): boolean {
  return value >= 1900 && value <= 2100;
}

function isMonthDay(a: number, b: number): boolean {
  return a >= 1 && b >= 1 && a <= 31 && b <= 31 && (a <= 12 || b <= 12);
}

/** "March 14th, 1983", "march fourteenth nineteen eighty three", "March 1983". */
function monthFirst(tokens: Tokens, at: number): DateParts | undefined {
  let next = skip(tokens, at + 1, BEFORE_DAY);
  const day = dayAt(tokens, next);
  const alone = yearAt(tokens, skip(tokens, at + 1, BEFORE_ONLY_YEAR), true);
  if (day === undefined || (alone !== undefined && alone.next > day.next && alone.value > 1000)) {
    return alone === undefined ? undefined : { first: at, last: alone.next - 1, day: false, year: true };
  }
  next = skip(tokens, day.next, BEFORE_YEAR);
  const year = yearAt(tokens, next, false);
  return { first: at, last: (year ?? day).next - 1, day: true, year: year !== undefined };
}

/** "14 March 1983", "the fourteenth of march", "15th June 1991". */
function dayFirst(tokens: Tokens, at: number): DateParts | undefined {
  const day = dayAt(tokens, tokens.words[at] === 'the' ? at + 1 : at);
  if (day === undefined) return undefined;
  const numbered = numberedMonth(tokens, at, day);
  if (numbered !== undefined) return numbered;
  const monthToken = skip(tokens, day.next, BEFORE_MONTH);
  if (monthToken - day.next > 3 || !MONTHS.has(tokens.words[monthToken] ?? '')) return undefined;
  const next = skip(tokens, monthToken + 1, AFTER_MONTH);
  const year = yearAt(tokens, next, false);
  return { first: at, last: year === undefined ? monthToken : year.next - 1, day: true, year: year !== undefined };
}

const LAST_MONTH = 12;

/** "six seventeen two thousand and four": said as numbers, with a year that is no mere digits. */
function numbersOnly(tokens: Tokens, at: number): DateParts | undefined {
  const month = CARDINALS.get(tokens.words[at] ?? '');
  if (month === undefined || month < 1 || month > LAST_MONTH) return undefined;
  const day = dayAt(tokens, at + 1);
  if (day === undefined || tokens.words[day.next] !== 'two' || tokens.words[day.next + 1] !== 'thousand')
    return undefined;
  const year = yearAt(tokens, day.next, true);
  return year === undefined ? undefined : { first: at, last: year.next - 1, day: true, year: true };
}

/** "the third of the seventh, seventy nine": the month is told by its number. */
function numberedMonth(tokens: Tokens, at: number, day: Piece): DateParts | undefined {
  const { words } = tokens;
  if (words[day.next] !== 'of' || words[day.next + 1] !== 'the') return undefined;
  const month = ORDINALS.get(words[day.next + 2] ?? '');
  if (month === undefined || month > LAST_MONTH) return undefined;
  const last = day.next + 2;
  const year = yearAt(tokens, skip(tokens, last + 1, AFTER_MONTH), false);
  return { first: at, last: year === undefined ? last : year.next - 1, day: true, year: year !== undefined };
}

function skip(tokens: Tokens, at: number, words: ReadonlySet<string>): number {
  let next = at;
  while (next < tokens.count && next - at < 3 && words.has(tokens.words[next] ?? '')) next++;
  return next;
}

const ORDINAL_ENDINGS = new Set(['st', 'nd', 'rd', 'th']);

/** A day of the month: "14", "14th", "fourteenth", "twenty first", "fourteen". */
function dayAt(tokens: Tokens, at: number): Piece | undefined {
  const word = tokens.words[at] ?? '';
  if (tokens.kinds[at] === DIGITS) {
    const value = word.length > 2 ? 0 : Number(word);
    if (value < 1 || value > 31) return undefined;
    return { value, next: ORDINAL_ENDINGS.has(tokens.words[at + 1] ?? '') ? at + 2 : at + 1 };
  }
  if (!FIRST_WORDS.has(tokens.entries[at])) return undefined;
  const ordinal = ORDINALS.get(word);
  if (ordinal !== undefined) return { value: ordinal, next: at + 1 };
  const ten = TENS.get(word);
  if (ten === 20 || ten === 30) {
    const unitToken = tokens.words[at + 1] === '-' ? at + 2 : at + 1;
    const unit = ORDINALS.get(tokens.words[unitToken] ?? '') ?? CARDINALS.get(tokens.words[unitToken] ?? '');
    if (unit !== undefined && unit >= 1 && unit <= 9 && ten + unit <= 31)
      return { value: ten + unit, next: unitToken + 1 };
    return { value: ten, next: at + 1 };
  }
  const cardinal = CARDINALS.get(word);
  return cardinal !== undefined && cardinal >= 1 ? { value: cardinal, next: at + 1 } : undefined;
}

/** A year: "1983", "'83", "nineteen eighty three", "two thousand and five", "eighty three". */
function yearAt(tokens: Tokens, at: number, onlyFull: boolean): Piece | undefined {
  const word = tokens.words[at] ?? '';
  if (tokens.kinds[at] === DIGITS) {
    if (word.length !== 2 && word.length !== 4) return undefined;
    const value = Number(word);
    if (word.length === 4) return isYear(value) ? { value, next: at + 1 } : undefined;
    const apostrophe = /['’]/.test(tokens.text[(tokens.starts[at] ?? 0) - 1] ?? '');
    return (!onlyFull || apostrophe) && tokens.words[at + 1] !== ':' ? { value, next: at + 1 } : undefined;
  }
  if (word === 'nineteen' || word === 'twenty' || word === 'eighteen') {
    const base = word === 'nineteen' ? 1900 : word === 'eighteen' ? 1800 : 2000;
    const rest = twoDigitsAt(tokens, at + 1);
    if (rest !== undefined) return { value: base + rest.value, next: rest.next };
    if (tokens.words[at + 1] === 'hundred') return { value: base, next: at + 2 };
    if (word !== 'twenty') return onlyFull ? undefined : { value: base, next: at + 1 };
  }
  if (word === 'two' && tokens.words[at + 1] === 'thousand') {
    const from = tokens.words[at + 2] === 'and' ? at + 3 : at + 2;
    const rest = twoDigitsAt(tokens, from) ?? unitAt(tokens, from);
    return rest === undefined ? { value: 2000, next: at + 2 } : { value: 2000 + rest.value, next: rest.next };
  }
  if (onlyFull) return undefined;
  const short = twoDigitsAt(tokens, at);
  return short === undefined ? undefined : { value: 1900 + short.value, next: short.next };
}

function unitAt(tokens: Tokens, at: number): Piece | undefined {
  const value = CARDINALS.get(tokens.words[at] ?? '');
  return value === undefined || value > 9 ? undefined : { value, next: at + 1 };
}

/** "eighty three", "eighty", "twelve", "oh five", "83". */
function twoDigitsAt(tokens: Tokens, at: number): Piece | undefined {
  const word = tokens.words[at] ?? '';
  if (tokens.kinds[at] === DIGITS) return word.length === 2 ? { value: Number(word), next: at + 1 } : undefined;
  const ten = TENS.get(word);
  if (ten !== undefined) {
    const unit = unitAt(tokens, tokens.words[at + 1] === '-' ? at + 2 : at + 1);
    return unit === undefined || unit.value === 0
      ? { value: ten, next: at + 1 }
      : { value: ten + unit.value, next: unit.next };
  }
  if (word === 'o' || CARDINALS.get(word) === 0) {
    const unit = unitAt(tokens, at + 1);
    return unit === undefined ? undefined : { value: unit.value, next: unit.next };
  }
  const teen = CARDINALS.get(word);
  return teen !== undefined && teen >= 10 ? { value: teen, next: at + 1 } : undefined;
}
