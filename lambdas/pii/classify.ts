/** Decides what a run of digits is: by the words around it, its shape and its check digit. */
import { isCardPrefix, isItin, isNanp, isRoutingNumber, isSsn, passesLuhn, passesVerhoeff } from './checksums.ts';
import { type Atom, CORRECTION_GAP, LOOSE_GAP } from './numbers.ts';
import type { MaskSettings } from './options.ts';
import { isInternationalPhone, isNationalPhone } from './phone-plans.ts';
import type { PiiType } from './types.ts';
import type { TermKind } from './vocabulary.ts';

/** A part of a run that was recognised: atoms `from` to `to`, inclusive. */
export interface Classified {
  type: PiiType;
  from: number;
  to: number;
  digits: string;
}

/** What the surroundings say: kinds of term by nearness, and whether a veto reaches the run. */
export interface Arms {
  kinds: readonly TermKind[];
  vetoed: boolean;
}

interface Fit {
  type: PiiType;
  /** Worth per digit: exact shapes and passed checks beat mere length. */
  worth: number;
  digits: string;
}

/** Cutting spoken digits out of the middle of others is never right. */
const MAX_EDGE_COST = 9;
const SPOKEN_CUT = 7;
/** What is cut out of spoken digits at one side at least is a number of this length. */
const SHORTEST_CUT = 9;

/** An unbroken group of this length is a number of its own. */
const SHORTEST_WHOLE = 10;

/** Partitions a run into what it holds; what fits nothing stays. */
export function classifyRun(text: string, run: readonly Atom[], arms: Arms, settings: MaskSettings): Classified[] {
  const best: { score: number; parts: Classified[] }[] = [{ score: 0, parts: [] }];
  for (let to = 0; to < run.length; to++) {
    const without = best[to];
    let winner = { score: without?.score ?? 0, parts: without?.parts ?? [] };
    let length = 0;
    for (let from = to; from >= 0; from--) {
      const atom = run[from];
      if (atom === undefined || atom.glued || atom.clock || atom.quantity) break;
      length += atom.digits.length;
      if (length > 20) break;
      if (length < 3 || (length < 7 && arms.kinds.length === 0 && best[from]?.parts.length === 0)) continue;
      const edge = edgeCost(text, run, from, to);
      if (edge === undefined || edge > MAX_EDGE_COST) continue;
      const before = best[from];
      if (before === undefined || (edge >= SPOKEN_CUT && length < SHORTEST_CUT)) continue;
      const fit = fitWindow(text, run, from, to, arms, settings, before.parts.at(-1));
      if (fit === undefined) continue;
      const score = before.score + fit.worth * length - 2 - edge;
      if (score > winner.score)
        winner = { score, parts: [...before.parts, { type: fit.type, from, to, digits: fit.digits }] };
    }
    best.push(winner);
  }
  return best.at(-1)?.parts ?? [];
}

/**
 * A number whose last part was said anew: "two one two, five five five, sorry, five five six, oh one four two". The part
 * taken back is left out of the digits, not of the span.
 */
export function classifyCorrected(run: readonly Atom[], arms: Arms): Classified | undefined {
  const at = run.findIndex(({ gap }) => gap === CORRECTION_GAP);
  if (at < 1 || arms.vetoed || run.some(({ quantity, glued, clock }) => quantity || glued || clock)) return undefined;
  const join = (atoms: readonly Atom[]): string => atoms.map(({ digits }) => digits).join('');
  const rest = join(run.slice(at));
  for (let kept = at - 1; kept > 0 && at - kept <= 4; kept--) {
    const digits = join(run.slice(0, kept)) + rest;
    const type = wholeType(digits, arms.kinds);
    if (type !== undefined) return { type, from: 0, to: run.length - 1, digits };
  }
  return undefined;
}

function wholeType(digits: string, kinds: readonly TermKind[]): PiiType | undefined {
  if (digits.length >= 15 && isCardPrefix(digits) && passesLuhn(digits)) return 'CREDIT_CARD';
  if (digits.length === 9 && kinds.includes('SSN')) return 'US_SSN';
  return digits.length === 10 && isNanp(digits) ? 'PHONE_NUMBER' : undefined;
}

