/**
 * A tenant of CXone's Interaction Analytics with an access key alone, written from the published operations and nothing of
 * the simulator's: what both get wrong in the same way would not be seen.
 */
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export const TENANT_KEY = { accessKeyId: 'KEY-OF-TENANT', accessKeySecret: 'secret-of+the/tenant=' };

/** Rows of one page at most, whatever is asked for. */
const PAGE_ROWS = 1_000;
const MEDIA = ['PhoneCall', 'Chat', 'Email', 'Digital'] as const;
const SIGN_IN = '/authentication/v1/token/access-key';
const SEGMENTS = '/interaction-analytics-gateway/v2/segments/';

export interface TenantSegment {
  segmentId: string;
  interactionId: string;
  acdContactId: string;
  mediaType: string;
  startTime: string;
  firstAnnotatedAt: string;
  annotatedDateTime: string;
  /** The list has it, its transcript is 404. */
  isGone: boolean;
  /** In its text and in its row, in clear. */
  planted: string[];
}

export interface TenantPlan {
  count: number;
  /** How many of them share one millisecond. */
  crowd: number;
  fromMs: number;
  /** Between two segments that share none. */
  stepMs: number;
  /** Every so manieth has no transcript. */
  goneEvery: number;
  /** Requests for transcripts, by number, at which a storm of refusals begins, and how many it refuses. */
  storms?: { at: readonly number[]; refusals: number };
  /** Calls that the first token lives. */
  firstTokenCalls?: number;
  /** Before each answer. */
  delayMs?: number;
}

function segmentOf(nth: number, { crowd, fromMs, stepMs, goneEvery }: TenantPlan): TenantSegment {
  // The crowd stands in the middle of a page, after some that come one by one.
  const before = 700;
  const place = nth < before ? nth : Math.max(before, nth - crowd);
  const at = new Date(fromMs + place * stepMs).toISOString();
  const digits = String(nth).padStart(5, '0');
  return {
    segmentId: `5e9f0000-0000-4000-8000-0000000${digits}`,
    interactionId: `1a7e0000-0000-4000-8000-0000000${digits}`,
    acdContactId: String(405_000_000_000 + nth),
    mediaType: MEDIA[nth % MEDIA.length] as string,
    startTime: new Date(Date.parse(at) - 3_600_000).toISOString(),
    firstAnnotatedAt: at,
    annotatedDateTime: at,
    isGone: nth % goneEvery === goneEvery - 1,
    planted: [`dana.whit${digits}@example.net`, `617-555-0${String(100 + (nth % 100))}`],
  };
}

const listRow = ({ isGone: _, annotatedDateTime: __, planted, ...row }: TenantSegment) => ({
  ...row,
  contactNo: [planted[1]],
  segmentSummary: `Caller asked to be written to at ${planted[0]}.`,
});

function transcriptOf({ mediaType, startTime, annotatedDateTime, planted, segmentId }: TenantSegment) {
  const said = ['Thanks for calling, how can I help?', `Write to ${planted[0]}, or ring ${planted[1]}.`];
  return {
    type: mediaType,
    language: 'en-US',
    annotatedDateTime,
    transcriptBlocks: said.map((text, nth) => ({
      blockId: `${segmentId}-${nth}`,
      channelName: nth === 0 ? 'AGENT' : 'CLIENT',
      offset: nth * 100,
      length: text.length,
      text,
    })),
    annotations: [{ type: 'ENTITY', value: planted[0], displayText: planted[0], channelName: 'CLIENT', offset: 109 }],
    metrics: { mediaType, startTime },
  };
}

/** How the calls of a tenant were counted: by what was asked for. */
interface TenantCalls {
  signIns: number;
  pages: number;
  transcripts: number;
  refused: number;
}

/** A tenant of so many segments on a free port. */
export async function startAnalyticsTenant(plan: TenantPlan) {
  const segments = Array.from({ length: plan.count }, (_, nth) => segmentOf(nth, plan)).toSorted((a, b) =>
    a.firstAnnotatedAt < b.firstAnnotatedAt ? -1 : Number(a.firstAnnotatedAt > b.firstAnnotatedAt),
  );
  const byId = new Map(segments.map((segment) => [segment.segmentId, segment]));
  const calls: TenantCalls = { signIns: 0, pages: 0, transcripts: 0, refused: 0 };
  const tokens: string[] = [];
  let callsOfFirst = 0;
  let storm = 0;

  const send = (response: ServerResponse, status: number, body: unknown) =>
    setTimeout(() => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    }, plan.delayMs ?? 0);
  const isSignedIn = (header: string | undefined) => {
    const token = header?.replace(/^Bearer /, '') ?? '';
    if (token === tokens[0]) {
      callsOfFirst += 1;
      return callsOfFirst <= (plan.firstTokenCalls ?? Number.POSITIVE_INFINITY);
    }
    return tokens.includes(token);
  };
  const page = (query: URLSearchParams) => {
    if (query.get('dateField') !== 'firstAnnotatedAt') return { totalRecords: 0, interactions: [] };
    const [from, to] = ['beginningDate', 'endingDate'].map((name) => Date.parse(query.get(name) ?? ''));
    const cursor = Number(query.get('cursor') ?? from);
    const [mediaType, lang] = [query.get('mediaType'), query.get('lang')];
    const rows = segments.filter((segment) => {
      const at = Date.parse(segment.firstAnnotatedAt);
      const isAsked = (mediaType ?? segment.mediaType) === segment.mediaType && (lang ?? 'en-US') === 'en-US';
      return at >= (from as number) && at < (to as number) && at >= cursor && isAsked;
    });
    const asked = Number(query.get('pageSize') ?? 25);
    const interactions = rows.slice(0, Math.min(asked, PAGE_ROWS)).map(listRow);
    return { totalRecords: rows.length, interactions, links: { self: 'x', next: 'x' } };
  };
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const url = new URL(request.url ?? '/', 'http://tenant');
    if (request.headers.accept !== 'application/json') return send(response, 406, {});
    if (request.method === 'POST' && url.pathname === SIGN_IN) {
      calls.signIns += 1;
      const key = JSON.parse(body) as typeof TENANT_KEY;
      if (key.accessKeySecret !== TENANT_KEY.accessKeySecret) return send(response, 400, { error: 'invalid_grant' });
      tokens.push(`token-of-tenant-${calls.signIns}`);
      return send(response, 200, { access_token: tokens.at(-1), token_type: 'Bearer', expires_in: 3_600 });
    }
    if (request.method !== 'GET' || !url.pathname.startsWith(SEGMENTS)) {
      return send(response, 404, { status: 404, timestamp: 0, error: 'Not Found', path: url.pathname });
    }
    if (!isSignedIn(request.headers.authorization)) return send(response, 401, { message: 'Unauthorized' });
    const [id = '', what] = url.pathname.slice(SEGMENTS.length).split('/');
    if (id === 'analyzed' && what === undefined) {
      calls.pages += 1;
      return send(response, 200, page(url.searchParams));
    }
    calls.transcripts += 1;
    if (plan.storms?.at.includes(calls.transcripts)) storm = plan.storms.refusals;
    if (storm > 0) {
      storm -= 1;
      calls.refused += 1;
      return send(response, 429, { statusCode: 429, timestamp: 0, message: 'Too Many Requests' });
    }
    const segment = what === 'analyzed-transcript' ? byId.get(id) : undefined;
    if (segment === undefined || segment.isGone) {
      return send(response, 404, { status: 404, timestamp: 0, error: 'Not Found', path: url.pathname });
    }
    return send(response, 200, transcriptOf(segment));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    segments,
    calls,
    tokens,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
