/** Runs of digits that are personal: what they are, and where the mask begins and ends. */

import type { Reason } from '../model/match.ts';
import type { MaskSettings } from '../model/options.ts';
import type { Span } from '../model/pii-types.ts';
import type { SpanSet } from '../model/span-set.ts';
import type { PiiType, TermKind } from '../model/type-table.ts';
import { type Atom, CORRECTION_GAP, digitCount, joinedDigits, LOOSE_GAP } from '../numbers/atom.ts';
import type { Utterance } from '../numbers/utterance.ts';
import type { Tokens } from '../text/tokens.ts';
import { amountType } from '../types/candidates.ts';
import { TYPES } from '../types/registry.ts';
import { announcement } from './announcement.ts';
import { type Context, contextOf } from './context.ts';
import { type Segment, segmentCorrected, segmentRun } from './segmentation.ts';

/** Fewer digits are nothing personal. */
const FEWEST_DIGITS = 3;

/** The parts of a run that may hold a number: without what was found already, calendar dates, and an amount at its end. */
function readable({ tokens }: Utterance, run: readonly Atom[], found: SpanSet): (readonly Atom[])[] {
  const last = run.at(-1);
  const isAmount =
    last !== undefined &&
    last.gap === LOOSE_GAP &&
    last.digits.length <= 4 &&
    tokens.entries[last.last + 1]?.phrase?.kinds.includes('UNIT') === true;
  const atoms = isAmount ? run.slice(0, -1) : run;
  for (let i = 0; i + 2 < atoms.length; i++) {
    if (!isCalendarDate(tokens, atoms[i] as Atom, atoms[i + 2] as Atom)) continue;
    for (const part of atoms.slice(i, i + 3)) part.clock = true;
  }
  if (found.matches.length === 0 || !atoms.some((atom) => found.touches(atom))) return [atoms];
  return apart(atoms, found);
}

/** Whether the digits from one atom to the next but one are a date with its year, and no part of something longer. */
function isCalendarDate({ text }: Tokens, first: Atom, third: Atom): boolean {
  return (
    !first.spoken &&
    third.last - first.first === 4 &&
    third.end - first.start <= LONGEST_DATE &&
    WRITTEN_DATE.test(text.slice(first.start, third.end)) &&
    !/[-/.]\d|\d/.test(text.slice(third.end, third.end + 2)) &&
    !/\d[-/.]?$/.test(text.slice(0, first.start).slice(-2))
  );
}

/** "12/31/1999" */
const LONGEST_DATE = 10;
const WRITTEN_DATE =
  /^(?:(?:0?[1-9]|[12]\d|3[01])([-/.])(?:0?[1-9]|[12]\d|3[01])\1(?:19|20)?\d\d|(?:19|20)\d\d([-/.])(?:0?[1-9]|1[0-2])\2(?:0?[1-9]|[12]\d|3[01]))$/;

/** Adds what one run of a text holds. `accounts` are stretches written like an IBAN: their digits are nothing else. */
export function addRun(
  utterance: Utterance,
  index: number,
  prior: readonly TermKind[],
  settings: MaskSettings,
  found: SpanSet,
  accounts: readonly Pick<Span, 'start' | 'end'>[],
): void {
  const whole = utterance.runs[index] ?? [];
  if (digitCount(whole) < FEWEST_DIGITS) return;
  const left = readable(utterance, whole, found);
  for (const run of left) {
    const first = run[0];
    if (first === undefined || digitCount(run) < FEWEST_DIGITS || isInside(accounts, first.start)) continue;
    const context = contextOf(utterance.tokens, utterance.terms, utterance.runs, index, prior, run);
    const parts = partsOf(utterance, run, context, settings);
    for (const part of parts) addPart(utterance, run, part, index, found);
    addCorrected(run, parts, found, settings, context.kinds);
    // What is beside a part stands alone once the part is masked.
    if (parts.length > 0 && !isWhole(run, parts)) left.push(...apart(run, found));
  }
}

