import type { MaskSettings } from '../../model/options.ts';
import type { TermKind } from '../../model/type-table.ts';
import { isInternationalPhone, isNationalPhone } from '../../numbers/phone-plans.ts';
import type { Shape } from '../../numbers/shape.ts';
import { isSigned, type PiiTypeDescriptor, reading, ungrouped, type Worth, worth } from '../descriptor.ts';
import { findLabelledPhones } from './labelled-phone.ts';
import { extentOfPhone } from './phone-extent.ts';
import { PHONE_PHRASES } from './phone-phrases.ts';

/**
 * Whether ten digits are a number of the North American numbering plan: area and exchange do not start with 0 or 1.
 *
 * @example isNanp('4155550132') // true
 */
export function isNanp(digits: string): boolean {
  return /^[2-9]\d{2}[2-9]\d{6}$/.test(digits) && !/^(\d)\1{9}$/.test(digits);
}

/** Numbers of telephones: by plan and grouping, or of any shape beside words like "call me on". */
export const phone: PiiTypeDescriptor<'PHONE_NUMBER'> = {
  name: 'PHONE_NUMBER',
  replacement: '[PHONE_MASKED]',
  enabled: 'by default',
  foundBy:
    'North American plan, `+` and `00` prefixes everywhere, any 7 to 15 digits beside words like "call me on"; national formats of configured regions',
  announcedBy: [
    {
      kind: 'PHONE',
      answer: 'long',
      plain: 'phrases',
      inNames: 'anywhere',
      isTalk: isCallOrText,
      phrases: PHONE_PHRASES,
    },
    {
      kind: 'NUMBER',
      answer: 'long',
      plain: 'never',
      inNames: 'at the end',
      isTalk: undefined,
      phrases: `
        number
        last part
        first part
        next part
        second part
        other part
        last bit
        first bit
        my number
        the number
        number is
        my number is
        digits
        numbers
        nummer
        numero
        número
        numéro
      `,
    },
  ],
  linking: withoutCountryCode,
  spelling: ungrouped,
  spansTurns: true,
  readBack: true,
  underAnyName: (text, { start }) => text[start] === '+' || /(?:tel|sms):\s?\+?$/i.test(text.slice(0, start)),
  texts: [({ text }) => (/\d{3}/.test(text) ? findLabelledPhones(text) : [])],
  codes: [],
  date: undefined,
  digits: {
    byShape: { from: 7, to: 16, highest: 2.6, score: scoreByShape },
    byWords: {
      PHONE: scoreAsPhone,
      NUMBER: scoreAsNumber,
      // "carte … 06 39 98 12 34": beside the word for a card it still is a French telephone number.
      CARD: (shape) => (isInPairs(shape) ? worth(1.3, shape.digits) : undefined),
    },
    lastFourOf: ['PHONE'],
    follows: undefined,
    outweighsTopic: (shape, digits) => !shape.spoken && isTelling(shape) && isNanp(digits.slice(-10)),
    outweighsExclusion: (shape) => shape.plus,
    isAmount: undefined,
    whenCorrected: (digits) => digits.length === 10 && isNanp(digits),
    extent: extentOfPhone,
  },
};

const DETERMINERS = new Set(['the', 'this', 'that', 'a', 'our', 'each', 'every', 'last']);

/** "the call dropped", "this text": no number is meant. */
function isCallOrText(words: readonly string[], first: number, last: number): boolean {
  return (
    first === last && (words[first] === 'call' || words[first] === 'text') && DETERMINERS.has(words[first - 1] ?? '')
  );
}

/** One spelling per value: a North American number with and without its country code is the same number. */
function withoutCountryCode(canonical: string): string {
  const [number = '', extension] = canonical.split('x');
  const digits = number.replace(/\D/g, '');
  const national = digits.length === 11 && digits.startsWith('1') ? digits.slice(1) : digits;
  return extension === undefined ? national : `${national}x${extension}`;
}

const DATE_LIKE = /^(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])/;
const SPOKEN_YEARS = /^(?:(?:19|20)\d\d){2}/;
/** What a number that begins with a plus is worth: valid in the plan of its country, or not. */
const VALID_ABROAD = 3.2;

