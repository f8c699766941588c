/** What digits may be: the candidates of all types, by what they look like and by the words that reach them. */

import type { Rule } from '../model/match.ts';
import type { MaskSettings } from '../model/options.ts';
import type { PiiType, TermKind } from '../model/type-table.ts';
import type { Shape } from '../numbers/shape.ts';
import {
  type DigitRules,
  HIGHEST_BY_WORDS,
  HIGHEST_SCORE,
  type ShapeRule,
  type WordRule,
  worth,
} from './descriptor.ts';
import { TYPE_LIST, TYPES } from './registry.ts';

/** A type that digits may be. */
export interface Candidate {
  type: PiiType;
  /** Worth per digit: exact shapes and passed checks beat mere length. */
  score: number;
  digits: string;
  rule: Rule;
  /** The kind of phrase that makes it one. */
  kind: TermKind | undefined;
}

interface RuleOf<R> {
  readonly type: PiiType;
  readonly rule: R;
  /** Found only when it is switched on. */
  readonly isOptIn: boolean;
}

const SHAPES: readonly RuleOf<ShapeRule>[] = TYPE_LIST.flatMap(({ name, enabled, digits }) =>
  digits?.byShape === undefined ? [] : [{ type: name, rule: digits.byShape, isOptIn: enabled !== 'by default' }],
);

/** Fewer digits show nothing by themselves. */
const FEWEST_TELLING = Math.min(...SHAPES.map(({ rule }) => rule.from));

const WORDS: ReadonlyMap<TermKind, readonly RuleOf<WordRule>[]> = Map.groupBy(
  TYPE_LIST.flatMap(({ name, enabled, digits }) =>
    Object.entries(digits?.byWords ?? {}).map(([kind, rule]) => ({
      kind: kind as TermKind,
      type: name,
      rule,
      isOptIn: enabled !== 'by default',
    })),
  ),
  ({ kind }) => kind,
);

const LAST_FOUR: ReadonlyMap<TermKind, PiiType> = new Map(
  TYPE_LIST.flatMap(({ name, digits }) => (digits?.lastFourOf ?? []).map((kind) => [kind, name])),
);
const LAST_FOUR_SCORE = 2.4;

/** Digits of the longest value that is looked up here. */
const LONGEST = 40;
/** For each length the most that a candidate of so many digits is worth, without a plus before them. */
const HIGHEST = Array.from({ length: LONGEST + 1 }, (_, length) =>
  Math.max(HIGHEST_BY_WORDS, ...SHAPES.filter(({ rule }) => rule.from <= length).map(({ rule }) => rule.highest)),
);

/**
 * What a candidate of so many digits is worth at most, be it by shape or by words; of the digits as they stand.
 *
 * @example highestScore(16, false) // 3
 */
export function highestScore(length: number, plus: boolean): number {
  return plus ? HIGHEST_SCORE : (HIGHEST[Math.max(0, length)] ?? HIGHEST_SCORE);
}

/** What digits show by themselves: "4242 4242 4242 4242" → a card, 3 a digit; "4471220" → undefined. */
export function candidateByShape(shape: Shape, settings: MaskSettings): Candidate | undefined {
  if (shape.corrected) return undefined;
  for (const digits of shape.readings) {
    const { length } = digits;
    if (length < FEWEST_TELLING) continue;
    let best: Candidate | undefined;
    for (const { type, rule, isOptIn } of SHAPES) {
      if (length < rule.from || length > rule.to || (isOptIn && !settings.types.has(type))) continue;
      const score = rule.score(digits, shape, settings);
      if (score !== undefined && (best === undefined || score > best.score))
        best = { type, score, digits, rule: 'shape', kind: undefined };
    }
    if (best !== undefined) return best;
  }
  return undefined;
}

