/** Decides what a run of digits is: by the words around it, its shape and its check digit. */
import { type Atom, CORRECTION_GAP, joinedDigits } from './atom.ts';
import { isCardPrefix, isNanp, passesLuhn } from './checksums.ts';
import { Cuts, SPOKEN_CUT, TORN } from './cuts.ts';
import { type Fit, fitByShape, HIGHEST_WORTH, highestWorth, isGroupedCard, isUnmistakable } from './fit-by-shape.ts';
import { fitByWords, isExpiry } from './fit-by-words.ts';
import type { MaskSettings } from './options.ts';
import { Shape } from './shape.ts';
import type { PiiType } from './types.ts';
import type { TermKind } from './vocabulary.ts';

/** A part of a run that was recognised: atoms `from` to `to`, inclusive. */
export interface Classified {
  type: PiiType;
  from: number;
  to: number;
  digits: string;
}

/** What the surroundings say. */
export interface Arms {
  /** Kinds of term by nearness. */
  kinds: readonly TermKind[];
  /** A releasing word of the same text reaches the run. */
  vetoed: boolean;
  /** An earlier turn talks of what releases: what is written like nothing else is masked all the same. */
  closed: boolean;
}

/** Cutting spoken digits out of the middle of others is never right. */
const MAX_EDGE_COST = 9;
/** What is cut out of spoken digits at one side at least is a number of this length. */
const SHORTEST_CUT = 9;
/** Fewer and larger parts win. */
const PART_COST = 2;
/** Fewer digits are no number, longer ones none of ours. */
const SHORTEST = 3;
const LONGEST = 20;
/** The digits of an account number whose letters were said before. */
const LONGEST_ACCOUNT = 30;
/** Fewer digits are one only where words say so. */
const SHORTEST_UNTOLD = 7;

/** Partitions a run into what it holds; what fits nothing stays. */
export function classifyRun(text: string, run: readonly Atom[], arms: Arms, settings: MaskSettings): Classified[] {
  const digits = joinedDigits(run);
  const cuts = new Cuts(text, run);
  const whole = wholeRun(text, run, digits, cuts, arms, settings);
  if (whole !== undefined) return [whole];
  return cuts.cheapest === TORN ? [] : partition(text, run, digits, cuts, arms, settings);
}

/** Mostly a run is one number: what it is as a whole, where no partition could be worth more. */
function wholeRun(
  text: string,
  run: readonly Atom[],
  digits: string,
  cuts: Cuts,
  arms: Arms,
  settings: MaskSettings,
): Classified | undefined {
  const { length } = digits;
  if (length < (arms.kinds.length === 0 ? SHORTEST_UNTOLD : SHORTEST)) return undefined;
  if (length > (arms.kinds.includes('IBAN') ? LONGEST_ACCOUNT : LONGEST)) return undefined;
  for (const { glued, clock, quantity, long } of run)
    if (glued || clock || quantity || (long !== undefined && cuts.cheapest < TORN)) return undefined;
  const to = run.length - 1;
  const shape = new Shape(text, run, 0, to, digits);
  const fit = fitWindow(shape, true, arms, settings, undefined);
  if (fit === undefined) return undefined;
  // A partition leaves a digit out at least, or its parts are of three digits and more.
  const fewer = highestWorth(length - 1, shape.plus) * (length - 1) - PART_COST - cuts.cheapest;
  const parted = highestWorth(length - SHORTEST, shape.plus) * length - 2 * (PART_COST + cuts.cheapest);
  const isUnbeaten = fit.worth * length - PART_COST > Math.max(0, fewer, parted);
  return isUnbeaten ? { type: fit.type, from: 0, to, digits: fit.digits } : undefined;
}

/** The parts of a run that are worth most together. */
function partition(
  text: string,
  run: readonly Atom[],
  digits: string,
  cuts: Cuts,
  arms: Arms,
  settings: MaskSettings,
): Classified[] {
  /** What the first atoms are worth, and the parts they make. */
  const scores = [0];
  const partitions: Classified[][] = [[]];
  let end = 0;
  for (let to = 0; to < run.length; to++) {
    let best = scores[to] as number;
    let parts = partitions[to] as Classified[];
    let length = 0;
    end += (run[to] as Atom).digits.length;
    for (let from = to; from >= 0; from--) {
      const atom = run[from] as Atom;
      if (atom.glued || atom.clock || atom.quantity) break;
      length += atom.digits.length;
      if (length > LONGEST) break;
      const before = partitions[from] as Classified[];
      if (length < SHORTEST || (length < SHORTEST_UNTOLD && arms.kinds.length === 0 && before.length === 0)) continue;
      const edge = cuts.around(from, to);
      if (edge > MAX_EDGE_COST || (edge >= SPOKEN_CUT && length < SHORTEST_CUT)) continue;
      const score = scores[from] as number;
      if (score + HIGHEST_WORTH * length - PART_COST - edge <= best) continue;
      const shape = new Shape(text, run, from, to, digits.slice(end - length, end));
      const previous = before.at(-1);
      const isWhole = to === run.length - 1 && from === (previous === undefined ? 0 : previous.to + 1);
      const fit = fitWindow(shape, isWhole, arms, settings, previous);
      if (fit === undefined) continue;
      const sum = score + fit.worth * length - PART_COST - edge;
      if (sum > best) {
        best = sum;
        parts = [...before, { type: fit.type, from, to, digits: fit.digits }];
      }
    }
    scores.push(best);
    partitions.push(parts);
  }
  return partitions[run.length] as Classified[];
}

/**
 * A number whose last part was said anew: "two one two, five five five, sorry, five five six, oh one four two". The part
 * taken back is left out of the digits, not of the span.
 */
export function classifyCorrected(run: readonly Atom[], arms: Arms): Classified | undefined {
  const at = run.findIndex(({ gap }) => gap === CORRECTION_GAP);
  if (at < 1 || arms.vetoed || arms.closed || run.some(({ quantity, glued, clock }) => quantity || glued || clock))
    return undefined;
  const rest = joinedDigits(run.slice(at));
  for (let kept = at - 1; kept > 0 && at - kept <= 4; kept--) {
    const digits = joinedDigits(run.slice(0, kept)) + rest;
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

/** `isWhole` when the window is all that is left of the run after the `previous` part. */
function fitWindow(
  shape: Shape,
  isWhole: boolean,
  arms: Arms,
  settings: MaskSettings,
  previous: Classified | undefined,
): Fit | undefined {
  const strong = fitByShape(shape, settings);
  let best = isReleased(shape, strong, arms) ? undefined : strong;
  if (!arms.vetoed) {
    for (const kind of arms.kinds) {
      const fit = fitByWords(kind, shape, arms.kinds, isWhole);
      if (fit !== undefined && settings.types.has(fit.type)) {
        if (best === undefined || fit.worth > best.worth || (fit.worth >= 2 && best.worth < 2.8)) best = fit;
        break;
      }
    }
    best ??= followUp(shape, previous);
  }
  return best !== undefined && settings.types.has(best.type) ? best : undefined;
}

/** Whether releasing words outweigh the shape. */
function isReleased(shape: Shape, fit: Fit | undefined, { vetoed, closed }: Arms): boolean {
  if (!vetoed && !closed) return false;
  const carriesItsSign = (fit?.type === 'PHONE_NUMBER' && shape.plus) || isGroupedCard(shape, fit);
  return !carriesItsSign && (vetoed || !isUnmistakable(shape, fit));
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
