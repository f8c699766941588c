import { sendJson } from '../../start-server.ts';
import { acceptsJson } from '../accepts-json.ts';
import { answerWithFault } from '../answer-with-fault.ts';
import type { Effect } from '../faults.ts';
import type { Exchange, Route, Tenant } from '../route.ts';
import { sendVendorError, vendorError } from '../vendor-error.ts';
import { withOddNumbers } from './odd-numbers.ts';
import { createRow } from './row.ts';
import type { Segment } from './segment.ts';
import type { SegmentBook } from './segment-book.ts';
import { dateOfField } from './segment-book.ts';
import {
  concernsSegment,
  isBeyondCap,
  isIdOf,
  type ListQuery,
  pageOf,
  readListQuery,
  type SegmentPage,
  totalOf,
} from './segment-list.ts';
import { createTranscript } from './transcript.ts';

export interface AnalyticsOptions {
  tenantId: string;
  /** Rows of the largest page; a larger one that is asked for is cut. */
  maxPageSize: number;
  /** Rows of the largest result that can be walked through. */
  rowCap: number;
  minTranscriptBytes: number;
}

const PREFIX = '/interaction-analytics-gateway/v2/segments';

/** The vendor's Interaction Analytics: the list of analysed segments, and a transcript each. */
export function analyticsRoutes(tenant: Tenant, book: SegmentBook, options: AnalyticsOptions): Route[] {
  /** Whether the call is over before anybody looked at what it asks for. */
  async function isOver(
    { request, response, url }: Exchange,
    effect: Effect<'segments'> | Effect<'segmentTranscript'> | undefined,
  ): Promise<boolean> {
    if (effect?.tokenDies === true) tenant.bearers.revokeAll();
    if (await answerWithFault(response, effect, (status) => vendorError(status, url.pathname))) return true;
    const status =
      effect?.pathMoved === true
        ? 404
        : tenant.bearers.scopesOf(request.headers.authorization) === undefined
          ? 401
          : acceptsJson(request)
            ? undefined
            : 406;
    if (status !== undefined) sendVendorError(request, response, status);
    return status !== undefined;
  }

  async function answerList(exchange: Exchange): Promise<void> {
    const { request, response, url } = exchange;
    const nowMs = tenant.now();
    const query = readListQuery(url.searchParams, options.maxPageSize, nowMs);
    const hasInteraction = (id: string) => query !== undefined && concernsSegment(book, query, id);
    const fault = tenant.faults.take('segments', { hasInteraction });
    const effect = fault?.do ?? {};
    if (await isOver(exchange, effect)) return;
    const isTooMuch = query !== undefined && isBeyondCap(tenant.generated, query, options.rowCap);
    if (query === undefined || isTooMuch || effect.tooManyRows === true) {
      sendVendorError(request, response, 400);
      return;
    }
    const page = pageOf(book, query, nowMs, effect);
    const body = bodyOf(page, query, url, effect, fault?.match?.interactionId, nowMs);
    sendJson(response, 200, effect.oddNumbers === true ? withOddNumbers(body) : body);
  }

  function bodyOf(
    page: SegmentPage,
    query: ListQuery,
    url: URL,
    effect: Effect<'segments'>,
    target: string | undefined,
    nowMs: number,
  ): Record<string, unknown> {
    const rows = page.segments.map((segment) => {
      const { isAnonymised } = book.editionOf(segment, nowMs);
      const row = createRow(segment, { seed: tenant.seed, tenantId: options.tenantId, isAnonymised });
      return target === undefined || isIdOf(segment, target) ? saidOtherwise(row, effect) : row;
    });
    if (effect.outOfOrder === true) rows.reverse();
    const total =
      effect.totalRecords === undefined ? totalOf(book, tenant.generated, query, nowMs) : effect.totalRecords;
    return {
      ...(total === null ? {} : { totalRecords: total }),
      [effect.rowsUnder ?? 'interactions']: effect.rowsAs === 'map' ? asMap(rows) : rows,
      ...(effect.links === 'none' ? {} : { links: linksOf(page, query, url, effect.links) }),
    };
  }

  function linksOf(
    { segments, hasMore }: SegmentPage,
    query: ListQuery,
    url: URL,
    quirk: 'repeat' | 'alternate' | undefined,
  ) {
    const self = `${tenant.baseUrl()}${url.pathname}${url.search}`;
    const last = segments.at(-1);
    const to = (cursor: number) => {
      const next = new URL(self);
      next.searchParams.set('cursor', String(cursor));
      return next.href;
    };
    if (quirk === 'repeat') return { self, next: self };
    if (quirk === 'alternate') {
      const isFirst = query.cursorMs === undefined || query.cursorMs === query.fromMs;
      return { self, next: to(isFirst && last !== undefined ? dateOfField(query.field)(last) : query.fromMs) };
    }
    return { self, ...(hasMore && last !== undefined ? { next: to(dateOfField(query.field)(last)) } : {}) };
  }

  async function answerTranscript(exchange: Exchange): Promise<void> {
    const { request, response, url, params } = exchange;
    const nowMs = tenant.now();
    const segment = segmentOf(params[0] ?? '');
    const hasInteraction = (id: string) => id === params[0] || (segment !== undefined && isIdOf(segment, id));
    const effect = tenant.faults.take('segmentTranscript', { hasInteraction })?.do ?? {};
    if (await isOver(exchange, effect)) return;
    const isThere = segment !== undefined && segment.firstAnnotatedMs <= nowMs && segment.outcome !== 'missing';
    if (!isThere || segment.standing === 'unprocessed' || effect.noTranscript === true) {
      sendVendorError(request, response, 404);
      return;
    }
    const usual = book.editionOf(segment, nowMs);
    const edition = effect.anonymised === true ? { ...usual, isAnonymised: true } : usual;
    const wordLevel = url.searchParams.get('wordLevel') === 'true';
    const { body } = createTranscript({
      seed: tenant.seed,
      segment,
      edition,
      wordLevel,
      minBytes: options.minTranscriptBytes,
    });
    const said = saidOtherwise(body, effect);
    if (effect.blocks === 'empty') said.transcriptBlocks = [];
    if (effect.blocks === 'absent') delete said.transcriptBlocks;
    sendJson(response, 200, effect.oddNumbers === true ? withOddNumbers(said) : said);
  }

  /** By its own id alone: an interaction's id opens no transcript, unless a segment has that very id. */
  const segmentOf = (id: string): Segment | undefined => book.find(id).find(({ segmentId }) => segmentId === id);

  return [
    { call: 'segments', method: 'GET', path: new RegExp(`^${PREFIX}/analyzed$`), answer: answerList },
    {
      call: 'segmentTranscript',
      method: 'GET',
      path: new RegExp(`^${PREFIX}/([^/]+)/analyzed-transcript$`),
      answer: answerTranscript,
    },
  ];
}

/** Members that a fault may change under their own name. */
const SAID = [
  'segmentId',
  'mediaType',
  'startTime',
  'firstAnnotatedAt',
  'annotatedDateTime',
  'language',
  'type',
] as const;

function saidOtherwise(
  body: Record<string, unknown>,
  effect: Partial<Record<(typeof SAID)[number], unknown>>,
): Record<string, unknown> {
  const said = { ...body };
  for (const name of SAID) {
    if (effect[name] === null) delete said[name];
    else if (effect[name] !== undefined) said[name] = effect[name];
  }
  return said;
}

const asMap = (rows: Record<string, unknown>[]): Record<string, unknown> =>
  Object.fromEntries(rows.map((row) => [String(row.segmentId), { segment: row }]));
