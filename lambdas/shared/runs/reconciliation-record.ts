/** What comes of holding the vendor's own account of contacts against the lake. */
import * as z from 'zod';
import { InteractionId, RunId } from '../contracts/ids.ts';
import { MediaType } from '../contracts/job-options.ts';
import { SourceName } from '../contracts/source-name.ts';

const count = z.int().nonnegative();

/** Contacts, by what became of them. */
export const ContactCounts = z.object({
  /** The vendor has analysed them, in the time that was searched; the sum of the next four. */
  expected: count,
  /** At least one transcript of theirs is in the lake. */
  stored: count,
  /** The vendor has no transcript of theirs, or none with words. */
  empty: count,
  /** Found by a run, and not stored: failed, under way, or to be asked for again. */
  pending: count,
  /** Never listed: gaps. */
  missing: count,
  /** Not analysed, or only since the search ended. */
  notProcessed: count,
});
export type ContactCounts = z.infer<typeof ContactCounts>;

/** The same of one medium and one day, UTC, by the start of the contact. */
export const ContactDay = ContactCounts.extend({ day: z.iso.date(), mediaType: MediaType });
export type ContactDay = z.infer<typeof ContactDay>;

/** A contact that the next run of the schedule looks for once more, as long as it was not asked for too often. */
export const AskedGap = z.object({
  contactId: InteractionId,
  day: z.iso.date(),
  mediaType: MediaType,
  /** When the vendor analysed it: its transcript became available about then. */
  processedAt: z.iso.datetime(),
  /** Runs that have asked for it by its id. */
  tries: count,
});
export type AskedGap = z.infer<typeof AskedGap>;

/** Runs that ask for a gap by its id: a week of daily ones. It is named for as long as the vendor lists it. */
export const MAX_TRIES = 7;

/**
 * `compared`; `notPermitted`: the credentials may not read the ledger; `notComparable`: what is stored names no contact;
 * `unavailable`: the ledger could not be read, or not in time. Nothing is counted but where it is `compared`.
 */
const RECONCILIATION_STATUSES = ['compared', 'notPermitted', 'notComparable', 'unavailable'] as const;

/** `runs/<runId>/reconciliation.json` */
export const Reconciliation = z.object({
  schemaVersion: z.literal(1),
  runId: RunId,
  source: SourceName,
  at: z.iso.datetime(),
  status: z.enum(RECONCILIATION_STATUSES),
  /** In a sentence: why nothing was compared, or what was left out. */
  note: z.string().optional(),
  /** First and last day of the contacts' starts, UTC. */
  from: z.iso.date(),
  to: z.iso.date(),
  ...ContactCounts.omit({ missing: true }).shape,
  /** Ids of the contacts that are missing. */
  missing: z.array(InteractionId),
  days: z.array(ContactDay),
  /** What is remembered of them for the next run. */
  gaps: z.array(AskedGap),
});
export type Reconciliation = z.infer<typeof Reconciliation>;

/** Its summary in the manifest of the run. */
export const ReconciliationSummary = z.object({
  status: z.enum(RECONCILIATION_STATUSES),
  note: z.string().optional(),
  ...ContactCounts.shape,
  key: z.string(),
});
export type ReconciliationSummary = z.infer<typeof ReconciliationSummary>;

/**
 * The summary of a reconciliation.
 *
 * @param key where the whole of it is
 * @example summaryOf({ …, status: 'compared', expected: 12, missing: ['4711'] }, key) // { …, expected: 12, missing: 1, key }
 */
export function summaryOf(reconciliation: Reconciliation, key: string): ReconciliationSummary {
  const { status, note, expected, stored, empty, pending, missing, notProcessed } = reconciliation;
  const counts = { expected, stored, empty, pending, missing: missing.length, notProcessed };
  return { status, ...(note !== undefined && { note }), ...counts, key };
}