/** Whether the words of one kind make digits personal: SSN and "531724409" → a social security number, 2.5 a digit. */
export function candidateByWords(
  kind: TermKind,
  shape: Shape,
  kinds: readonly TermKind[],
  whole: boolean,
  settings: MaskSettings,
): Candidate | undefined {
  if (shape.corrected) return undefined;
  if (shape.tail && shape.length === 4)
    return { type: lastFourOf(kinds), score: LAST_FOUR_SCORE, digits: shape.digits, rule: 'words', kind };
  if (kind === 'LAST4') {
    const found = worth(
      LAST_FOUR_SCORE,
      shape.readings.find((digits) => digits.length === 4 || digits.length === 5),
    );
    return found === undefined ? undefined : { type: lastFourOf(kinds), ...found, rule: 'words', kind };
  }
  let best: Candidate | undefined;
  for (const { type, rule, isOptIn } of WORDS.get(kind) ?? []) {
    if (isOptIn && !settings.types.has(type)) continue;
    const found = rule(shape, kinds, whole);
    if (found !== undefined && (best === undefined || found.score > best.score))
      best = { type, ...found, rule: 'words', kind };
  }
  return best;
}

/** Whose last four digits are meant: what the nearest telling word says, a card's without any. */
function lastFourOf(kinds: readonly TermKind[]): PiiType {
  for (const kind of kinds) {
    const type = LAST_FOUR.get(kind);
    if (type !== undefined) return type;
  }
  return 'CREDIT_CARD_LAST4';
}

const FOLLOWING = digitRules('follows');

/**
 * What digits are that stand right after a value: four that read as month and year after a card number, then its code.
 *
 * @example candidateAfter('CREDIT_CARD', '0428')?.type // 'CREDIT_CARD_EXPIRY'
 */
export function candidateAfter(previous: PiiType, digits: string): Candidate | undefined {
  let best: Candidate | undefined;
  for (const { type, rule } of FOLLOWING) {
    const score = rule(previous, digits);
    if (score !== undefined && (best === undefined || score > best.score))
      best = { type, score, digits, rule: 'sequence', kind: undefined };
  }
  return best;
}

const CORRECTED = digitRules('whenCorrected');

/**
 * The type of digits some of which were taken back and said anew; undefined for none.
 *
 * @example correctedType('4155550132', ['PHONE']) // 'PHONE_NUMBER'
 */
export function correctedType(digits: string, kinds: readonly TermKind[]): PiiType | undefined {
  return CORRECTED.find(({ rule }) => rule(digits, kinds))?.type;
}

const AMOUNTS = digitRules('isAmount');

/** The type of which an amount is a value: "nine hundred and twelve" where a security code was asked for. */
export function amountType(digits: string, kinds: readonly TermKind[]): PiiType | undefined {
  return AMOUNTS.find(({ rule }) => rule(digits, kinds))?.type;
}

/**
 * Whether digits are written as nothing but their type is: a card with its check digit, "(415) 555-0132", "531-72-4409".
 *
 * @param attached a noun names them ("order 531-72-4409"), rather than an earlier turn that only talks of an order
 */
export function isUnmistakable(shape: Shape, candidate: Candidate | undefined, attached: boolean): boolean {
  if (candidate === undefined) return false;
  return TYPES[candidate.type].digits?.outweighsTopic?.(shape, candidate.digits, attached) === true;
}

/** Whether digits carry the sign of their type, so that no word frees them: "+1 415 555 0132", a card in fours. */
export function carriesItsSign(shape: Shape, candidate: Candidate | undefined): boolean {
  return candidate !== undefined && TYPES[candidate.type].digits?.outweighsExclusion?.(shape) === true;
}

/** The rules of one name, of the types that have one. */
function digitRules<K extends 'follows' | 'whenCorrected' | 'isAmount'>(
  name: K,
): { type: PiiType; rule: NonNullable<DigitRules[K]> }[] {
  return TYPE_LIST.flatMap(({ name: type, digits }) => {
    const rule = digits?.[name];
    return rule === undefined ? [] : [{ type, rule: rule as NonNullable<DigitRules[K]> }];
  });
}
