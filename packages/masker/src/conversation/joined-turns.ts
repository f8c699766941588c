/** Numbers said over several turns: "the area code is 415" - "okay" - "555" - "mm-hm" - "0132". */

import { detect, detectIn } from '../detect/detect.ts';
import type { Match } from '../model/match.ts';
import { type Atom, joinedDigits } from '../numbers/atom.ts';
import { takeApart } from '../numbers/utterance.ts';
import { SUSPICIOUS } from '../prefilter/prefilter.ts';
import { TYPES } from '../types/registry.ts';
import { endsInDigits, startsWithDigits } from './continuation.ts';
import type { Search } from './search.ts';
import type { Turns } from './turns.ts';

const MAX_CHAIN = 16;

/** Turns that were read as one, and what the whole holds. */
export interface JoinedTurns {
  leaves: readonly number[];
  matches: readonly Match[];
}

/**
 * The turn that ends in digits, joined with the turns that go on with them, and what the whole holds; undefined where
 * none goes on.
 *
 * @example of "my number is 415", "okay", "555 0132" -> a PHONE_NUMBER over the first and the third turn
 */
export function joinTurns(search: Search, leaf: number): JoinedTurns | undefined {
  const { structure, turns, settings } = search;
  const first = turns.utterance(leaf);
  if (!endsInDigits(first.tokens, first.runs) || turns.isAlternative(leaf)) return undefined;
  const links = [leaf];
  let spoken = digitsOf(first.runs);
  let skipped = 0;
  for (
    let next = turns.neighbour(leaf, 1);
    next >= 0 && links.length < MAX_CHAIN && skipped < 4;
    next = turns.neighbour(next, 1)
  ) {
    const flags = structure.flags(next);
    if ((flags & SUSPICIOUS) === 0) {
      if (!turns.isAside(next)) break;
      skipped++;
      continue;
    }
    const { tokens, runs, terms } = turns.utterance(next);
    const digits = digitsOf(runs);
    if (digits === '') {
      if (
        tokens.count > 8 ||
        terms.some((term) => term.kind !== 'UNIT' && term.kind !== 'NUMBER') ||
        tokens.words.includes('?')
      )
        break;
      skipped++;
      continue;
    }
    if (isAnotherSpeaker(turns, leaf, next)) {
      if (!spoken.includes(digits) || terms.some((term) => term.kind !== 'UNIT')) break;
      continue;
    }
    if (!startsWithDigits(tokens, runs)) break;
    if (spoken.length >= 3 && digits.length > spoken.length && digits.startsWith(spoken)) {
      return abandonedStart(search, leaf, next);
    }
    links.push(next);
    spoken += digits;
    skipped = 0;
    if (!endsInDigits(tokens, runs)) break;
  }
  if (links.length < 2) return undefined;
  const texts = links.map((link) => structure.text(link));
  const matches = detect(texts.join('\n'), settings, turns.openQuestion(leaf));
  let offset = 0;
  for (const [index, link] of links.entries()) {
    const length = texts[index]?.length ?? 0;
    const here: Match[] = [];
    for (const match of matches) {
      const start = Math.max(match.start, offset) - offset;
      const end = Math.min(match.end, offset + length) - offset;
      const crosses = match.start < offset || match.end > offset + length;
      if (start < end && crosses && TYPES[match.type].spansTurns)
        here.push({ ...match, ...trimmed(texts[index] ?? '', start, end) });
      else if (start < end && !crosses && TYPES[match.type].spansTurns) here.push({ ...match, start, end });
    }
    search.record(link, united(here, ownMatches(search, link)));
    offset += length + 1;
  }
  return { leaves: links, matches };
}

/** What a turn holds by itself: where a part of the whole touches it, both are masked as one. */
function ownMatches({ turns, settings }: Search, leaf: number): readonly Match[] {
  return detectIn(turns.utterance(leaf), settings, turns.openQuestion(leaf));
}

function united(parts: readonly Match[], own: readonly Match[]): Match[] {
  const matches: Match[] = [];
  for (const part of parts) {
    const touched = own.filter((match) => match.start < part.end && match.end > part.start);
    const first = touched[0];
    if (first === undefined) {
      matches.push(part);
      continue;
    }
    const whole = { ...(first.start <= part.start && first.end >= part.end ? first : part) };
    whole.start = Math.min(part.start, first.start);
    whole.end = Math.max(part.end, touched.at(-1)?.end ?? part.end);
    const before = matches.at(-1);
    if (before !== undefined && before.end > whole.start) before.end = Math.max(before.end, whole.end);
    else matches.push(whole);
  }
  return matches;
}

function isAnotherSpeaker(turns: Turns, leaf: number, next: number): boolean {
  const [speaker, other] = [turns.speaker(leaf), turns.speaker(next)];
  return other !== speaker && other !== '' && speaker !== '';
}

/** "my social is 531 72" - "sorry?" - "531 72 4409": the start of what is then said in full. */
function abandonedStart(search: Search, leaf: number, restart: number): JoinedTurns | undefined {
  const { turns, settings } = search;
  const { runs, normal, terms } = turns.utterance(leaf);
  const run = runs.at(-1) ?? [];
  const digits = digitsOf(runs);
  const asked = [...terms]
    .reverse()
    .map((term) => term.kind)
    .filter((kind) => kind !== 'UNIT');
  const whole = detectIn(turns.utterance(restart), settings, [...asked, ...turns.openQuestion(leaf)]).find((match) =>
    match.canonical.startsWith(digits),
  );
  const [first, last] = [run[0], run.at(-1)];
  if (whole === undefined || first === undefined || last === undefined) return undefined;
  const start = normal.starts?.[first.start] ?? first.start;
  const end = normal.ends?.[last.end - 1] ?? last.end;
  search.record(leaf, [{ type: whole.type, start, end, canonical: digits, reason: { rule: 'turns' } }]);
  return { leaves: [leaf], matches: [] };
}

function digitsOf(runs: readonly (readonly Atom[])[]): string {
  let digits = '';
  for (const run of runs) digits += joinedDigits(run);
  return digits;
}

const PLUS = /^\s*(?:plus|\+)\s*$/i;

/** A part of a joined match without the words around its digits. */
function trimmed(text: string, start: number, end: number): { start: number; end: number } {
  const { runs, normal } = takeApart(text);
  let [low, high] = [end, start];
  for (const run of runs) {
    for (const atom of run) {
      const from = normal.starts?.[atom.start] ?? atom.start;
      const to = normal.ends?.[atom.end - 1] ?? atom.end;
      if (from >= start && to <= end) {
        low = Math.min(low, from);
        high = Math.max(high, to);
      }
    }
  }
  if (low >= high) return { start, end };
  // "plus four four": the word belongs to the number.
  return { start: PLUS.test(text.slice(start, low)) ? start : low, end: high };
}
