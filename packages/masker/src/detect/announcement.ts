import type { Reason } from '../model/match.ts';
import type { TermKind } from '../model/type-table.ts';
import type { Term } from '../text/terms.ts';
import type { Tokens } from '../text/tokens.ts';

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
  let nearest: Term | undefined;
  let distance = Number.POSITIVE_INFINITY;
  for (const term of terms) {
    const between = term.last < first ? first - term.last : term.first - last;
    if (term.kind !== kind || between >= distance) continue;
    nearest = term;
    distance = between;
  }
  return nearest === undefined ? { kind } : { kind, phrase: text.slice(starts[nearest.first], ends[nearest.last]) };
}