/** What it costs to cut the run at the window's edges; undefined where a cut would tear a number apart. */
function edgeCost(text: string, run: readonly Atom[], from: number, to: number): number | undefined {
  const left = cutCost(text, run, from, to, from);
  const right = left === undefined ? undefined : cutCost(text, run, from, to, to + 1);
  return left === undefined || right === undefined ? undefined : left + right;
}

/** The cost of cutting before atom `at`, an edge of the window `from` to `to`. */
function cutCost(text: string, run: readonly Atom[], from: number, to: number, at: number): number | undefined {
  const left = run[at - 1];
  const right = run[at];
  if (left === undefined || right === undefined || right.gap === CORRECTION_GAP) return 0;
  // Said one after the other, or written one by one: only the whole is a number.
  if (!left.spoken && !right.spoken && left.digits.length === 1 && right.digits.length === 1) return 7;
  if (right.gap === LOOSE_GAP) return 1;
  if (left.spoken && right.spoken) return 7;
  const gap = text.slice(left.end, right.start);
  // The gap next to the edge, inside the window.
  const inside = at === from ? from : to - 1;
  const inner = from === to ? '' : text.slice(run[inside]?.end, run[inside + 1]?.start);
  // "2125550142/6465550199": a stroke between whole numbers.
  if (/^[/|]$/.test(gap) && run.some(({ digits }) => digits.length >= SHORTEST_WHOLE)) return 1;
  if (/\s/.test(gap)) return inner === ' ' ? 2 : 1;
  return left.clock || right.clock || left.glued || right.glued || inner === '' || inner.trim() === gap ? undefined : 0;
}

function fitWindow(
  text: string,
  run: readonly Atom[],
  from: number,
  to: number,
  arms: Arms,
  settings: MaskSettings,
  previous: Classified | undefined,
): Fit | undefined {
  const shape = shapeOf(text, run, from, to);
  const startsAfter = previous === undefined ? 0 : previous.to + 1;
  const strong = strongShape(shape, settings);
  let best =
    arms.vetoed && !(strong?.type === 'PHONE_NUMBER' && shape.plus) && !isGroupedCard(shape, strong)
      ? undefined
      : strong;
  if (!arms.vetoed) {
    for (const kind of arms.kinds) {
      const fit = fitArm(kind, shape, arms.kinds, startsAfter === from && to === run.length - 1);
      if (fit !== undefined && settings.types.has(fit.type)) {
        if (best === undefined || fit.worth > best.worth || (fit.worth >= 2 && best.worth < 2.8)) best = fit;
        break;
      }
    }
    best ??= followUp(shape, previous);
  }
  return best !== undefined && settings.types.has(best.type) ? best : undefined;
}

interface Shape {
  /** Every reading of the digits: spoken tens have two. */
  readings: string[];
  digits: string;
  length: number;
  /** Lengths of the written groups, "3-3-4". */
  groups: string;
  separators: string;
  /** The sign between the groups when it is the same everywhere. */
  uniform: boolean;
  /** Some or all of it is spoken; `mixed` when only some. */
  spoken: boolean;
  mixed: boolean;
  plus: boolean;
  /** Written after signs that hide the digits before it. */
  tail: boolean;
  corrected: boolean;
}

function shapeOf(text: string, run: readonly Atom[], from: number, to: number): Shape {
  let digits = '';
  let groups = '';
  let separators = '';
  let firstSign = '';
  let uniform = true;
  let spoken = false;
  let written = false;
  let corrected = false;
  let ambiguous = false;
  for (let i = from; i <= to; i++) {
    const atom = run[i];
    if (atom === undefined) continue;
    digits += atom.digits;
    ambiguous ||= atom.long !== undefined;
    if (atom.spoken) spoken = true;
    else written = true;
    if (i === from) groups = String(atom.digits.length);
    else {
      groups += `-${atom.digits.length}`;
      const sign = signBetween(text, run[i - 1]?.end ?? 0, atom.start);
      separators += sign;
      if (i === from + 1) firstSign = sign;
      else if (sign !== firstSign) uniform = false;
      if (atom.gap === CORRECTION_GAP) corrected = true;
    }
  }
  return {
    readings: ambiguous ? readingsOf(run, from, to) : [digits],
    digits,
    length: digits.length,
    groups,
    separators,
    uniform,
    spoken,
    mixed: spoken && written,
    plus: run[from]?.plus === true,
    tail: run[from]?.tail === true,
    corrected,
  };
}

