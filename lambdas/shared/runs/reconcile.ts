/** Reads the vendor's account of contacts and what the lake knows of them, and holds the two against each other. */
import type { CompletedContact } from '../contracts/completed-contact.ts';
import { isPipelineError } from '../contracts/errors.ts';
import { dayOf, daySlices, daysBetween } from '../lib/days.ts';
import type { ObjectStorage } from '../storage/object-store.ts';
import type { BatchReceipt } from '../storage/records.ts';
import { readTombstones } from '../storage/tombstones.ts';
import { type ContactScope, ContactTally, type Gap, type Standing } from './contact-tally.ts';
import type { ContactCounts, ContactDay } from './reconciliation-record.ts';
import { receiptsOnDays } from './stored-ids.ts';

/** Contacts that are held in memory: some 300 MB. Days before them are left out. */
const MAX_CONTACTS = 1_500_000;

export interface ToReconcile {
  store: ObjectStorage;
  /** The vendor's contacts that started in a span of whole seconds, in ms. */
  contacts(fromMs: number, toMs: number): AsyncIterable<CompletedContact[]>;
  scope: ContactScope;
  /** Span of the contacts' starts: `fromMs` is the beginning of a day. */
  fromMs: number;
  toMs: number;
  /** What else is known of contacts. */
  noteOthers?(tally: ContactTally): Promise<void>;
  /** False once no further day is to be read. */
  hasTime(): boolean;
  /** Whether it is certain that what is stored names its contacts; where it is not, a single match shows it. */
  namesContacts: boolean;
}

export interface Compared {
  /** False where nothing that is stored names a contact of the ledger: then the counts say nothing. */
  isComparable: boolean;
  /** First and last day that were compared; undefined where there was no time for one. */
  reached: { from: string; to: string } | undefined;
  /** Days that were asked for and are left out: the vendor lists no further back, or there are too many contacts. */
  leftOut: 'tooOld' | 'tooMany' | undefined;
  counts: ContactCounts;
  days: ContactDay[];
  gaps: Gap[];
}

/**
 * What the vendor has analysed, held against what is stored. The latest day is read first: what there is no time for, or
 * what the vendor no longer lists, are the days before.
 *
 * @throws PipelineError what `contacts` throws for the latest day or for any reason but that a day is too old;
 *   `DataLakeUnavailable`, `DataLakeRejected`, `ContractViolation`
 */
export async function reconcile(toReconcile: ToReconcile): Promise<Compared> {
  const { store, scope, fromMs, toMs, noteOthers, namesContacts } = toReconcile;
  const tally = new ContactTally(scope);
  const { reachedMs, leftOut } = await readLedger(toReconcile, tally);
  let isComparable = true;
  if (tally.size > 0) {
    const range = { first: dayOf(reachedMs), last: dayOf(toMs) };
    const { items, matches } = await noteReceipts(store, daysBetween(range, 1), tally);
    await noteOthers?.(tally);
    tally.leaveOut(await readTombstones(store));
    isComparable = namesContacts || items === 0 || matches > 0;
  }
  return {
    isComparable,
    reached: reachedMs < toMs || fromMs >= toMs ? { from: dayOf(reachedMs), to: dayOf(toMs - 1) } : undefined,
    leftOut,
    counts: tally.counts(),
    days: tally.days(),
    gaps: tally.gaps(),
  };
}

async function readLedger(
  { contacts, fromMs, toMs, hasTime }: ToReconcile,
  tally: ContactTally,
): Promise<{ reachedMs: number; leftOut: Compared['leftOut'] }> {
  let reachedMs = toMs;
  for (const day of daySlices(fromMs, toMs).reverse()) {
    if (tally.size >= MAX_CONTACTS || !hasTime()) return { reachedMs, leftOut: 'tooMany' };
    try {
      for await (const some of contacts(day.fromMs, day.toMs)) for (const contact of some) tally.add(contact);
    } catch (error) {
      if (reachedMs === toMs || !isPipelineError(error, 'VendorRejected') || error.status !== 400) throw error;
      return { reachedMs, leftOut: 'tooOld' };
    }
    reachedMs = day.fromMs;
  }
  return { reachedMs, leftOut: undefined };
}

/** Transcripts that receipts tell of, and how many of these name an expected contact. */
async function noteReceipts(
  store: ObjectStorage,
  days: Iterable<string>,
  tally: ContactTally,
): Promise<{ items: number; matches: number }> {
  const found = { items: 0, matches: 0 };
  for await (const { interactionIds, unstored, aliases = {} } of receiptsOnDays(store, days)) {
    const outcomes = new Map(unstored.map(({ interactionId, outcome }) => [interactionId, outcome]));
    for (const interactionId of interactionIds) {
      const standing = standingOf(outcomes.get(interactionId));
      const noted = [interactionId, ...(aliases[interactionId] ?? [])].filter((id) => tally.note(id, standing));
      found.items += 1;
      found.matches += Math.min(1, noted.length);
    }
  }
  return found;
}

/** What a receipt calls not ready had no transcript when it was asked for: a later run looks again. */
function standingOf(outcome: BatchReceipt['unstored'][number]['outcome'] | undefined): Standing {
  if (outcome === undefined || outcome === 'stored' || outcome === 'unchanged') return 'stored';
  return outcome === 'failed' || outcome === 'quarantined' ? 'pending' : 'empty';
}
