import type { Reason } from '../model/match.ts';
import type { TermKind } from '../model/type-table.ts';
import type { Term } from '../text/terms.ts';
import type { Tokens } from '../text/tokens.ts';

/** Phrases on either side that are looked at: one further away reaches nothing. */
const REACH = 32;

/**
 * Which phrase of a kind announces tokens `first` to `last`: the nearest of the text, or none of it.
 *
 * @example of "my pin is 4471", kind PIN, the token of the digits -> { kind: 'PIN', phrase: 'pin' }
 */
export function announcement(
  { text, starts, ends }: Tokens,
  terms: readonly Term[],
  kind: TermKind,
  first: number,
  last: number,
): Pick<Reason, 'kind' | 'phrase'> {
  let [low, high] = [0, terms.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((terms[middle]?.first ?? 0) > first) high = middle;
    else low = middle + 1;
  }
  let nearest: Term | undefined;
  let distance = Number.POSITIVE_INFINITY;
  for (const term of terms.slice(Math.max(0, low - REACH), low + REACH)) {
    const between = term.last < first ? first - term.last : term.first - last;
    if (term.kind !== kind || between >= distance) continue;
    nearest = term;
    distance = between;
  }
  return nearest === undefined ? { kind } : { kind, phrase: text.slice(starts[nearest.first], ends[nearest.last]) };
}
