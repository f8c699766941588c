/** `GET contacts`: 25 a page, by status and last change, with scroll tokens of its own making. */
import { z } from 'zod';
import { byChange, type ContactBook, type SeenContact } from './contact-book.ts';
import type { DigitalListEffect } from './effects.ts';

const PAGE = 25;
const DAY_MS = 86_400_000;

const Status = z.enum(['closed', 'escalated', 'new', 'open', 'pending', 'resolved', 'trashed']);
const day = z.iso.date().transform((text) => Date.parse(text));

/** What is read of the query; anything else is ignored without complaint, as the API does. */
const Query = z.object({
  statuses: z.array(Status),
  sorting: z.enum(['createdAt', 'id', 'slaFrt', 'slaRt', 'status', 'updatedAt']).default('updatedAt'),
  sortingType: z.enum(['asc', 'desc']).default('desc'),
  from: day.optional(),
  to: day.optional(),
});
export type ListQuery = z.infer<typeof Query>;

/**
 * The query of a list; undefined for one that the API refuses.
 *
 * @example readQuery(new URLSearchParams('status[]=closed&date[from]=2026-11-20'))?.from // 1795132800000
 */
export function readQuery(params: URLSearchParams): ListQuery | undefined {
  const given = (name: string) => params.get(name) ?? undefined;
  const parsed = Query.safeParse({
    statuses: params.getAll('status[]'),
    sorting: given('sorting'),
    sortingType: given('sortingType'),
    from: given('date[from]'),
    to: given('date[to]'),
  });
  return parsed.success ? parsed.data : undefined;
}

/** Where the next page begins. */
interface Place {
  /** The last row that was shown. */
  after: SeenContact | undefined;
  /** Rows that were shown. */
  shown: number;
}

export interface Page {
  rows: SeenContact[];
  hits: number;
  scrollToken: string | undefined;
}

/** Tokens, and the pages that they stand for. A token lives until it is told to expire. */
export class ContactList {
  readonly #book: ContactBook;
  readonly #places = new Map<string, Place>();
  #issued = 0;

  constructor(book: ContactBook) {
    this.#book = book;
  }

  /**
   * A page; `expired` for a token that is not known, or is no longer.
   *
   * @param token of the page before; left out for the first
   */
  page(query: ListQuery, token: string | undefined, nowMs: number, effect: DigitalListEffect): Page | 'expired' {
    const place = token === undefined ? { after: undefined, shown: 0 } : this.#places.get(token);
    if (place === undefined || (token !== undefined && effect.expireToken === true)) {
      if (token !== undefined) this.#places.delete(token);
      return 'expired';
    }
    if (effect.reopen !== undefined) this.#reopenShown(query, place, effect.reopen, nowMs);
    const all = this.#matching(
      effect.ignoreDates === true ? { ...query, from: undefined, to: undefined } : query,
      nowMs,
    );
    // A list that counts rows, instead of going by the last one, loses as many as have left it meanwhile.
    const start = effect.reopen === undefined ? this.#placeIn(all, query, place) : place.shown;
    const rows = all.slice(start, start + PAGE);
    const next: Place =
      effect.standStill === true ? place : { after: rows.at(-1) ?? place.after, shown: start + rows.length };
    const isSameToken = effect.repeatToken === true || effect.standStill === true;
    const scrollToken = isSameToken && token !== undefined ? token : this.#newToken();
    this.#places.set(scrollToken, next);
    return { rows, hits: all.length, scrollToken: effect.noToken === true ? undefined : scrollToken };
  }

  #matching({ statuses, from = 0, to, sorting, sortingType }: ListQuery, nowMs: number): SeenContact[] {
    const toMs = to === undefined ? Number.POSITIVE_INFINITY : to + DAY_MS;
    const all = [...this.#book.changedBetween(from, toMs, nowMs)].filter(
      ({ status }) => statuses.length === 0 || statuses.includes(status),
    );
    if (sorting !== 'updatedAt')
      all.sort((a, b) => a.life.cycles[0].openedMs - b.life.cycles[0].openedMs || byChange(a, b));
    return sortingType === 'asc' ? all : all.reverse();
  }

  #placeIn(all: readonly SeenContact[], { sorting, sortingType }: ListQuery, { after, shown }: Place): number {
    if (after === undefined || sorting !== 'updatedAt') return shown;
    const sign = sortingType === 'asc' ? 1 : -1;
    const at = all.findIndex((seen) => sign * byChange(seen, after) > 0);
    return at < 0 ? all.length : at;
  }

  #reopenShown(query: ListQuery, { shown }: Place, count: number, nowMs: number): void {
    for (const { life } of this.#matching(query, nowMs).slice(0, Math.min(count, shown))) {
      this.#book.reopen(life.number, nowMs);
    }
  }

  #newToken(): string {
    this.#issued += 1;
    return Buffer.from(`scroll:${this.#issued}`).toString('base64url');
  }
}
