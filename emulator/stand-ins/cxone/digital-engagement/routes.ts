import type { IncomingMessage, ServerResponse } from 'node:http';
import { sendJson } from '../../start-server.ts';
import { acceptsJson } from '../accepts-json.ts';
import { answerWithFault } from '../answer-with-fault.ts';
import type { Exchange, Route, Tenant } from '../route.ts';
import { ContactBook, type SeenContact } from './contact-book.ts';
import { contactDocument } from './contact-document.ts';
import { ContactList, readQuery } from './contact-list.ts';
import { refusal } from './documents.ts';
import type { DigitalListEffect } from './effects.ts';
import { messageDocument, messagesOf, placeOf } from './message-document.ts';
import { type DigitalLimits, DOCUMENTED_LIMITS, RateLimits } from './rate-limits.ts';
import { conversationOf } from './said.ts';

export interface DigitalEngagementOptions {
  /** This share of contacts is reopened after it was closed, and closed again; 0.05 by default. */
  reopenedShare?: number;
  /** Reads an hour; the documented ones by default. */
  digitalLimits?: Partial<DigitalLimits>;
}

type DigitalCall = 'contacts' | 'contact' | 'messages' | 'message';

/** Digital Engagement, version 3.0: the list of contacts, a contact, its messages, a message. */
export function digitalEngagementRoutes(
  tenant: Tenant,
  { reopenedShare = 0.05, digitalLimits }: DigitalEngagementOptions,
): Route[] {
  const { seed, generated } = tenant;
  const book = new ContactBook({ seed, catalogue: generated, reopenedShare });
  const list = new ContactList(book);
  const limits = new RateLimits({ ...DOCUMENTED_LIMITS, ...digitalLimits }, tenant.now());

  const answers: Record<DigitalCall, (exchange: Exchange) => Promise<void>> = {
    async contacts({ request, response, url }) {
      const fault = tenant.faults.take('contacts', { hasInteraction: () => true });
      const effect = fault?.do ?? {};
      if (await answerWithFault(response, effect)) return;
      if (isRefused(request, response)) return;
      const nowMs = tenant.now();
      if (isThrottled(response, nowMs)) return;
      const query = readQuery(url.searchParams);
      if (query === undefined) {
        sendJson(response, 400, refusal('invalidQuery', 'The query is not valid'));
        return;
      }
      const page = list.page(query, url.searchParams.get('scrollToken') ?? undefined, nowMs, effect);
      if (page === 'expired') {
        sendJson(response, 400, refusal('scrollTokenExpired', 'The scroll token is not valid or has expired'));
        return;
      }
      const { rows, hits, scrollToken } = page;
      const data = rows.map((seen) => withQuirks(documentOf(seen), effect, fault?.match?.interactionId));
      const said = effect.hits === undefined ? hits : effect.hits;
      sendJson(response, 200, { hits: said, data, ...(scrollToken === undefined ? {} : { scrollToken }) });
    },

    async contact({ request, response, params: [number = ''] }) {
      const seen = book.find(number, tenant.now());
      if (await answerWithFault(response, tenant.faults.take('contact', factsOf(seen, number))?.do)) return;
      if (isRefused(request, response) || isThrottled(response, tenant.now(), number)) return;
      if (seen === undefined) sendJson(response, 404, notFound());
      else sendJson(response, 200, documentOf(seen));
    },

    async messages({ request, response, params: [number = ''] }) {
      const nowMs = tenant.now();
      const seen = book.find(number, nowMs);
      const effect = tenant.faults.take('messages', factsOf(seen, number))?.do ?? {};
      if (await answerWithFault(response, effect)) return;
      if (isRefused(request, response) || isThrottled(response, nowMs, number)) return;
      if (seen === undefined) {
        sendJson(response, 404, notFound());
        return;
      }
      const data = effect.noMessages === true ? [] : messagesOf(seed, seen.life, nowMs, effect);
      sendJson(response, 200, effect.bareArray === true ? data : { hits: data.length, data });
    },

    async message({ request, response, params: [messageId = ''] }) {
      const place = placeOf(messageId);
      const nowMs = tenant.now();
      const seen = place === undefined ? undefined : book.find(place.contact, nowMs);
      if (await answerWithFault(response, tenant.faults.take('message', factsOf(seen, messageId))?.do)) return;
      if (isRefused(request, response) || isThrottled(response, nowMs)) return;
      const { person, said } = seen === undefined ? { person: undefined, said: [] } : conversationOf(seed, seen.life);
      const one = place === undefined ? undefined : said[place.at];
      if (seen === undefined || person === undefined || place === undefined || one === undefined || one.atMs > nowMs) {
        sendJson(response, 404, notFound());
        return;
      }
      const { life } = seen;
      sendJson(response, 200, messageDocument({ seed, life, person, said: one, at: place.at, isWhole: true }));
    },
  };

  const documentOf = (seen: SeenContact) => contactDocument(seed, seen, conversationOf(seed, seen.life).person);

  function isRefused(request: IncomingMessage, response: ServerResponse): boolean {
    if (tenant.bearers.scopesOf(request.headers.authorization) === undefined) {
      sendJson(response, 401, refusal('unauthorized', 'The access token is missing, unknown or expired'));
    } else if (!acceptsJson(request))
      sendJson(response, 406, refusal('notAcceptable', 'Accept must name application/json'));
    else return false;
    return true;
  }

  /** The API says that there were too many reads, and not for how long. */
  function isThrottled(response: ServerResponse, nowMs: number, contact?: string): boolean {
    if (limits.allows(nowMs, contact)) return false;
    sendJson(response, 429, refusal('tooManyRequests', 'Too many requests'));
    return true;
  }

  return PATHS.map(([call, path]) => ({ call, method: 'GET', path, answer: answers[call] }));
}

const PATHS: readonly [DigitalCall, path: RegExp][] = [
  ['contacts', /^\/dfo\/3\.0\/contacts$/],
  ['contact', /^\/dfo\/3\.0\/contacts\/([^/]+)$/],
  ['messages', /^\/dfo\/3\.0\/contacts\/([^/]+)\/messages$/],
  ['message', /^\/dfo\/3\.0\/messages\/([^/]+)$/],
];

const notFound = () => refusal('notFound', 'The resource does not exist');

/** A fault names a contact by its number, or by the interaction's id. */
const factsOf = (seen: SeenContact | undefined, number: string) => ({
  hasInteraction: (id: string) => id === number || id === seen?.life.number || id === seen?.life.entry.interactionId,
});

function withQuirks(
  document: ReturnType<typeof contactDocument>,
  { statusUpdatedAt, contactNumber }: DigitalListEffect,
  target: string | undefined,
): Record<string, unknown> {
  const quirked: Record<string, unknown> = { ...document };
  if (target !== undefined && target !== document.id) return quirked;
  for (const [name, value] of [
    ['statusUpdatedAt', statusUpdatedAt],
    ['id', contactNumber],
  ] as const) {
    if (value === null) delete quirked[name];
    else if (value !== undefined) quirked[name] = value;
  }
  return quirked;
}
