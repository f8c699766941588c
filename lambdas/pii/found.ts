/** What was found in one text so far. */
import type { Match } from './detect.ts';
import type { Span } from './types.ts';

/** The matches of one text; asking whether a span is taken stays cheap when there are many. */
export class Found {
  readonly matches: Match[] = [];
  private readonly taken: Uint8Array;

  constructor(length: number) {
    this.taken = new Uint8Array(length);
  }

  touches({ start, end }: Pick<Span, 'start' | 'end'>): boolean {
    if (this.matches.length === 0) return false;
    for (let at = start; at < end; at++) if (this.taken[at] === 1) return true;
    return false;
  }

  add(match: Match): void {
    this.matches.push(match);
    this.taken.fill(1, match.start, match.end);
  }

  /** Where the next match after `start` begins, up to `end`. */
  nextStart(start: number, end: number): number {
    const next = this.taken.subarray(start, end).indexOf(1);
    return next < 0 ? end : start + next;
  }
}
