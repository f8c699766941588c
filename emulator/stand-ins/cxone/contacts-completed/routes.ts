import type { ServerResponse } from 'node:http';
import { sendJson } from '../../start-server.ts';
import { acceptsJson } from '../accepts-json.ts';
import { answerWithFault } from '../answer-with-fault.ts';
import type { Effect } from '../faults.ts';
import type { SegmentBook } from '../interaction-analytics/segment-book.ts';
import { isIdOf } from '../interaction-analytics/segment-list.ts';
import type { Exchange, Route, Tenant } from '../route.ts';
import { type CompletedContact, contactsOf, createContactRow } from './contact.ts';
import { type ContactQuery, readContactQuery } from './contact-query.ts';

/** The vendor's index of completed contacts: what it has itself processed, whatever Interaction Analytics lists. */
export function contactsCompletedRoutes(tenant: Tenant, book: SegmentBook, daysBack: number): Route[] {
  /** Totals of the walks that go on, so that a page costs its rows and those before it. */
  const totals = new Map<string, number>();

  function totalOf(query: ContactQuery, url: URL, nowMs: number): number {
    const parameters = new URLSearchParams(url.search);
    parameters.delete('skip');
    const key = parameters.toString();
    const known = query.skip > 0 ? totals.get(key) : undefined;
    if (known !== undefined) return known;
    let total = 0;
    for (const _ of matching(book, query, nowMs)) total += 1;
    if (totals.size >= 16) totals.clear();
    totals.set(key, total);
    return total;
  }

  async function answer({ request, response, url }: Exchange): Promise<void> {
    const nowMs = tenant.now();
    const query = readContactQuery(url.searchParams, daysBack, nowMs);
    const hasInteraction = (id: string) => typeof query !== 'string' && concerns(book, query, id);
    const effect = tenant.faults.take('completed', { hasInteraction })?.do ?? {};
    if (effect.tokenDies === true) tenant.bearers.revokeAll();
    if (effect.statusDescription !== undefined) response.setHeader('icStatusDescription', effect.statusDescription);
    if (await answerWithFault(response, effect)) return;
    if (tenant.bearers.scopesOf(request.headers.authorization) === undefined) {
      sendJson(response, 401, {
        error: 'invalid_token',
        error_description: 'The token is missing, unknown or expired',
      });
      return;
    }
    if (!acceptsJson(request)) return refuse(response, 406, 'Accept must name application/json');
    if (typeof query === 'string') return refuse(response, 400, query);
    const page = pageOf(book, query, nowMs, effect);
    if (page.length === 0) {
      response.writeHead(204).end();
      return;
    }
    const rows = page.map((contact) => rowOf(createContactRow(tenant.seed, contact), query, effect));
    const total = effect.totalRecords === undefined ? totalOf(query, url, nowMs) : effect.totalRecords;
    const body = {
      businessUnitId: 4_600_000,
      lastPollTime: new Date(nowMs).toISOString(),
      ...(total === null ? {} : { totalRecords: total }),
      completedContacts: rows,
      _links: { self: `${tenant.baseUrl()}${url.pathname}${url.search}` },
    };
    sendJson(response, 200, body);
  }

  const path = /^\/incontactapi\/services\/v\d+\.\d+\/contacts\/completed$/i;
  return [{ call: 'completed', method: 'GET', path, answer }];
}

function refuse(response: ServerResponse, status: number, reason: string): void {
  // A reason is no part of the body at the vendor's.
  sendJson(response, status, { error: 'invalid_request', error_description: '' }, { icStatusDescription: reason });
}

function* matching(book: SegmentBook, query: ContactQuery, nowMs: number): Generator<CompletedContact> {
  const { fromMs, toMs, updatedSinceMs, isProcessed, mediaTypeId } = query;
  for (const contact of contactsOf(book, fromMs, toMs, nowMs)) {
    if (updatedSinceMs !== undefined && contact.lastUpdateMs < updatedSinceMs) continue;
    if (isProcessed !== undefined && contact.isProcessed !== isProcessed) continue;
    if (mediaTypeId !== undefined && contact.mediaTypeId !== mediaTypeId) continue;
    yield contact;
  }
}

function pageOf(
  book: SegmentBook,
  query: ContactQuery,
  nowMs: number,
  quirks: Effect<'completed'>,
): CompletedContact[] {
  const moved = query.skip === 0 ? 0 : (quirks.movedRows ?? 0);
  const first = Math.max(0, query.skip + moved);
  const size = Math.min(query.top, quirks.pageCap ?? query.top);
  const page: CompletedContact[] = [];
  let position = 0;
  if (size === 0) return page;
  for (const contact of matching(book, query, nowMs)) {
    if (position >= first) page.push(contact);
    position += 1;
    if (page.length === size) break;
  }
  return page;
}

function concerns(book: SegmentBook, { fromMs, toMs }: ContactQuery, id: string): boolean {
  return book.find(id).some((segment) => isIdOf(segment, id) && segment.startMs >= fromMs && segment.startMs < toMs);
}

/** Members that earlier versions of the API have under another name. */
const EARLIER_NAMES: Record<string, string> = { contactStartDate: 'contactStart', mediaTypeId: 'mediaType' };

function rowOf(
  row: Record<string, unknown>,
  { fields }: ContactQuery,
  { names, numbersAsText }: Effect<'completed'>,
): Record<string, unknown> {
  const members = Object.entries(row).filter(([name]) => fields === undefined || fields.has(name));
  return Object.fromEntries(
    members.map(([name, value]) => [
      names === 'earlier' ? (EARLIER_NAMES[name] ?? name) : name,
      numbersAsText === true && typeof value === 'number' ? String(value) : value,
    ]),
  );
}
