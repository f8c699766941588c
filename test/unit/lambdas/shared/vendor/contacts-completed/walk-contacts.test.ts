import { describe, expect, it } from 'vitest';
import type { LedgerRow } from '../../../../../../lambdas/shared/vendor/contacts-completed/read-contacts.ts';
import {
  type LedgerQuery,
  walkContacts,
} from '../../../../../../lambdas/shared/vendor/contacts-completed/walk-contacts.ts';

const SECOND = 1_000;
const HOUR = 3_600 * SECOND;

/** So many contacts, one after another, or all of them in one second. */
const contacts = (count: number, everyMs = SECOND): LedgerRow[] =>
  Array.from({ length: count }, (_, n) => ({
    contactId: String(n),
    startMs: n * everyMs,
    mediaType: 'voice',
    isProcessed: true,
    processedMs: 0,
  }));

interface Quirks {
  pageCap?: number;
  /** Rows that have moved by the time of each page but the first. */
  moved?: (page: number) => number;
  ignoresSkip?: boolean;
  isEndInclusive?: boolean;
}

function ledgerOf(all: readonly LedgerRow[], quirks: Quirks = {}) {
  const queries: LedgerQuery[] = [];
  const { pageCap = 10_000, moved = () => 0, ignoresSkip = false, isEndInclusive = false } = quirks;
  const list = async (query: LedgerQuery) => {
    queries.push(query);
    const { fromMs, top, skip } = query;
    const toMs = isEndInclusive ? query.toMs + 1 : query.toMs;
    const within = all.filter(({ startMs = 0 }) => startMs >= fromMs && startMs < toMs);
    const first = ignoresSkip || skip === 0 ? 0 : Math.max(0, skip + moved(queries.length));
    const rows = within.slice(first, first + Math.min(top, pageCap));
    return { rows, length: rows.length };
  };
  return { list, queries };
}

async function walk(list: ReturnType<typeof ledgerOf>['list'], toMs: number): Promise<string[]> {
  const rows = (await Array.fromAsync(walkContacts(list, 0, toMs))).flat();
  return rows.map(({ contactId }) => contactId);
}

const idsTo = (count: number) => Array.from({ length: count }, (_, n) => String(n));

describe('a walk through completed contacts', () => {
  it.each<[string, number, Quirks]>([
    ['in one page', 300, {}],
    ['in none', 0, {}],
    ['in pages that are smaller than what was asked for', 1_234, { pageCap: 100 }],
    ['in pages of one', 5, { pageCap: 1 }],
    ['where rows move on by one', 700, { pageCap: 50, moved: () => 1 }],
    ['where rows move back by one', 700, { pageCap: 50, moved: () => -1 }],
    ['where rows move on by more than pages overlap', 700, { pageCap: 50, moved: (page) => (page === 2 ? 40 : 0) }],
    ['more than the largest answer', 25_000, {}],
    ['more than the largest answer, in smaller pages', 25_000, { pageCap: 1_000 }],
    ['more than the largest answer, where no page follows', 25_000, { ignoresSkip: true }],
    ['where both bounds count as inside', 25_000, { isEndInclusive: true }],
  ])('%s', async (_name, count, quirks) => {
    const { list } = ledgerOf(contacts(count), quirks);
    expect(await walk(list, 8 * HOUR)).toEqual(idsTo(count));
  });

  it('pages through a second that holds more than the largest answer', async () => {
    const { list, queries } = ledgerOf(contacts(12_000, 0));
    expect(await walk(list, HOUR)).toEqual(idsTo(12_000));
    expect(queries.some(({ skip }) => skip > 0)).toBe(true);
  });

  it('takes a call or two for a quiet day', async () => {
    const { list, queries } = ledgerOf(contacts(300));
    await walk(list, 24 * HOUR);
    expect(queries.length).toBeLessThanOrEqual(2);
  });

  it('ends with an error where it would never end', async () => {
    let made = 0;
    const list = async () => {
      const rows = contacts(2).map((row) => ({ ...row, contactId: String(made++) }));
      return { rows, length: 2 };
    };
    await expect(walk(list, SECOND)).rejects.toMatchObject({ name: 'ContractViolation' });
  });
});