/** What stands between two groups, without the blanks around it; a blank when there is nothing else. */
function signBetween(text: string, start: number, end: number): string {
  if (end - start === 1) {
    const sign = text[start] ?? '';
    return sign === '\n' || sign === '\t' ? ' ' : sign;
  }
  return start === end ? ' ' : text.slice(start, end).trim() || ' ';
}

/** Every reading of a window with spoken tens: "twenty five" is 25 or 205. */
function readingsOf(run: readonly Atom[], from: number, to: number): string[] {
  let readings = [''];
  for (let i = from; i <= to; i++) {
    const atom = run[i];
    if (atom === undefined) continue;
    const { digits, long } = atom;
    const next = readings.map((reading) => reading + digits);
    if (long !== undefined && readings.length < 16) next.push(...readings.map((reading) => reading + long));
    readings = next;
  }
  return readings;
}

/** What the digits show by themselves. */
function strongShape(shape: Shape, settings: MaskSettings): Fit | undefined {
  if (shape.corrected) return undefined;
  for (const digits of shape.readings) {
    const fit = strongReading(digits, shape, settings);
    if (fit !== undefined) return fit;
  }
  return undefined;
}

const DATE_LIKE = /^(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])/;

function strongReading(digits: string, shape: Shape, settings: MaskSettings): Fit | undefined {
  const { length } = digits;
  const written = !shape.spoken;
  if (shape.plus && length >= 8 && length <= 15)
    return { type: 'PHONE_NUMBER', worth: isInternationalPhone(digits) ? 3.2 : 2.1, digits };
  if (length >= 13 && isCardGrouping(shape) && isCardPrefix(digits) && passesLuhn(digits))
    return { type: 'CREDIT_CARD', worth: 3, digits };
  if (written && shape.groups === '3-2-4' && shape.uniform && !shape.separators.includes('()')) {
    if (isSsn(digits)) return { type: 'US_SSN', worth: 2.6, digits };
    if (isItin(digits)) return { type: 'US_ITIN', worth: 2.6, digits };
  }
  if (written && shape.groups === '4-4-1' && shape.separators === '--' && isRoutingNumber(digits))
    return { type: 'ABA_ROUTING_NUMBER', worth: 2.5, digits };
  if (shape.spoken && /^00[1-9]\d{8,12}$/.test(digits) && isInternationalPhone(digits.slice(2)))
    return { type: 'PHONE_NUMBER', worth: 2.6, digits };
  const national = length === 11 && digits[0] === '1' ? digits.slice(1) : digits;
  if (national.length === 10) {
    if (
      written &&
      /(?:^|-)3-3-4$|^3-7$|^6-4$|^1-10$/.test(shape.groups) &&
      shape.groups !== '10' &&
      !/[\\_*|]/.test(shape.separators)
    ) {
      if (shape.groups.endsWith('3-3-4') || isNanp(national)) return { type: 'PHONE_NUMBER', worth: 2.6, digits };
    }
    // Without words around them other groupings count only when blanks set them apart: "95130-64212" is no phone.
    const plain = !written || /^ *$/.test(shape.separators);
    if (written && shape.groups === '10' && DATE_LIKE.test(national)) return undefined;
    if (isNanp(national) && plain) return { type: 'PHONE_NUMBER', worth: 2.2, digits };
    if (length === 11 && written && isNanp(national) && /^(?:1-|4-|7-4$|11$)/.test(shape.groups))
      return { type: 'PHONE_NUMBER', worth: 2.2, digits };
  }
  if (written && /^0(?:0|11)[1-9]\d{7,13}$/.test(digits) && shape.groups.includes('-'))
    return { type: 'PHONE_NUMBER', worth: 2.1, digits };
  if (written && length >= 7 && length <= 15 && isNationalPhone(digits, shape.groups, settings.regions))
    return { type: 'PHONE_NUMBER', worth: 2.1, digits };
  if (
    length === 12 &&
    settings.types.has('IN_AADHAAR') &&
    /^4-4-4$|^12$/.test(shape.groups) &&
    /^[2-9]/.test(digits) &&
    passesVerhoeff(digits)
  )
    return { type: 'IN_AADHAAR', worth: 2.1, digits };
  if (
    length === 9 &&
    settings.types.has('CA_SIN') &&
    shape.groups === '3-3-3' &&
    shape.uniform &&
    /^[1-79]/.test(digits) &&
    !/^(\d)\1+$/.test(digits) &&
    passesLuhn(digits)
  )
    return { type: 'CA_SIN', worth: 2.1, digits };
  return undefined;
}

