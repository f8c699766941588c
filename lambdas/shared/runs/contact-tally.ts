/** Holds the vendor's contacts against what is known of them in the lake. Pure. */
import type { CompletedContact } from '../contracts/completed-contact.ts';
import type { MediaType } from '../contracts/job-options.ts';
import { dayOf } from '../lib/days.ts';
import type { ContactCounts, ContactDay } from './reconciliation-record.ts';

/** What the lake is to hold. */
export interface ContactScope {
  mediaTypes: readonly MediaType[];
  /** The vendor analysed it in `[sinceMs, untilMs)`: the time that was searched for transcripts. */
  sinceMs: number;
  untilMs: number;
}

/**
 * What is known of a contact, from what counts least to what counts most. `empty`: there is no transcript, or none with words;
 * `pending`: a run has found it, and did not store it, or not yet; `stored`: one of its transcripts is.
 */
const STANDINGS = ['missing', 'empty', 'pending', 'stored'] as const;
export type Standing = (typeof STANDINGS)[number];

/** A contact that is to be in the lake and is not. Times in ms. */
export interface Gap {
  contactId: string;
  day: string;
  mediaType: MediaType;
  processedMs: number;
}

/** Kept small: there may be a million. */
interface Expected {
  day: ContactDay;
  processedMs: number;
  standing: Standing;
}

/** Messages, which are called one thing in the ledger and perhaps another in the list of transcripts. */
const MESSAGES: readonly MediaType[] = ['sms', 'social', 'digital'];

/**
 * Whether transcripts of a medium of the ledger are asked for, whatever they are called where transcripts are listed.
 *
 * @example
 * isAskedFor('voice', ['voice']) // true
 * isAskedFor('sms', ['sms']) // false: they may be listed as digital, which is not asked for
 */
export function isAskedFor(medium: MediaType, mediaTypes: readonly MediaType[]): boolean {
  const names = MESSAGES.includes(medium) ? [medium, 'digital' as const] : [medium];
  return names.every((name) => mediaTypes.includes(name));
}

/** Counts contacts by the day of their start and their medium. */
export class ContactTally {
  readonly #scope: ContactScope;
  readonly #contacts = new Map<string, Expected>();
  readonly #days = new Map<string, ContactDay>();

  constructor(scope: ContactScope) {
    this.#scope = scope;
  }

  /** How many contacts are expected. */
  get size(): number {
    return this.#contacts.size;
  }

  /**
   * Counts a contact of the vendor's. One that was analysed before anything was searched is nobody's business; one that
   * was analysed after that, or not at all, is not processed.
   */
  add({ contactId, startMs, mediaType, isProcessed, processedMs }: CompletedContact): void {
    const { mediaTypes, sinceMs, untilMs } = this.#scope;
    if (!isAskedFor(mediaType, mediaTypes) || (isProcessed && processedMs < sinceMs)) return;
    const day = this.#day(dayOf(startMs), mediaType);
    if (!isProcessed || processedMs >= untilMs) {
      day.notProcessed += 1;
      return;
    }
    if (this.#contacts.has(contactId)) return;
    this.#contacts.set(contactId, { day, processedMs, standing: 'missing' });
    day.expected += 1;
    day.missing += 1;
  }

  /**
   * Notes what is known under an id, whichever of an interaction's; what counts most stays.
   *
   * @returns whether it is the id of an expected contact
   * @example tally.note('4711', 'stored') // true
   */
  note(id: string, standing: Standing): boolean {
    const contact = this.#contacts.get(id);
    if (contact === undefined) return false;
    if (STANDINGS.indexOf(standing) > STANDINGS.indexOf(contact.standing)) {
      contact.day[contact.standing] -= 1;
      contact.day[standing] += 1;
      contact.standing = standing;
    }
    return true;
  }

  /** Takes out contacts that are not to be in the lake. */
  leaveOut(isErased: (contactId: string) => boolean): void {
    for (const [contactId, { day, standing }] of this.#contacts) {
      if (!isErased(contactId)) continue;
      this.#contacts.delete(contactId);
      day.expected -= 1;
      day[standing] -= 1;
    }
  }

  /** All counts. */
  counts(): ContactCounts {
    const counts = { expected: 0, stored: 0, empty: 0, pending: 0, missing: 0, notProcessed: 0 };
    for (const day of this.#days.values()) {
      for (const name of Object.keys(counts) as (keyof ContactCounts)[]) counts[name] += day[name];
    }
    return counts;
  }

  /** The counts by day and medium, in this order; days and media without contacts are left out. */
  days(): ContactDay[] {
    return [...this.#days.values()]
      .filter(({ expected, notProcessed }) => expected + notProcessed > 0)
      .sort((a, b) => a.day.localeCompare(b.day) || a.mediaType.localeCompare(b.mediaType));
  }

  /** The contacts that are missing, by day and id. */
  gaps(): Gap[] {
    const gaps: Gap[] = [];
    for (const [contactId, { day, processedMs, standing }] of this.#contacts) {
      if (standing === 'missing') gaps.push({ contactId, day: day.day, mediaType: day.mediaType, processedMs });
    }
    return gaps.sort((a, b) => a.day.localeCompare(b.day) || a.contactId.localeCompare(b.contactId));
  }

  #day(day: string, mediaType: MediaType): ContactDay {
    const key = `${day} ${mediaType}`;
    const known = this.#days.get(key);
    if (known !== undefined) return known;
    const entry = { day, mediaType, expected: 0, stored: 0, empty: 0, pending: 0, missing: 0, notProcessed: 0 };
    this.#days.set(key, entry);
    return entry;
  }
}
