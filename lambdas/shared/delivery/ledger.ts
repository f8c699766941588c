/** What became of each row of a batch, in the small: runs of equal rows, since most rows fare alike. Pure. */
import * as z from 'zod';
import { EVENT_NAME_LENGTH } from './event-id.ts';

const count = z.int().nonnegative();

const ROW_STATES = ['pending', 'delivered', 'parked'] as const;
const RowState = z.enum(ROW_STATES);
type RowState = z.infer<typeof RowState>;

/** Rows `from` to `to`, both included, counted from 0 over the parts of the batch. */
export const Segment = z.object({
  from: count,
  to: count,
  state: RowState,
  /** The receiver has taken each of them before, and is sent them again. */
  taken: z.literal(true).optional(),
  /** Requests for each of them; left out once delivered. */
  attempts: count.optional(),
  /** Last answer: an HTTP status, or a word where none came. */
  last: z.union([z.int(), z.string().max(64)]).optional(),
  /** Names of their events, one after the other; left out where no event was made of them yet. */
  names: z.string().optional(),
});
export type Segment = z.infer<typeof Segment>;

interface Row {
  state: RowState;
  /** The receiver has taken it at least once. */
  taken: boolean;
  attempts: number;
  last: number | string | undefined;
  /** Of its event: a row that is moved is known by it. */
  name: string | undefined;
}

const NEW: Row = { state: 'pending', taken: false, attempts: 0, last: undefined, name: undefined };

export interface LedgerCounts {
  /** The receiver has taken them at least once; a redelivery does not change that. */
  delivered: number;
  parked: number;
  /** Still to be sent, be it for the first time or again. */
  pending: number;
}

/** What became of each row of a batch. Rows are counted from 0 over the parts of the batch. */
export class DeliveryLedger {
  readonly #rows: Row[];

  private constructor(rows: Row[]) {
    this.#rows = rows;
  }

  /** A ledger of rows that are all pending. */
  static empty(rows: number): DeliveryLedger {
    return new DeliveryLedger(Array.from({ length: rows }, () => NEW));
  }

  /** The ledger that {@link DeliveryLedger.segments} was taken from. */
  static from(rows: number, segments: readonly Segment[]): DeliveryLedger {
    const ledger = DeliveryLedger.empty(rows);
    for (const segment of segments) {
      const { from, to, state, attempts = 0, last } = segment;
      const taken = segment.taken ?? state === 'delivered';
      for (let index = from; index <= Math.min(to, rows - 1); index += 1) {
        ledger.#rows[index] = { state, taken, attempts, last, name: nameAt(segment, index) };
      }
    }
    return ledger;
  }

  /**
   * The ledger of the rows as they are now: what became of a row goes with the name of its event. Of the rows that are
   * left after some were taken out, those without a name are as all those without a name were.
   *
   * @param names of the rows, in order; empty where one cannot be read any more
   */
  movedTo(names: readonly string[]): DeliveryLedger {
    const byName = new Map<string, Row>();
    for (const row of this.#rows) {
      const known = row.name === undefined ? undefined : byName.get(row.name);
      if (row.name !== undefined && (!known || ROW_RANK[row.state] > ROW_RANK[known.state])) byName.set(row.name, row);
    }
    const nameless = this.#rows.filter(({ name }) => name === undefined);
    const [first] = nameless;
    const isUniform = nameless.every(({ state }) => state === first?.state);
    const other = first && isUniform && names.length < this.size ? first : NEW;
    return new DeliveryLedger(names.map((name) => byName.get(name) ?? other));
  }

  /** Rows of the batch. */
  get size(): number {
    return this.#rows.length;
  }

  /** The row's state; that of a pending row where there is no such row. */
  at(index: number): Readonly<Row> {
    return this.#rows[index] ?? NEW;
  }

  /** True for a row that is still to be sent; false where there is no such row. */
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

  /** True when an event of that name is delivered, and not to be sent again. */
  hasDelivered(name: string): boolean {
    return this.#rows.some((row) => row.state === 'delivered' && row.name === name);
  }

  /** The receiver has taken the row. `name` is that of its event. */
  delivered(index: number, name: string): void {
    this.#rows[index] = { state: 'delivered', taken: true, attempts: 0, last: undefined, name };
  }

  /** It was not taken, and will be tried again. */
  failed(index: number, name: string, last: number | string): void {
    const { taken, attempts } = this.at(index);
    this.#rows[index] = { state: 'pending', taken, attempts: attempts + 1, last, name };
  }

  /** It was refused for good. */
  refused(index: number, name: string, last: number | string): void {
    const { taken, attempts } = this.at(index);
    this.#rows[index] = { state: 'parked', taken, attempts: attempts + 1, last, name };
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
      // Rewritten meanwhile: there, another row is in this place.
      if (mine.name !== undefined && theirs.name !== undefined && mine.name !== theirs.name) return;
      const isFurther = ROW_RANK[theirs.state] > ROW_RANK[mine.state];
      const isAhead = isFurther || (theirs.state === mine.state && theirs.attempts > mine.attempts);
      const row = isAhead ? theirs : mine;
      this.#rows[index] = { ...row, taken: mine.taken || theirs.taken, name: mine.name ?? theirs.name };
    });
  }

  /** Rows by state, with those that were taken before counted as delivered. */
  counts(): LedgerCounts {
    const counts: LedgerCounts = { delivered: 0, parked: 0, pending: 0 };
    for (const { state, taken } of this.#rows) {
      if (taken) counts.delivered += 1;
      if (state !== 'delivered') counts[state] += 1;
    }
    return counts;
  }

  /**
   * The ledger as runs of equal rows, for the checkpoint.
   *
   * @example DeliveryLedger.empty(3).segments() // [{ from: 0, to: 2, state: 'pending' }]
   */
  segments(): Segment[] {
    const segments: Segment[] = [];
    this.#rows.forEach((row, index) => {
      const { state, taken, attempts, last, name } = row;
      const before = segments.at(-1);
      if (before && isSame(row, this.at(index - 1))) {
        before.to = index;
        if (name !== undefined) before.names += name;
        return;
      }
      segments.push({
        from: index,
        to: index,
        state,
        ...(taken && state !== 'delivered' && { taken }),
        ...(attempts > 0 && { attempts }),
        ...(last !== undefined && { last }),
        ...(name !== undefined && { names: name }),
      });
    });
    return segments;
  }
}

function isSame(one: Row, other: Row): boolean {
  const isAlike = one.state === other.state && one.taken === other.taken && one.attempts === other.attempts;
  return isAlike && one.last === other.last && (one.name === undefined) === (other.name === undefined);
}

function nameAt({ from, names }: Segment, index: number): string | undefined {
  const start = (index - from) * EVENT_NAME_LENGTH;
  return names?.slice(start, start + EVENT_NAME_LENGTH);
}

/** A delivery cannot be undone; a row that one handler parked is not tried by the other. */
const ROW_RANK: Record<RowState, number> = { pending: 0, parked: 1, delivered: 2 };