/** One unbroken run, groups of up to four or the groups of a card, or spoken throughout. */
function isCardGrouping({ groups, spoken, mixed }: Shape): boolean {
  if (mixed) return false;
  return spoken || !groups.includes('-') || /^[1-4](?:-[1-4])+$|^4-6-[345]$|^4-4-4-4-3$|^6-\d{7,13}$/.test(groups);
}

function isGroupedCard(shape: Shape, fit: Fit | undefined): boolean {
  return fit?.type === 'CREDIT_CARD' && /^(?:4-4-4-4|4-6-5|4-6-4)$/.test(shape.groups);
}

/** Whether the words of one kind make these digits personal. */
function fitArm(kind: TermKind, shape: Shape, kinds: readonly TermKind[], whole: boolean): Fit | undefined {
  const reading = (low: number, high: number): string | undefined =>
    shape.readings.find(({ length }) => length >= low && length <= high);
  const as = (type: PiiType, worth: number, digits: string | undefined): Fit | undefined =>
    digits === undefined ? undefined : { type, worth, digits };
  if (shape.corrected && kind !== 'PHONE' && kind !== 'NUMBER') return undefined;
  if (shape.tail && shape.length === 4) return as(lastFourOf(kinds), 2.4, shape.digits);
  switch (kind) {
    case 'PHONE':
      if (shape.corrected || isDottedQuad(shape)) return undefined;
      return (
        // A trunk zero begins the whole of a national number.
        (whole && !shape.spoken && shape.digits.startsWith('0')
          ? as('PHONE_NUMBER', 2.5, reading(9, 13))
          : undefined) ??
        as(
          'PHONE_NUMBER',
          2.4,
          shape.readings.find((digits) => digits.length === 10 && isNanp(digits)),
        ) ??
        as('PHONE_NUMBER', 2.1, reading(10, 11)) ??
        as('PHONE_NUMBER', whole ? 1.6 : 1.3, reading(7, 15))
      );
    case 'NUMBER':
      if (shape.corrected) return undefined;
      // "my social … the number is": nine digits are what the other word says.
      if (kinds.includes('SSN') && reading(9, 9) !== undefined) return as('US_SSN', 2.3, reading(9, 9));
      return (
        as('PHONE_NUMBER', 2.1, reading(10, 11)) ??
        as('PHONE_NUMBER', 1.3, reading(9, 13)) ??
        (shape.groups === '3-4' || (shape.spoken && whole) ? as('PHONE_NUMBER', 1.2, reading(7, 7)) : undefined)
      );
    case 'SSN':
      return (
        as('US_SSN', 2.5, reading(9, 9)) ??
        as('US_SSN_LAST4', 2, reading(4, 4)) ??
        (whole ? as('US_SSN', 1.2, reading(5, 8)) : undefined)
      );
    case 'TAX': {
      const digits = reading(9, 9);
      if (digits === undefined) return undefined;
      return isItin(digits) ? as('US_ITIN', 2.5, digits) : isSsn(digits) ? as('US_SSN', 2.3, digits) : undefined;
    }
    case 'CARD':
      return (
        as('CREDIT_CARD', 2.3, reading(15, 16)) ??
        as('CREDIT_CARD', 1.8, reading(12, 19)) ??
        (whole ? as('CREDIT_CARD', 1.2, reading(8, 11)) : undefined)
      );
    case 'LAST4':
      return as(lastFourOf(kinds), 2.4, reading(4, 5));
    case 'CVV':
      // "09 27" answers the other half of "expiry and security code?".
      if (
        shape.groups === '2-2' ||
        (kinds.includes('EXPIRY') && shape.readings.some((digits) => digits.length > 3 && isExpiry(digits)))
      )
        return undefined;
      return as('CREDIT_CARD_CVV', 2.2, reading(3, 4));
    case 'EXPIRY':
      return as('CREDIT_CARD_EXPIRY', 2.3, shape.readings.find(isExpiry));
    case 'DOB':
      return as(
        'DATE_OF_BIRTH',
        2.2,
        shape.readings.find((digits) => isBirthDate(digits) && (digits.length > 3 || shape.groups === '1-2')),
      );
    case 'BANK':
      if (kinds.includes('ROUTING') && shape.length === 9 && isRoutingNumber(shape.digits))
        return as('ABA_ROUTING_NUMBER', 2.4, shape.digits);
      return as('US_BANK_NUMBER', whole ? 2.1 : 1.5, reading(6, 17));
    case 'IBAN':
      return whole ? as('IBAN_CODE', 1.5, reading(6, 30)) : undefined;
    case 'ROUTING':
      return (
        as('ABA_ROUTING_NUMBER', 2.4, reading(9, 9)) ??
        (whole ? as('ABA_ROUTING_NUMBER', 1.2, reading(8, 8)) : undefined)
      );
    case 'PIN':
      return as('PIN', 2.1, reading(4, 8));
    case 'SIN':
      return as('CA_SIN', 2.5, reading(9, 9));
    case 'AADHAAR':
      return as('IN_AADHAAR', 2.5, reading(12, 12));
    case 'PASSPORT':
      return as('US_PASSPORT', 2.2, reading(8, 9));
    case 'LICENSE':
      return as('US_DRIVER_LICENSE', 2, reading(6, 13));
    default:
      return undefined;
  }
}

