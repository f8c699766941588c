/** What the values of named members hold. */
import { detect } from '../detect/detect.ts';
import type { Match } from '../model/match.ts';
import type { MaskSettings } from '../model/options.ts';
import type { TermKind } from '../model/type-table.ts';
import { TYPES } from '../types/registry.ts';

/**
 * The digits of a number that stands for some, undefined for any other.
 *
 * @example digitsOf('4.155550132e9') // '4155550132'
 */
export function digitsOf(number: string): string | undefined {
  if (/^\d{3,19}$/.test(number)) return number;
  const whole = /^(\d{3,19})\.0{1,20}$/.exec(number)?.[1];
  if (whole !== undefined || !/^\d(?:\.\d{1,18})?[eE]\+?\d{1,2}$/.test(number)) return whole;
  const value = Number(number);
  return Number.isSafeInteger(value) ? String(value) : undefined;
}

/**
 * What is found in a value under a telling key.
 *
 * @example keyed('531724409', ['SSN'], settings)[0]?.type // 'US_SSN', of `"ssn": "531724409"`
 */
export function keyed(text: string, kinds: readonly TermKind[], settings: MaskSettings): Match[] {
  if (kinds.includes('PASSWORD') && settings.types.has('PASSWORD') && !NO_PASSWORD.test(text))
    return [
      { type: 'PASSWORD', start: 0, end: text.length, canonical: text, reason: { rule: 'name', kind: 'PASSWORD' } },
    ];
  return detect(text, settings, kinds);
}

/** Nothing, what says whether there is one, and what this or an earlier masking has put in its place. */
const NO_PASSWORD = /^(?:\[[A-Z0-9_:]+\]|true|false|yes|no|y|n|pass|passed|fail|failed|ok|none|null|n\/a|[*•x]+|)$/i;

/** `@`, plain, encoded or full-width; the colon of `tel:` and `sms:`; the plus of a number with its country code. */
const CARRIER_SIGN = /[@\uff20]|%40|&#|&commat|(?:tel|sms):|(?:^|[:;,\s])\+\d{8,15}(?!\d)/i;
const GROUPED_DIGITS = /\d{4}[ -]\d{4,6}[ -]\d{4}/;

/**
 * What is masked even under a key that stays: addresses and numbers that carry their own sign.
 *
 * @example carriers('ann@example.com', settings).length // 1
 * @example carriers('4471220', settings).length // 0
 */
export function carriers(text: string, settings: MaskSettings): Match[] {
  if (!CARRIER_SIGN.test(text) && !GROUPED_DIGITS.test(text)) return [];
  return detect(text, settings).filter((match) => {
    const { underAnyName } = TYPES[match.type];
    return underAnyName !== 'never' && underAnyName(text, match);
  });
}
