/** Walks through the contacts that started in a span of time, so that none is left out and none comes twice. */
import { PipelineError } from '../../contracts/errors.ts';
import type { LedgerPage, LedgerRow } from './read-contacts.ts';

/** Rows of the largest answer: a span that has as many is asked for in halves. */
const LARGEST_PAGE = 10_000;
/** The ledger takes times to the second. */
const SHORTEST_MS = 1_000;
/** Rows of a page that the next one repeats: those between two pages that moved by fewer are seen all the same. */
const OVERLAP = 100;
/** A ledger that goes on for ever is none. */
const MAX_PAGES = 2_000;

/** A page of the contacts that started in `[fromMs, toMs)`. */
export interface LedgerQuery {
  fromMs: number;
  toMs: number;
  top: number;
  skip: number;
}

export type ListContacts = (query: LedgerQuery) => Promise<LedgerPage>;

/** A row whose start is known. */
export type DatedRow = LedgerRow & { startMs: number };

/**
 * The contacts that started in `[fromMs, toMs)`, some at a time, each once.
 *
 * A span is walked to a page that brings nothing new: totals are not believed. Where it holds more than the largest answer,
 * or its rows have moved while it was walked, it is walked again in halves.
 *
 * @param fromMs to the second, as `toMs`
 * @throws PipelineError `ContractViolation` when a single second cannot be walked; what `list` throws
 * @example for await (const rows of walkContacts(list, fromMs, toMs)) … // [{ contactId: '4711', startMs: …, … }, …]
 */
export async function* walkContacts(list: ListContacts, fromMs: number, toMs: number): AsyncGenerator<DatedRow[]> {
  const spans = [{ fromMs, toMs }];
  for (let span = spans.pop(); span !== undefined; span = spans.pop()) {
    const rows = await walkSpan(list, span.fromMs, span.toMs);
    if (rows !== undefined) {
      yield rows;
      continue;
    }
    const middleMs = span.fromMs + Math.ceil((span.toMs - span.fromMs) / 2 / SHORTEST_MS) * SHORTEST_MS;
    spans.push({ fromMs: middleMs, toMs: span.toMs }, { fromMs: span.fromMs, toMs: middleMs });
  }
}

/** Undefined where the span is to be halved. */
async function walkSpan(list: ListContacts, fromMs: number, toMs: number): Promise<DatedRow[] | undefined> {
  const isLong = toMs - fromMs > SHORTEST_MS;
  const seen = new Map<string, LedgerRow>();
  let skip = 0;
  let overlap = 0;
  for (let pages = 0; pages < MAX_PAGES; pages += 1) {
    const { rows, length } = await list({ fromMs, toMs, top: LARGEST_PAGE, skip });
    const fresh = rows.filter(({ contactId }) => !seen.has(contactId));
    const hasMoved = overlap > 0 && rows.length > 0 && fresh.length === rows.length;
    if (hasMoved && isLong) return undefined;
    for (const row of fresh) seen.set(row.contactId, row);
    if (fresh.length === 0) return datedWithin(seen.values(), fromMs, toMs);
    if (seen.size >= LARGEST_PAGE && isLong) return undefined;
    overlap = Math.min(OVERLAP, Math.floor(length / 2));
    skip += length - overlap;
  }
  throw new PipelineError('ContractViolation', 'CXone lists completed contacts without an end');
}

/** The bounds may count as inside at the vendor, and rows outside belong to another span. */
function datedWithin(rows: Iterable<LedgerRow>, fromMs: number, toMs: number): DatedRow[] {
  return [...rows].flatMap((row) => {
    const { startMs = fromMs } = row;
    return startMs >= fromMs && startMs < toMs ? [{ ...row, startMs }] : [];
  });
}