function scoreByShape(digits: string, shape: Shape, settings: MaskSettings): number | undefined {
  const { length } = digits;
  const written = !shape.spoken;
  if (isSigned(shape, digits)) {
    if (isInternationalPhone(digits)) return VALID_ABROAD;
    return isThousands(shape, digits) ? undefined : 2.1;
  }
  if (isTimes(shape) || isCounting(shape, digits)) return undefined;
  if (
    shape.spoken &&
    digits.startsWith('00') &&
    /^00[1-9]\d{8,12}$/.test(digits) &&
    isInternationalPhone(digits.slice(2))
  )
    return 2.6;
  // "twenty nineteen, twenty twenty and twenty twenty one"
  if (shape.spoken && SPOKEN_YEARS.test(digits) && /^2(?:-2)+$/.test(shape.groups)) return undefined;
  const national = length === 11 && digits[0] === '1' ? digits.slice(1) : digits;
  if (national.length === 10) {
    if (written && isTelephoneGrouping(shape.groups) && !/[\\_*|]/.test(shape.separators)) {
      if (shape.groups.endsWith('3-3-4') || isNanp(national)) return 2.6;
    }
    // Without words around them other groupings count only when blanks set them apart: "95130-64212" is no phone.
    const plain = !written || /^ *$/.test(shape.separators);
    if (written && shape.groups === '10' && DATE_LIKE.test(national)) return undefined;
    if (isNanp(national) && plain) return 2.2;
    if (length === 11 && written && isNanp(national) && /^(?:1-|4-|7-4$|11$)/.test(shape.groups)) return 2.2;
  }
  if (written && digits.startsWith('0') && /^0(?:0|11)[1-9]\d{7,13}$/.test(digits) && shape.groups.includes('-'))
    return 2.1;
  if (!written && digits[0] !== '0') return undefined;
  return length <= 15 && isNationalPhone(digits, shape, settings.regions) ? 2.1 : undefined;
}

/** "+100 000 000": so much more. */
function isThousands({ groups, separators }: Shape, digits: string): boolean {
  return digits.endsWith('000') && /^[123](?:-3)+$/.test(groups) && /^ *$/.test(separators);
}

const COUNTED = ['0123456789101112', '1211109876543210'];

/** "one two three …", up or down, one number after the other: someone counts. */
function isCounting({ groups }: Shape, digits: string): boolean {
  return /^[12](?:-[12])+$/.test(groups) && COUNTED.some((numbers) => numbers.includes(digits));
}

/** Of ten digits, with a country code before them or without. */
function isTelephoneGrouping(groups: string): boolean {
  return groups.endsWith('3-3-4') || groups === '3-7' || groups === '6-4' || groups === '1-10';
}

/** In the groups of a telephone number, or with its area code in brackets. */
function isTelling({ groups, separators }: Shape): boolean {
  return groups.endsWith('3-3-4') || (groups.endsWith('3-7') && separators.includes(')'));
}

/** Beside words that ask for a phone number. */
function scoreAsPhone(shape: Shape, _kinds: readonly TermKind[], whole: boolean): Worth | undefined {
  if (isDottedQuad(shape) || isTimes(shape)) return undefined;
  return (
    // A trunk zero begins the whole of a national number.
    (whole && !shape.spoken && shape.digits.startsWith('0') ? worth(2.5, reading(shape, 9, 13)) : undefined) ??
    worth(
      2.4,
      shape.readings.find((digits) => digits.length === 10 && isNanp(digits)),
    ) ??
    worth(2.1, reading(shape, 10, 11)) ??
    worth(whole ? 1.6 : 1.3, reading(shape, 7, 15))
  );
}

/** "06 39 98 12 34" */
function isInPairs({ groups, uniform, digits }: Shape): boolean {
  return groups === '2-2-2-2-2' && uniform && /^0[1-9]/.test(digits);
}

/** Beside words that ask for some number. */
function scoreAsNumber(shape: Shape, _kinds: readonly TermKind[], whole: boolean): Worth | undefined {
  if (isTimes(shape)) return undefined;
  return (
    worth(2.1, reading(shape, 10, 11)) ??
    worth(1.3, reading(shape, 9, 13)) ??
    (shape.groups === '3-4' || (shape.spoken && whole) ? worth(1.2, reading(shape, 7, 7)) : undefined)
  );
}

/** "between 10 30 and 11 45": groups of two that are not all parted alike are times of day, or how long something took. */
function isTimes({ groups, spoken, uniform }: Shape): boolean {
  return !spoken && !uniform && /^[12](?:-2){2,}$/.test(groups);
}

/** "10.4.5.21": an address or a version. */
function isDottedQuad(shape: Shape): boolean {
  return shape.groupCount === 4 && shape.separators === '...' && /^[1-3](?:-[1-3]){3}$/.test(shape.groups);
}
