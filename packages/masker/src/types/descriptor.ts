/** What there is to say about one type of personal data: everything, in one object. */
import type { Match } from '../model/match.ts';
import type { MaskSettings } from '../model/options.ts';
import type { Span } from '../model/pii-types.ts';
import type { SpanSet } from '../model/span-set.ts';
import type { PiiType, TermKind } from '../model/type-table.ts';
import type { Atom } from '../numbers/atom.ts';
import type { Shape } from '../numbers/shape.ts';
import type { Utterance } from '../numbers/utterance.ts';
import type { Announcement } from '../text/announcement.ts';
import type { Term } from '../text/terms.ts';
import type { Tokens } from '../text/tokens.ts';

/** Everything about one type. Every field has to be there: `undefined`, `[]` or `'never'` say that a type has no such thing. */
export interface PiiTypeDescriptor<T extends PiiType = PiiType> {
  readonly name: T;
  /** What takes the place of a value. */
  readonly replacement: `[${string}]`;
  /** Found unless it is switched off, or only when it is switched on. */
  readonly enabled: 'by default' | 'on request';
  /** How it is found, for the table in the documentation; Markdown. */
  readonly foundBy: string;
  /** The phrases that announce a value. */
  readonly announcedBy: readonly Announcement[];
  /**
   * The spelling under which equal values get equal surrogates; `never` for types that get none: few enough values that a
   * token could be guessed back, or too dear to link.
   */
  readonly linking: 'never' | ((canonical: string) => string);
  /** One spelling of what was found in a text: "AB 12 34 56 C" → "ab123456c". */
  readonly spelling: (value: string) => string;
  /** Whether its values are digits that several turns may share. */
  readonly spansTurns: boolean;
  /** Whether its digits, said again a few turns later, are the same value. */
  readonly readBack: boolean;
  /** Whether a value is masked even under a member name that stays (`orderId`): it carries its own sign. */
  readonly underAnyName: 'never' | ((text: string, match: Match) => boolean);
  /** Finds values in a text that are no runs of digits. */
  readonly texts: readonly TextRule[];
  /** Letters and digits in a pattern of their own. */
  readonly codes: readonly CodeRule[];
  /** The kind of phrase that makes a value of a date. */
  readonly date: TermKind | undefined;
  /** What makes a value of digits. */
  readonly digits: DigitRules | undefined;
}

/** One text under search. */
export interface TextInSearch {
  /** Normalised. */
  readonly text: string;
  readonly tokens: Tokens;
  readonly terms: readonly Term[];
  readonly runs: readonly (readonly Atom[])[];
  /** What the text's surroundings ask for, nearest first. */
  readonly prior: readonly TermKind[];
  /** What the rules before have found. */
  readonly found: SpanSet;
}

/** Finds the values of one type in a text. */
type TextRule = (search: TextInSearch) => readonly Span[];

/** Values with letters and digits in them. */
interface CodeRule {
  /** Global; every quantifier bounded. */
  readonly pattern: RegExp;
  /** The kind of phrase that has to announce a value; none when its shape is enough. An exclusion frees it either way. */
  readonly needs: TermKind | undefined;
  /** Its check digit, and what else the pattern does not say. */
  readonly accepts: (value: string) => boolean;
}

/** What digits are worth as a value of a type: a score for each digit, exact shapes and passed checks above mere length. */
export interface Worth {
  readonly score: number;
  readonly digits: string;
}

/** Where a value begins and ends in the normalised text, and what it is in one spelling. */
export interface Extent {
  readonly start: number;
  readonly end: number;
  readonly canonical: string;
}

/** What makes a value of digits. The segmentation weighs the candidates of all types against each other. */
export interface DigitRules {
  /** What digits show by themselves: grouping, prefix, check digit. */
  readonly byShape: ShapeRule | undefined;
  /** What words make of them, by the kind of phrase that reaches them; {@link HIGHEST_BY_WORDS} per digit at most. */
  readonly byWords: { readonly [K in TermKind]?: WordRule };
  /** The kinds of phrase of whose values these are the last four digits. */
  readonly lastFourOf: readonly TermKind[];
  /** What digits right after a value of another type are worth. */
  readonly follows: ((previous: PiiType, digits: string) => number | undefined) | undefined;
  /**
   * Whether a value is written like nothing else: neither an earlier turn's talk of an order frees it nor a noun that it is
   * `attached` to ("order (415) 555-0132"), only the name of an id ("order number").
   */
  readonly outweighsTopic: ((shape: Shape, digits: string, attached: boolean) => boolean) | undefined;
  /** Whether it is masked even where a phrase names it otherwise: "order +1 415 555 0132". */
  readonly outweighsExclusion: ((shape: Shape) => boolean) | undefined;
  /** Whether an amount ("nine hundred and twelve") is a value, given the kinds that reach it. */
  readonly isAmount: ((digits: string, kinds: readonly TermKind[]) => boolean) | undefined;
  /** Whether digits, some of which were taken back and said anew, are a value as a whole. */
  readonly whenCorrected: ((digits: string, kinds: readonly TermKind[]) => boolean) | undefined;
  /** What belongs to a value beside its digits; the digits alone when there is no such thing. */
  readonly extent:
    | ((utterance: Utterance, first: Atom, last: Atom, index: number, digits: string) => Extent)
    | undefined;
}

/** Digits from a length to a length that may be a value by what they look like. */
export interface ShapeRule {
  readonly from: number;
  readonly to: number;
  /** The most that it answers for digits without a plus before them: what cannot be beaten is not compared. */
  readonly highest: number;
  readonly score: (digits: string, shape: Shape, settings: MaskSettings) => number | undefined;
}

/**
 * What the words of one kind make of digits.
 *
 * @param kinds all that reach them, nearest first
 * @param whole they are all that is left of their run
 */
export type WordRule = (shape: Shape, kinds: readonly TermKind[], whole: boolean) => Worth | undefined;

/** No candidate is worth more per digit. */
export const HIGHEST_SCORE = 3.2;
/** No candidate is worth more per digit by its words, but for account numbers of more than 20 digits. */
export const HIGHEST_BY_WORDS = 2.5;

/** Digits of a number with a plus before it. */
const SHORTEST_ABROAD = 8;
const LONGEST_ABROAD = 15;

/**
 * Whether digits follow a plus: they are a phone number then, or nothing.
 *
 * @example of "+44 20 7946 0018" -> true
 */
export function isSigned({ plus }: Shape, digits: string): boolean {
  return plus && digits.length >= SHORTEST_ABROAD && digits.length <= LONGEST_ABROAD;
}

/** The first reading of a length from `low` to `high`: "twenty five" reads as 25 and 205. */
export function reading({ readings }: Shape, low: number, high: number): string | undefined {
  for (const digits of readings) if (digits.length >= low && digits.length <= high) return digits;
  return undefined;
}

/**
 * The worth of digits, undefined without any.
 *
 * @example worth(2, '4471') // { score: 2, digits: '4471' }
 */
export function worth(score: number, digits: string | undefined): Worth | undefined {
  return digits === undefined ? undefined : { score, digits };
}

/** In lower case, without the blanks and dashes that only group: "AB 12 34 56 C" → "ab123456c". */
export function ungrouped(value: string): string {
  return value.replace(/[\s-]/g, '').toLowerCase();
}
