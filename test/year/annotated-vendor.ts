/**
 * A vendor in virtual time whose transcripts are listed by the time of their first analysis, up to nine days after the start:
 * some are analysed again, some are late although listed, and some never listed, though the vendor's ledger has them.
 */
import type { SearchByIds } from '../../lambdas/plan-extraction/search/check-ids.ts';
import type { CompletedContact } from '../../lambdas/shared/contracts/completed-contact.ts';
import { discoverSegments } from '../../lambdas/shared/vendor/interaction-analytics/discover-segments.ts';
import { foundSegment } from '../../lambdas/shared/vendor/interaction-analytics/found-segment.ts';
import type { ListSegments, SegmentRow } from '../../lambdas/shared/vendor/interaction-analytics/segment-page.ts';
import type { TimeSlice } from '../../lambdas/shared/vendor/transcript-source.ts';
import type { Random } from './random.ts';
import type { VendorOptions } from './vendor.ts';
import { type Extraction, Outages, type YearVendor } from './year-vendor.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const PAGE = 25;

/** No analysis is later than this after the first one. */
export const LATEST_REANALYSIS_MS = 8 * DAY;

interface Segment {
  segmentId: string;
  contactId: string;
  startMs: number;
  /** When it was analysed; the first of them is what lists go by. */
  analyses: [number, ...number[]];
  /** How often there is no transcript of it although it is listed. */
  absences: number;
  /** It is never listed. */
  isGap: boolean;
}

export class AnnotatedVendor implements YearVendor {
  readonly newVersions = 'fetched';
  readonly segments: Segment[];
  readonly #byAnalysis: Segment[];
  readonly #byId: Map<string, Segment>;
  readonly #options: VendorOptions;
  readonly #outages: Outages;

  constructor(options: VendorOptions) {
    this.#options = options;
    this.segments = createSegments(options);
    const listed = this.segments.filter(({ isGap }) => !isGap);
    this.#byAnalysis = listed.toSorted((a, b) => a.analyses[0] - b.analyses[0]);
    this.#byId = new Map(listed.flatMap((one) => [one.segmentId, one.contactId].map((id) => [id, one] as const)));
    this.#outages = new Outages(options);
  }

  isDown(): boolean {
    return this.#outages.isDown();
  }

  discover(slice: TimeSlice, isTooLong: (pages: number) => boolean, turnPage: () => void) {
    const list: ListSegments = async (query) => {
      turnPage();
      return this.#list(query);
    };
    return discoverSegments(list, slice, isTooLong);
  }

  readonly #list: ListSegments = async ({ fromMs, toMs, cursorMs = fromMs }) => {
    this.#outages.failIfDown();
    const untilMs = Math.min(toMs, this.#options.nowMs());
    const rows = this.#byAnalysis.filter(({ analyses: [ms] }) => ms >= cursorMs && ms <= untilMs);
    return { rows: rows.slice(0, PAGE).map(toRow), unreadable: [] };
  };

  readonly searchByIds: SearchByIds = async (ids) => {
    this.#outages.failIfDown();
    const found = ids.flatMap((id) => {
      const segment = this.#byId.get(id);
      return segment && segment.analyses[0] <= this.#options.nowMs() ? [{ id, segment }] : [];
    });
    const interactions = found.map(({ id, segment }) => ({ ...foundSegment(toRow(segment)), askedAs: id }));
    return { interactions, unreadable: [], isWhole: true };
  };

  extract(segmentId: string): Extraction {
    const segment = this.#byId.get(segmentId);
    const version = segment && versionAt(segment, this.#options.nowMs());
    if (segment === undefined || version === undefined) return { outcome: 'missing' };
    const aliases = [segment.contactId];
    if (segment.absences === 0) return { outcome: 'stored', version, aliases };
    segment.absences -= 1;
    return { outcome: 'missing', aliases };
  }

  /** The vendor's own ledger: what started in the span and is over by now. */
  async *contacts(fromMs: number, toMs: number): AsyncGenerator<CompletedContact[]> {
    this.#outages.failIfDown();
    const now = this.#options.nowMs();
    const some = this.segments.filter(({ startMs }) => startMs >= fromMs && startMs < toMs && startMs <= now);
    yield some.map(({ contactId, startMs, analyses: [processedMs] }) => {
      const isProcessed = processedMs <= now;
      return { contactId, startMs, mediaType: 'voice', isProcessed, processedMs: isProcessed ? processedMs : startMs };
    });
  }

  /** The newest version by now of each that can be had. */
  available(): Map<string, string> {
    const now = this.#options.nowMs();
    const there = this.segments.filter(({ isGap, absences }) => !isGap && absences === 0);
    return new Map(there.map((segment) => [segment.segmentId, versionAt(segment, now) ?? '']));
  }
}

/** The version that is the newest at a moment; undefined before the first analysis. */
function versionAt({ analyses }: Segment, nowMs: number): string | undefined {
  const latest = analyses.findLast((ms) => ms <= nowMs);
  return latest === undefined ? undefined : new Date(latest).toISOString();
}

function toRow({ segmentId, contactId, startMs, analyses: [availableMs] }: Segment): SegmentRow {
  const aliases = { acdContactId: contactId };
  return { segmentId, availableMs, startMs, mediaType: 'voice', medium: 'PhoneCall', aliases, json: '{}' };
}

function createSegments({ random, fromMs, toMs, perDay, latestMs }: VendorOptions): Segment[] {
  const count = Math.floor(((toMs - fromMs) / DAY) * perDay);
  return Array.from({ length: count }, (_, index): Segment => {
    const startMs = fromMs + Math.floor(random.next() * (toMs - fromMs));
    const name = String(index).padStart(6, '0');
    return {
      segmentId: `seg-${name}`,
      contactId: `contact-${name}`,
      startMs,
      analyses: analysesFrom(startMs + lateness(random, latestMs), random),
      absences: random.chance(0.03) ? random.int(1, 3) : 0,
      isGap: random.chance(0.01),
    };
  }).sort((a, b) => a.startMs - b.startMs);
}

function lateness(random: Random, latestMs: number): number {
  return Math.floor(random.chance(0.1) ? random.next() * latestMs : random.next() * 0.5 * HOUR);
}

function analysesFrom(firstMs: number, random: Random): [number, ...number[]] {
  const again = random.chance(0.1) ? random.int(1, 2) : 0;
  const later = Array.from({ length: again }, () => firstMs + 1 + Math.floor(random.next() * LATEST_REANALYSIS_MS));
  return [firstMs, ...later.sort((a, b) => a - b)];
}
