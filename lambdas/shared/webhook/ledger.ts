/** What became of each row of a batch, in the small: runs of equal rows, since most rows fare alike. Pure. */
import * as z from 'zod';

const count = z.int().nonnegative();

const ROW_STATES = ['pending', 'delivered', 'parked'] as const;
const RowState = z.enum(ROW_STATES);
export type RowState = z.infer<typeof RowState>;

/** Rows `from` to `to`, both included, counted from 0 over the parts of the batch. */
export const Segment = z.object({
  from: count,
  to: count,
  state: RowState,
  /** Requests for each of them; left out once delivered. */
  attempts: count.optional(),
  /** Last answer: an HTTP status, or a word where none came. */
  last: z.union([z.int(), z.string().max(64)]).optional(),
});
export type Segment = z.infer<typeof Segment>;

interface Row {
  state: RowState;
  attempts: number;
  last: number | string | undefined;
}

const NEW: Row = { state: 'pending', attempts: 0, last: undefined };

export interface LedgerCounts {
  delivered: number;
  parked: number;
  pending: number;
}

export class DeliveryLedger {
  readonly #rows: Row[];

  private constructor(rows: Row[]) {
    this.#rows = rows;
  }

  static empty(rows: number): DeliveryLedger {
    return new DeliveryLedger(Array.from({ length: rows }, () => NEW));
  }

  static from(rows: number, segments: readonly Segment[]): DeliveryLedger {
    const ledger = DeliveryLedger.empty(rows);
    for (const { from, to, state, attempts = 0, last } of segments) {
      const row: Row = { state, attempts, last };
      ledger.#rows.fill(row, from, Math.min(to + 1, rows));
    }
    return ledger;
  }

  get size(): number {
    return this.#rows.length;
  }

  at(index: number): Readonly<Row> {
    return this.#rows[index] ?? NEW;
  }

  isPending(index: number): boolean {
    return this.#rows[index]?.state === 'pending';
  }

  /** Requests for the pending row that had fewest; undefined when none is pending. */
  get fewestAttempts(): number | undefined {
    let fewest: number | undefined;
    for (const { state, attempts } of this.#rows) {
      if (state === 'pending' && attempts < (fewest ?? Number.POSITIVE_INFINITY)) fewest = attempts;
    }
    return fewest;
  }

  delivered(index: number): void {
    this.#rows[index] = { state: 'delivered', attempts: 0, last: undefined };
  }

  /** It was not taken, and will be tried again. */
  failed(index: number, last: number | string): void {
    this.#rows[index] = { state: 'pending', attempts: this.at(index).attempts + 1, last };
  }

  /** It was refused for good. */
  refused(index: number, last: number | string): void {
    this.#rows[index] = { state: 'parked', attempts: this.at(index).attempts + 1, last };
  }

  /** Parks what is pending, unsent. @param last instead of the last answer, where there is a better reason */
  parkPending(last?: number | string): void {
    this.#rows.forEach((row, index) => {
      if (row.state === 'pending') this.#rows[index] = { ...row, state: 'parked', last: last ?? row.last };
    });
  }

  /** Makes rows pending again: those that were parked, or all. */
  reopen(only: 'parked' | 'all'): void {
    this.#rows.forEach((row, index) => {
      if (only === 'all' || row.state === 'parked') this.#rows[index] = { ...row, state: 'pending' };
    });
  }

  /** Takes over what another handler has achieved at the same time. */
  merge(other: DeliveryLedger): void {
    this.#rows.forEach((mine, index) => {
      const theirs = other.at(index);
      const isFurther = ROW_RANK[theirs.state] > ROW_RANK[mine.state];
      if (isFurther || (theirs.state === mine.state && theirs.attempts > mine.attempts)) this.#rows[index] = theirs;
    });
  }

  counts(): LedgerCounts {
    const counts: LedgerCounts = { delivered: 0, parked: 0, pending: 0 };
    for (const { state } of this.#rows) counts[state] += 1;
    return counts;
  }

  segments(): Segment[] {
    const segments: Segment[] = [];
    this.#rows.forEach(({ state, attempts, last }, index) => {
      const previous = segments.at(-1);
      const isSame = previous?.state === state && (previous.attempts ?? 0) === attempts && previous.last === last;
      if (previous && isSame) previous.to = index;
      else {
        segments.push({
          from: index,
          to: index,
          state,
          ...(attempts > 0 && { attempts }),
          ...(last !== undefined && { last }),
        });
      }
    });
    return segments;
  }
}

/** A delivery cannot be undone; a row that one handler parked is not tried by the other. */
const ROW_RANK: Record<RowState, number> = { pending: 0, parked: 1, delivered: 2 };
