/** Finds the contacts that were finished in a slice of time, whatever the list's tokens do. */
import { PipelineError } from '../../contracts/errors.ts';
import { dayOf } from '../../lib/days.ts';
import { IdSet } from '../../lib/id-set.ts';
import type { Discovery, TimeSlice } from '../transcript-source.ts';
import type { ContactPage, ListQuery } from './digital-api.ts';
import { type ReadContact, readContact } from './read-contact.ts';

/** One page of the list; `expired` when the token is no longer known. */
export type ListPage = (query: ListQuery) => Promise<ContactPage | 'expired'>;

const HOUR_MS = 3_600_000;
/**
 * It is not documented whose days the list's days are: midnight is up to 14 hours before that of UTC, or 12 behind. Nor is it
 * whether the last day belongs to what is asked for, so it is asked for a day more.
 */
const LATEST_MIDNIGHT_MS = 12 * HOUR_MS;
const EARLIEST_MIDNIGHT_MS = 14 * HOUR_MS;
const LAST_DAY_MS = 24 * HOUR_MS;
/** Times in a row that the list is begun again without a new row: then its token expires faster than a page is read. */
const MAX_IDLE_RESTARTS = 2;
/** Contacts that leave the list while it is read shift others to pages that were read already: it is read again. */
const MAX_WALKS = 3;
/** Pages of 25 that make one of the size that limits of a search are counted in. */
const PAGES_OF_A_PAGE = 20;

interface Walk extends Discovery {
  list: ListPage;
  slice: TimeSlice;
  isTooLong: (pages: number) => boolean;
  /** Rows that were seen, each version of a contact for itself. */
  seen: IdSet;
  listPages: number;
  /** The latest change that was seen, in ms. */
  reachedMs: number;
  /** So far rows came in the order that was asked for. */
  isOrdered: boolean;
}

/**
 * The contacts whose status was last changed in the slice and that are finished, each once.
 *
 * It goes by rows, not by tokens or totals: a page that was there before means that the list stands still, an expired token
 * is asked for again from the last change that was seen, and rows from outside the slice, of another medium or reopened
 * meanwhile are passed over.
 *
 * @param isTooLong asked before each page but the first
 * @returns undefined when the slice was given up; shorter ones take fewer pages only where the list is long for other reasons
 * @throws PipelineError `ContractViolation` when the list stands still or ends before its end; what `list` throws
 * @example (await walkContacts(list, slice, () => false))?.found.size // 61
 */
export async function walkContacts(
  list: ListPage,
  slice: TimeSlice,
  isTooLong: (pages: number) => boolean,
): Promise<Discovery | undefined> {
  const walk: Walk = {
    ...{ list, slice, isTooLong, found: new Map(), unreadable: new Set<string>(), seen: new IdSet() },
    ...{ pages: 0, listPages: 0, reachedMs: slice.fromMs, isOrdered: true },
  };
  for (let walks = 0; walks < MAX_WALKS; walks += 1) {
    const before = walk.seen.size;
    const end = await walkOnce(walk);
    if (end === 'tooLong') return undefined;
    if (end === 'whole' || (walks > 0 && walk.seen.size === before)) break;
  }
  for (const id of walk.found.keys()) walk.unreadable.delete(id);
  const { found, unreadable, pages } = walk;
  return { found, unreadable, pages };
}

/** `shifted`: rows have left the list while it was read. */
type End = 'whole' | 'shifted' | 'tooLong';

async function walkOnce(walk: Walk): Promise<End> {
  const toDay = dayOf(walk.slice.toMs + EARLIEST_MIDNIGHT_MS + LAST_DAY_MS);
  let isShifted = false;
  let sinceMs = walk.slice.fromMs;
  for (let idle = 0; idle <= MAX_IDLE_RESTARTS; ) {
    const before = walk.seen.size;
    const scroll = await readScroll(walk, { fromDay: dayOf(sinceMs - LATEST_MIDNIGHT_MS), toDay });
    if (scroll === 'tooLong') return scroll;
    isShifted ||= scroll.isShifted;
    if (scroll.isEnd) return isShifted ? 'shifted' : 'whole';
    idle = walk.seen.size > before ? 0 : idle + 1;
    sinceMs = Math.max(sinceMs, Math.min(walk.reachedMs, walk.slice.toMs));
  }
  throw new PipelineError(
    'ContractViolation',
    'The list of digital contacts of CXone cannot be read to its end: its tokens expire, or are missing, before a new contact comes',
  );
}

