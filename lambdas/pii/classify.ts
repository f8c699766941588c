/** Decides what a run of digits is: by the words around it, its shape and its check digit. */
import { type Atom, CORRECTION_GAP, LOOSE_GAP } from './atom.ts';
import { isCardPrefix, isNanp, passesLuhn } from './checksums.ts';
import { type Fit, fitByShape, isGroupedCard } from './fit-by-shape.ts';
import { fitByWords, isExpiry } from './fit-by-words.ts';
import type { MaskSettings } from './options.ts';
import { type Shape, shapeOf } from './shape.ts';
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
  const strong = fitByShape(shape, settings);
  let best =
    arms.vetoed && !(strong?.type === 'PHONE_NUMBER' && shape.plus) && !isGroupedCard(shape, strong)
      ? undefined
      : strong;
  if (!arms.vetoed) {
    for (const kind of arms.kinds) {
      const fit = fitByWords(kind, shape, arms.kinds, startsAfter === from && to === run.length - 1);
      if (fit !== undefined && settings.types.has(fit.type)) {
        if (best === undefined || fit.worth > best.worth || (fit.worth >= 2 && best.worth < 2.8)) best = fit;
        break;
      }
    }
    best ??= followUp(shape, previous);
  }
  return best !== undefined && settings.types.has(best.type) ? best : undefined;
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
