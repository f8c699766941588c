/** The calls of Digital Engagement, version 3.0: the list of contacts, a contact, its messages, a message. */
import { PipelineError } from '../../contracts/errors.ts';
import { isTooFast } from '../../lib/pacing/pacer.ts';
import { type CallFrame, callVendor, parseJsonBody, type VendorAnswer, vendorError, vendorUrl } from '../exchange.ts';
import type { Sessions } from '../sign-in/sessions.ts';
import { bearer, withSession } from '../sign-in/with-session.ts';
import { FINISHED } from './read-contact.ts';
import { ContactList } from './schemas.ts';

const TIMEOUT_MS = 30_000;

const PATHS = {
  contacts: '/dfo/3.0/contacts',
  contact: '/dfo/3.0/contacts/{id}',
  messages: '/dfo/3.0/contacts/{id}/messages',
  message: '/dfo/3.0/messages/{id}',
} as const;

/** Days, `YYYY-MM-DD`, of the last change of status. The days may be the tenant's own. */
export interface ListQuery {
  fromDay: string;
  toDay: string;
  scrollToken?: string;
}

/** A page of the list, its rows as they came. */
export interface ContactPage {
  rows: unknown[];
  /** How many there are in all, where the vendor says so. */
  hits: number | undefined;
  /** For the next page; undefined where the vendor gives none. */
  scrollToken: string | undefined;
}

/** What the vendor has under an id: JSON of any form, not there, or more than any answer may be. */
export type Document = { found: true; json: unknown; bytes: number } | { found: false; isOversized?: true };

export type DigitalApi = ReturnType<typeof createDigitalApi>;

/**
 * The calls, with a token. All throw as {@link vendorError} says for an unwanted answer.
 *
 * @example await createDigitalApi(sessions).document('messages', '7000012', frame) // { found: true, json: { data: […] }, bytes: 8123 }
 */
export function createDigitalApi(sessions: Pick<Sessions, 'begin' | 'get' | 'drop'>) {
  const get = (path: string, values: Record<string, string>, query: URLSearchParams | undefined, frame: CallFrame) =>
    withSession(sessions, frame, ({ token, apiBase }): Promise<VendorAnswer> => {
      const url = vendorUrl(apiBase, path, values);
      if (query !== undefined) url.search = query.toString();
      return callVendor({ method: 'GET', url, headers: bearer(token), timeoutMs: TIMEOUT_MS }, frame);
    });

  return {
    begin: (frame: CallFrame) => sessions.begin(frame),

    /** A page of finished contacts by the time of their last change; `expired` when its token is no longer known. */
    async list(query: ListQuery, frame: CallFrame): Promise<ContactPage | 'expired'> {
      const answer = await get(PATHS.contacts, {}, paramsOf(query), frame);
      if (answer.status === 400 && query.scrollToken !== undefined) return 'expired';
      if (answer.status === 204) return { rows: [], hits: undefined, scrollToken: undefined };
      if (answer.status === 403 && !isTooFast(answer)) throw lacksPermission();
      if (answer.status !== 200) throw vendorError('the list of digital contacts', answer);
      const { data, hits, scrollToken } = parseJsonBody(ContactList, answer, 'the list of digital contacts');
      return { rows: data, hits: hits ?? undefined, scrollToken: scrollToken ?? undefined };
    },

    /** What the vendor has under an id: a contact, its messages, or one message in full. */
    async document(kind: 'contact' | 'messages' | 'message', id: string, frame: CallFrame): Promise<Document> {
      const answer = await get(PATHS[kind], { id }, undefined, frame);
      if (answer.status === 404 || answer.status === 410) return { found: false };
      if (answer.status === 403 && !isTooFast(answer)) throw lacksPermission();
      if (answer.status !== 200) throw vendorError('the request for a digital contact', answer);
      if (answer.body === undefined) return { found: false, isOversized: true };
      return { found: true, json: jsonOf(answer.body), bytes: Buffer.byteLength(answer.body) };
    },
  };
}

/** Once more with every page: follow-up calls without the statuses show other contacts. */
function paramsOf({ fromDay, toDay, scrollToken }: ListQuery): URLSearchParams {
  const params = new URLSearchParams();
  for (const status of FINISHED) params.append('status[]', status);
  params.append('sorting', 'updatedAt');
  params.append('sortingType', 'asc');
  params.append('date[from]', fromDay);
  params.append('date[to]', toDay);
  if (scrollToken !== undefined) params.append('scrollToken', scrollToken);
  return params;
}

/** Undefined for what is no JSON: such an answer costs its contact, not the batch. */
function jsonOf(body: string): unknown {
  try {
    return JSON.parse(body.replace(/^\uFEFF/, ''));
  } catch {
    return undefined;
  }
}

function lacksPermission(): PipelineError {
  return new PipelineError(
    'VendorAuthFailed',
    'CXone refused Digital Engagement with status 403: grant the user of the access key the permission to view digital contacts',
    { status: 403 },
  );
}
