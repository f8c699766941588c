/** What was found in one text so far. */
import type { Match } from './match.ts';
import type { Span } from './pii-types.ts';

/** So few matches are looked through one by one. */
const FEW = 16;

/** The matches of one text, none of them empty; asking whether a span is taken stays cheap when there are many. */
export class SpanSet {
  readonly matches: Match[] = [];
  private readonly length: number;
  /** 1 for each place that is taken; absent while there are few matches. */
  private taken: Uint8Array | undefined;

  constructor(length: number) {
    this.length = length;
  }

  touches({ start, end }: Pick<Span, 'start' | 'end'>): boolean {
    return this.nextStart(start, end) < end;
  }

  add(match: Match): void {
    this.matches.push(match);
    if (this.taken === undefined && this.matches.length > FEW) {
      this.taken = new Uint8Array(this.length);
      for (const known of this.matches) this.taken.fill(1, known.start, known.end);
    }
    this.taken?.fill(1, match.start, match.end);
  }

  inOrder(): Match[] {
    return inOrder(this.matches);
  }

  /** The first place from `start` on that is taken; `end` when there is none before. */
  nextStart(start: number, end: number): number {
    if (this.taken !== undefined) {
      for (let at = start; at < end; at++) if (this.taken[at] === 1) return at;
      return end;
    }
    let next = end;
    for (const match of this.matches) if (match.start < next && match.end > start) next = Math.max(match.start, start);
    return next;
  }
}

/**
 * The same array, sorted by its starts.
 *
 * @example inOrder([{ start: 7 }, { start: 2 }]) // [{ start: 2 }, { start: 7 }]
 */
export function inOrder<S extends Pick<Span, 'start'>>(spans: S[]): S[] {
  if (spans.length > FEW) return spans.sort((a, b) => a.start - b.start);
  // Few spans, mostly in order already: each is put before those that begin after it.
  for (let i = 1; i < spans.length; i++) {
    const span = spans[i] as S;
    let at = i;
    for (; at > 0 && (spans[at - 1] as S).start > span.start; at--) spans[at] = spans[at - 1] as S;
    spans[at] = span;
  }
  return spans;
}
