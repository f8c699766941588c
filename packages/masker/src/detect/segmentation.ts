/** Decides what a run of digits is: by the words around it, its shape and its check digit. */

import type { MaskSettings } from '../model/options.ts';
import type { PiiType } from '../model/type-table.ts';
import { type Atom, CORRECTION_GAP, joinedDigits } from '../numbers/atom.ts';
import { Shape } from '../numbers/shape.ts';
import {
  type Candidate,
  candidateAfter,
  candidateByShape,
  candidateByWords,
  carriesItsSign,
  correctedType,
  highestScore,
  isUnmistakable,
} from '../types/candidates.ts';
import { HIGHEST_SCORE } from '../types/descriptor.ts';
import type { Context } from './context.ts';
import { Cuts, SPOKEN_CUT, TORN } from './cuts.ts';

/** A part of a run that was recognised: atoms `from` to `to`, inclusive. */
export interface Segment {
  type: PiiType;
  from: number;
  to: number;
  digits: string;
  /** What it is worth per digit and why; nothing of one that was said anew. */
  candidate: Candidate | undefined;
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

/**
 * The parts of a run that are something, of all ways to cut it the one that is worth most; what fits nothing is in none.
 *
 * @example of the run "4111 1111 1111 1111 0428 123" -> CREDIT_CARD, its expiry, CREDIT_CARD_CVV
 */
export function segmentRun(text: string, run: readonly Atom[], context: Context, settings: MaskSettings): Segment[] {
  const digits = joinedDigits(run);
  const cuts = new Cuts(text, run, isExpiryAsked(context) ? ASKED_CUT : SPOKEN_CUT);
  const whole = wholeRun(text, run, digits, cuts, context, settings);
  if (whole !== undefined) return [whole];
  return cuts.cheapest === TORN ? [] : partition(text, run, digits, cuts, context, settings);
}

/** Cutting spoken digits where an expiry is asked for: the code of the card may follow it. */
const ASKED_CUT = 2;

function isExpiryAsked({ kinds }: Context): boolean {
  return kinds.includes('EXPIRY');
}

/** Mostly a run is one number: what it is as a whole, where no partition could be worth more. */
function wholeRun(
  text: string,
  run: readonly Atom[],
  digits: string,
  cuts: Cuts,
  context: Context,
  settings: MaskSettings,
): Segment | undefined {
  const { length } = digits;
  if (length < (context.kinds.length === 0 ? SHORTEST_UNTOLD : SHORTEST)) return undefined;
  if (length > (context.kinds.includes('IBAN') ? LONGEST_ACCOUNT : LONGEST)) return undefined;
  for (const { glued, clock, quantity, long } of run)
    if (glued || clock || quantity || (long !== undefined && cuts.cheapest < TORN)) return undefined;
  const to = run.length - 1;
  const shape = new Shape(text, run, 0, to, digits);
  const candidate = candidateFor(shape, true, context, settings, undefined);
  if (candidate === undefined) return undefined;
  // A partition leaves a digit out at least, or its parts are of three digits and more.
  const fewer = highestScore(length - 1, shape.plus) * (length - 1) - PART_COST - cuts.cheapest;
  const parted = highestScore(length - SHORTEST, shape.plus) * length - 2 * (PART_COST + cuts.cheapest);
  const isUnbeaten = candidate.score * length - PART_COST > Math.max(0, fewer, parted);
  return isUnbeaten ? { type: candidate.type, from: 0, to, digits: candidate.digits, candidate } : undefined;
}

/** The parts of a run that are worth most together. */
function partition(
  text: string,
  run: readonly Atom[],
  digits: string,
  cuts: Cuts,
  context: Context,
  settings: MaskSettings,
): Segment[] {
  /** What the first atoms are worth, and the parts they make. */
  const scores = [0];
  const partitions: Segment[][] = [[]];
  let end = 0;
  for (let to = 0; to < run.length; to++) {
    let best = scores[to] as number;
    let parts = partitions[to] as Segment[];
    let length = 0;
    end += (run[to] as Atom).digits.length;
    for (let from = to; from >= 0; from--) {
      const atom = run[from] as Atom;
      if (atom.glued || atom.clock || atom.quantity) break;
      length += atom.digits.length;
      if (length > LONGEST) break;
      const before = partitions[from] as Segment[];
      if (length < SHORTEST || (length < SHORTEST_UNTOLD && context.kinds.length === 0 && before.length === 0))
        continue;
      const previous = before.at(-1);
      // "… four two four two, oh four two nine, three one seven": said right after a card, its expiry and code.
      const isSequel =
        previous !== undefined &&
        previous.to === from - 1 &&
        candidateAfter(previous.type, digits.slice(end - length, end)) !== undefined;
      const edge = isSequel ? 0 : cuts.around(from, to);
      if (edge > MAX_EDGE_COST || (edge >= SPOKEN_CUT && length < SHORTEST_CUT)) continue;
      const score = scores[from] as number;
      if (score + HIGHEST_SCORE * length - PART_COST - edge <= best) continue;
      const shape = new Shape(text, run, from, to, digits.slice(end - length, end));
      const isWhole = to === run.length - 1 && from === (previous === undefined ? 0 : previous.to + 1);
      const candidate = candidateFor(shape, isWhole, context, settings, previous);
      if (candidate === undefined) continue;
      const sum = score + candidate.score * length - PART_COST - edge;
      if (sum > best) {
        best = sum;
        parts = [...before, { type: candidate.type, from, to, digits: candidate.digits, candidate }];
      }
    }
    scores.push(best);
    partitions.push(parts);
  }
  return partitions[run.length] as Segment[];
}

/**
 * A number whose last part was said anew: "two one two, five five five, sorry, five five six, oh one four two". The part
 * taken back is left out of the digits, not of the span.
 */
export function segmentCorrected(run: readonly Atom[], context: Context): Segment | undefined {
  const at = run.findIndex(({ gap }) => gap === CORRECTION_GAP);
  if (
    at < 1 ||
    context.excluded ||
    context.closed ||
    run.some(({ quantity, glued, clock }) => quantity || glued || clock)
  )
    return undefined;
  const rest = joinedDigits(run.slice(at));
  for (let kept = at - 1; kept > 0 && at - kept <= 4; kept--) {
    const digits = joinedDigits(run.slice(0, kept)) + rest;
    const type = correctedType(digits, context.kinds);
    if (type !== undefined) return { type, from: 0, to: run.length - 1, digits, candidate: undefined };
  }
  return undefined;
}

/** `isWhole` when the window is all that is left of the run after the `previous` part. */
function candidateFor(
  shape: Shape,
  isWhole: boolean,
  context: Context,
  settings: MaskSettings,
  previous: Segment | undefined,
): Candidate | undefined {
  const strong = candidateByShape(shape, settings);
  let best = isExcluded(shape, strong, context) ? undefined : strong;
  if (!context.excluded) {
    for (const kind of context.kinds) {
      const candidate = candidateByWords(kind, shape, context.kinds, isWhole, settings);
      if (candidate !== undefined && settings.types.has(candidate.type)) {
        if (best === undefined || candidate.score > best.score || (candidate.score >= 2 && best.score < 2.8))
          best = candidate;
        break;
      }
    }
    const sequel = previous === undefined ? undefined : candidateAfter(previous.type, shape.digits);
    if (best === undefined || (sequel !== undefined && best.score <= sequel.score && best.rule === 'words'))
      best = sequel ?? best;
  }
  return best !== undefined && settings.types.has(best.type) ? best : undefined;
}

/** Whether exclusions outweigh the shape. */
function isExcluded(shape: Shape, candidate: Candidate | undefined, { excluded, named, closed }: Context): boolean {
  if (!excluded && !closed) return false;
  return !carriesItsSign(shape, candidate) && (named || !isUnmistakable(shape, candidate, excluded));
}