/** What a run, or a part of one, holds. */
function partsOf({ tokens }: Utterance, run: readonly Atom[], context: Context, settings: MaskSettings): Segment[] {
  const { types } = settings;
  const amount = amountOf(run, context);
  if (amount !== undefined && types.has(amount))
    return [{ type: amount, from: 0, to: 0, digits: joinedDigits(run), candidate: undefined }];
  const parts = segmentRun(tokens.text, run, context, settings);
  if (parts.length > 0) return parts;
  const corrected = segmentCorrected(run, context);
  return corrected !== undefined && types.has(corrected.type) ? [corrected] : [];
}

function isWhole(run: readonly Atom[], [first, ...others]: readonly Segment[]): boolean {
  return others.length === 0 && first?.from === 0 && first.to === run.length - 1;
}

/** Stretches of a run that nothing was found in. */
function apart(run: readonly Atom[], found: SpanSet): Atom[][] {
  const stretches: Atom[][] = [[]];
  for (const atom of run) {
    if (found.touches(atom)) stretches.push([]);
    else stretches.at(-1)?.push(atom);
  }
  return stretches;
}

/** "nine hundred and twelve": an amount, unless a security code was asked for. */
function amountOf(run: readonly Atom[], { kinds, excluded }: Context): PiiType | undefined {
  const [first] = run;
  if (run.length !== 1 || first === undefined || !first.spoken || !first.quantity || excluded) return undefined;
  return amountType(first.digits, kinds);
}

/** Whether a place is inside one of the spans, which are in order. */
function isInside(spans: readonly Pick<Span, 'start' | 'end'>[], at: number): boolean {
  let [low, high] = [0, spans.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((spans[middle]?.end ?? 0) > at) high = middle;
    else low = middle + 1;
  }
  return (spans[low]?.start ?? at + 1) <= at;
}

function addPart(utterance: Utterance, run: readonly Atom[], part: Segment, index: number, found: SpanSet): void {
  const first = run[part.from];
  const last = run[part.to];
  if (first === undefined || last === undefined) return;
  const { start, end, canonical } = TYPES[part.type].digits?.extent?.(utterance, first, last, index, part.digits) ?? {
    start: first.start,
    end: last.end,
    canonical: part.digits,
  };
  if (!found.touches({ start, end }))
    found.add({ type: part.type, start, end, canonical, reason: reasonOf(utterance, part, first, last) });
}

function reasonOf({ tokens, terms }: Utterance, { candidate }: Segment, first: Atom, last: Atom): Reason {
  if (candidate === undefined) return { rule: 'correction' };
  const { rule, score, kind } = candidate;
  return kind === undefined
    ? { rule, score }
    : { rule, score, ...announcement(tokens, terms, kind, first.first, last.last) };
}

/** "415 555 01, no sorry, 415 555 0123": the false start belongs to the number that follows it. */
function addCorrected(
  run: readonly Atom[],
  parts: readonly Segment[],
  found: SpanSet,
  settings: MaskSettings,
  kinds: readonly TermKind[],
): void {
  for (const part of parts) {
    if (part.from === 0 || run[part.from]?.gap !== CORRECTION_GAP) continue;
    let from = part.from;
    while (from > 0 && !parts.some((other) => other.to === from - 1)) from--;
    const first = run[from];
    const last = run[part.from - 1];
    if (first === undefined || last === undefined || from === part.from) continue;
    const digits = run
      .slice(from, part.from)
      .map((atom) => atom.digits)
      .join('');
    if (
      digits.length < 2 ||
      (kinds.length === 0 && digits.length < 3) ||
      run.slice(from, part.from).some((atom) => atom.quantity || atom.glued)
    )
      continue;
    const span: Span = { type: part.type, start: first.start, end: last.end };
    if (settings.types.has(part.type) && !found.touches(span))
      found.add({ ...span, canonical: digits, reason: { rule: 'correction' } });
  }
}
