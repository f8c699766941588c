/** A vendor in virtual time: interactions that start all year, transcripts that come late, outages, odd cursors. */
import type { SearchByIds } from '../../lambdas/plan-extraction/search/check-ids.ts';
import type { SearchPage } from '../../lambdas/shared/vendor/bulk-job/search-page.ts';
import { foundInteraction, searchWindow } from '../../lambdas/shared/vendor/bulk-job/search-window.ts';
import type { TimeSlice } from '../../lambdas/shared/vendor/transcript-source.ts';
import type { Random } from './random.ts';
import { type Extraction, Outages, type YearVendor } from './year-vendor.ts';

const HOUR = 3_600_000;

export interface Interaction {
  interactionId: string;
  startMs: number;
  /** When its transcript can be found and extracted. */
  availableMs: number;
  /** How often a job has no transcript of it although the search lists it. */
  absences: number;
  /** How often its transcript cannot be read. */
  failures: number;
  /** Its row in a search cannot be read. */
  hasBadRow: boolean;
}

export interface VendorOptions {
  random: Random;
  fromMs: number;
  toMs: number;
  perDay: number;
  /** Latest a transcript comes after its interaction. */
  latestMs: number;
  nowMs(): number;
}

export class Vendor implements YearVendor {
  readonly newVersions = 'never';
  readonly interactions: Interaction[];
  readonly #byId: Map<string, Interaction>;
  readonly #options: VendorOptions;
  readonly #outages: Outages;

  constructor(options: VendorOptions) {
    this.#options = options;
    this.interactions = createInteractions(options);
    this.#byId = new Map(this.interactions.map((one) => [one.interactionId, one]));
    this.#outages = new Outages(options);
  }

  isDown(): boolean {
    return this.#outages.isDown();
  }

  discover(slice: TimeSlice, isTooLong: (pages: number) => boolean, turnPage: () => void) {
    const search: SearchPage = async (query) => {
      turnPage();
      return this.#search(query);
    };
    return searchWindow(search, slice, isTooLong);
  }

  readonly #search: SearchPage = async (query) => {
    this.#outages.failIfDown();
    const { random } = this.#options;
    const [fromMs, toMs] = [Date.parse(query.from ?? ''), Date.parse(query.to ?? '')];
    const isInclusive = random.chance(0.3);
    const rows = this.interactions.filter(
      ({ startMs, availableMs }) =>
        startMs >= fromMs && startMs < toMs + (isInclusive ? 1 : 0) && availableMs <= this.#options.nowMs(),
    );
    const pageSize = 7;
    const offset = query.cursor === undefined ? 0 : Number(query.cursor);
    const page = rows.slice(offset, offset + pageSize + (isInclusive ? 1 : 0));
    const hasMore = offset + pageSize < rows.length;
    const isStuck = query.cursor !== undefined && random.chance(0.05);
    const nextCursor = isStuck ? query.cursor : hasMore ? String(offset + pageSize) : undefined;
    if (random.chance(0.3)) page.reverse();
    const [bad, good] = [page.filter(({ hasBadRow }) => hasBadRow), page.filter(({ hasBadRow }) => !hasBadRow)];
    return {
      interactions: good.map(toRow),
      ...(bad.length > 0 && { unreadable: bad.map(({ interactionId }) => interactionId) }),
      ...(nextCursor !== undefined && { nextCursor }),
    };
  };

  readonly searchByIds: SearchByIds = async (ids) => {
    this.#outages.failIfDown();
    const interactions = ids.flatMap((id) => {
      const interaction = this.#byId.get(id);
      return interaction ? [foundInteraction(toRow(interaction))] : [];
    });
    return { interactions, unreadable: [], isWhole: true };
  };

  /** What a job that ends now has of the interaction. */
  extract(interactionId: string): Extraction {
    const interaction = this.#byId.get(interactionId);
    if (!interaction || interaction.availableMs > this.#options.nowMs()) return { outcome: 'missing' };
    if (interaction.absences > 0) {
      interaction.absences -= 1;
      return { outcome: 'missing' };
    }
    if (interaction.failures > 0) {
      interaction.failures -= 1;
      return { outcome: 'failed' };
    }
    return { outcome: 'stored' };
  }
}

const toRow = ({ interactionId, startMs, availableMs }: Interaction) => ({
  interactionId,
  mediaType: 'voice',
  startTime: new Date(startMs).toISOString(),
  availableAt: new Date(availableMs).toISOString(),
});

function createInteractions({ random, fromMs, toMs, perDay, latestMs }: VendorOptions): Interaction[] {
  const count = Math.floor(((toMs - fromMs) / (24 * HOUR)) * perDay);
  return Array.from({ length: count }, (_, index): Interaction => {
    const startMs = fromMs + Math.floor(random.next() * (toMs - fromMs));
    const delayMs = random.chance(0.1) ? random.next() * latestMs : random.next() * 0.5 * HOUR;
    return {
      interactionId: `int-${String(index).padStart(6, '0')}`,
      startMs,
      availableMs: startMs + Math.floor(delayMs),
      absences: random.chance(0.03) ? random.int(1, 3) : 0,
      failures: random.chance(0.02) ? random.int(1, 3) : 0,
      hasBadRow: random.chance(0.005),
    };
  }).sort((a, b) => a.startMs - b.startMs);
}