interface Scroll {
  /** False where it broke off, and is to be begun again. */
  isEnd: boolean;
  isShifted: boolean;
}

/** Reads pages from a day on until they end, or the token is gone. */
async function readScroll(walk: Walk, days: Pick<ListQuery, 'fromDay' | 'toDay'>): Promise<Scroll | 'tooLong'> {
  const known = new Set<string>();
  let fewestHits = Number.POSITIVE_INFINITY;
  let isShifted = false;
  let rows = 0;
  let scrollToken: string | undefined;
  for (;;) {
    if (walk.listPages > 0 && walk.isTooLong(walk.pages)) return 'tooLong';
    walk.listPages += 1;
    walk.pages = Math.ceil(walk.listPages / PAGES_OF_A_PAGE);
    const page = await walk.list({ ...days, ...(scrollToken !== undefined && { scrollToken }) });
    if (page === 'expired') return { isEnd: false, isShifted };
    if (page.rows.length === 0) return { isEnd: true, isShifted };
    const { name, isBehind } = collect(walk, page.rows);
    if (known.has(name)) throw standsStill();
    known.add(name);
    rows += page.rows.length;
    isShifted ||= page.hits !== undefined && page.hits < fewestHits && known.size > 1;
    fewestHits = Math.min(fewestHits, page.hits ?? fewestHits);
    if (walk.isOrdered && isBehind) return { isEnd: true, isShifted };
    // Without a token there is no more, unless the vendor says so.
    if (page.scrollToken === undefined) return { isEnd: (page.hits ?? 0) <= rows, isShifted };
    scrollToken = page.scrollToken;
  }
}

/** Takes the rows of a page in; says by what the page is known, and whether all of it is behind the slice. */
function collect(walk: Walk, rows: readonly unknown[]): { name: string; isBehind: boolean } {
  let isBehind = true;
  let beforeMs = Number.NEGATIVE_INFINITY;
  const names = rows.map((row) => {
    const read = readContact(row);
    if (!read.ok) {
      isBehind = false;
      walk.unreadable.add(read.id);
      walk.seen.add(read.id);
      return read.id;
    }
    const { contact } = read;
    isBehind &&= contact.statusUpdatedMs >= walk.slice.toMs;
    walk.isOrdered &&= contact.statusUpdatedMs >= beforeMs;
    beforeMs = contact.statusUpdatedMs;
    walk.reachedMs = Math.max(walk.reachedMs, contact.statusUpdatedMs);
    const name = `${contact.interactionId}@${contact.statusUpdatedMs}`;
    walk.seen.add(name);
    if (isWanted(contact, walk.slice)) keep(walk, contact);
    return name;
  });
  return { name: names.join(' '), isBehind };
}

function isWanted({ isFinished, statusUpdatedMs, mediaType }: ReadContact, slice: TimeSlice): boolean {
  if (!isFinished || statusUpdatedMs < slice.fromMs || statusUpdatedMs >= slice.toMs) return false;
  return slice.mediaTypes.includes(mediaType);
}

/** Of two versions in one slice the later one counts. */
function keep({ found }: Walk, { interactionId, statusUpdatedMs, startMs, aliases }: ReadContact): void {
  const known = found.get(interactionId);
  if (known !== undefined && known.availableMs >= statusUpdatedMs) return;
  found.set(interactionId, { interactionId, startMs, availableMs: statusUpdatedMs, aliases });
}

function standsStill(): PipelineError {
  return new PipelineError(
    'ContractViolation',
    'The list of digital contacts of CXone makes no progress: it shows the same page again',
  );
}