/** "10.4.5.21": an address or a version. */
function isDottedQuad({ groups, separators }: Shape): boolean {
  return separators === '...' && /^[1-3](?:-[1-3]){3}$/.test(groups);
}

function lastFourOf(kinds: readonly TermKind[]): PiiType {
  for (const kind of kinds) {
    if (kind === 'SSN' || kind === 'TAX') return 'US_SSN_LAST4';
    if (kind === 'CARD') return 'CREDIT_CARD_LAST4';
    if (kind === 'BANK') return 'US_BANK_NUMBER';
    if (kind === 'PHONE') return 'PHONE_NUMBER';
  }
  return 'CREDIT_CARD_LAST4';
}

/** Right after a card number: four digits that read as month and year, then three or four of the security code. */
function followUp(shape: Shape, previous: Classified | undefined): Fit | undefined {
  if (previous === undefined) return undefined;
  const { digits } = shape;
  if (previous.type === 'CREDIT_CARD' && isExpiry(digits)) return { type: 'CREDIT_CARD_EXPIRY', worth: 1.5, digits };
  if ((previous.type === 'CREDIT_CARD' || previous.type === 'CREDIT_CARD_EXPIRY') && /^\d{3,4}$/.test(digits))
    return { type: 'CREDIT_CARD_CVV', worth: 1.4, digits };
  return undefined;
}

/** MMYY, MMYYYY, YYYYMM, or the MYY of "nine twenty seven". */
export function isExpiry(digits: string): boolean {
  return /^(?:(?:0[1-9]|1[0-2])(?:20)?[1-4]\d|[1-9][2-4]\d|[1-9]20[2-4]\d|20[2-4]\d(?:0[1-9]|1[0-2]))$/.test(digits);
}

function isBirthDate(digits: string): boolean {
  return (
    /^(?:(?:0?[1-9]|1[0-2])(?:0?[1-9]|[12]\d|3[01])(?:(?:19|20)?\d{2})?|(?:0?[1-9]|[12]\d|3[01])(?:0?[1-9]|1[0-2])(?:(?:19|20)?\d{2})?|(?:19|20)\d{2}(?:(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))?)$/.test(
      digits,
    ) && digits.length >= 3
  );
}
