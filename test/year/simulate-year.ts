/** A year of a schedule in virtual time, with everything that goes wrong in one. */

import type { Planner } from '../../lambdas/plan-extraction/planner.ts';
import { Manifest } from '../../lambdas/shared/runs/run-records.ts';
import { Watermark } from '../../lambdas/shared/runs/watermark.ts';
import { keys } from '../../lambdas/shared/storage/layout.ts';
import type { SearchPage } from '../../lambdas/shared/vendor/bulk-job/search-page.ts';
import { searchWindow } from '../../lambdas/shared/vendor/bulk-job/search-window.ts';
import { MemoryStore, type Objects } from './memory-store.ts';
import { createRandom, type Random } from './random.ts';
import { Crash, SimulatedRun } from './simulated-run.ts';
import { type Interaction, Vendor } from './vendor.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

export interface YearOptions {
  seed: number;
  days: number;
  perDay: number;
  /** Hours between two runs of the schedule. */
  everyHours: number;
  /** Chance that an operation on S3 is the last one of its function. */
  crashRate: number;
  /** How long the vendor takes for a page of a search; 0 is no time at all. */
  pageMs?: number;
  /** How long a call of the planner may take. */
  callMs?: number;
}

export interface YearResult {
  runs: number;
  /** Calls of the planner. */
  calls: number;
  /** How far the schedule came. */
  watermarkMs: number;
  /** When its last run fired. */
  lastMs: number;
  crashes: number;
  deaths: number;
  /** How often each interaction is in a part that a manifest lists. */
  stored: Map<string, number>;
  /** Those whose transcript there was to be had. */
  available: Interaction[];
  /** Parts that no manifest lists. */
  orphans: string[];
  /** Parts that a manifest lists and that are not there. */
  dangling: string[];
}

export async function simulateYear(options: YearOptions): Promise<YearResult> {
  const random = createRandom(options.seed);
  const year = new Year(options, random);
  await year.run();
  return year.result();
}

class Year {
  readonly #options: YearOptions;
  readonly #random: Random;
  readonly #objects: Objects = new Map();
  readonly #vendor: Vendor;
  readonly #fromMs = Date.parse('2026-01-01T00:00:00Z');
  #nowMs = this.#fromMs;
  /** Off while the last runs tidy up: a year ends, its crashes do too. */
  #crashesOn = true;
  #crashes = 0;
  #deaths = 0;
  #runs = 0;
  #calls = 0;
  #open: SimulatedRun[] = [];

  constructor(options: YearOptions, random: Random) {
    this.#options = options;
    this.#random = random;
    this.#vendor = new Vendor({
      random,
      fromMs: this.#fromMs,
      toMs: this.#fromMs + options.days * DAY,
      perDay: options.perDay,
      latestMs: 60 * HOUR,
      nowMs: () => this.#nowMs,
    });
  }

  async run(): Promise<void> {
    const { days, everyHours } = this.#options;
    const count = Math.floor((days * 24) / everyHours);
    for (let tick = 1; tick <= count; tick += 1) {
      this.#nowMs = this.#fromMs + tick * everyHours * HOUR;
      if (this.#random.chance(0.05)) continue;
      await this.#fire(this.#fromMs + tick * everyHours * HOUR);
    }
    await this.#settle();
  }

  /** The scheduler fires, sometimes late, sometimes twice, sometimes with a clock that is ahead. */
  async #fire(scheduledMs: number): Promise<void> {
    const random = this.#random;
    const resumed = this.#open.splice(0);
    const time = new Date(scheduledMs + (random.chance(0.02) ? 30 * DAY : 0)).toISOString();
    const input = { schedule: { name: 'daily', time } };
    const fresh = [this.#start(input), ...(random.chance(0.1) ? [this.#start(input)] : [])];
    if (random.chance(0.1)) fresh.push(this.#start(this.#backfill(scheduledMs)));
    // Side by side: each operation on S3 gives the others a chance to come in between.
    await Promise.all([...resumed.map((run) => run.finish()), ...fresh.map((run) => this.#drive(run))]);
    // The same moment once more, hours later.
    if (random.chance(0.03)) {
      this.#nowMs += 3 * HOUR;
      await this.#drive(this.#start(input));
    }
  }

  async #drive(run: SimulatedRun): Promise<void> {
    await run.plan();
    if (this.#random.chance(0.15)) {
      await run.extract(this.#random.int(0, 3));
      if (!run.isOver) this.#open.push(run);
      return;
    }
    await run.finish();
  }

  /** A window that is asked for again, beside the schedule. */
  #backfill(scheduledMs: number): unknown {
    const toMs = scheduledMs - this.#random.int(0, 48) * HOUR;
    const fromMs = toMs - this.#random.int(1, 72) * HOUR;
    return { window: { from: new Date(fromMs).toISOString(), to: new Date(toMs).toISOString() } };
  }

  /** Some days without trouble: whatever is owed comes in now, or never. */
  async #settle(): Promise<void> {
    this.#crashesOn = false;
    await Promise.all(this.#open.splice(0).map((run) => run.finish()));
    for (let day = 0; day < 14; day += 1) {
      this.#nowMs += DAY;
      const run = this.#start({ schedule: { name: 'daily', time: new Date(this.#nowMs).toISOString() } });
      await run.plan();
      await run.finish();
    }
  }

  #start(input: unknown): SimulatedRun {
    this.#runs += 1;
    const runId = `run-${String(this.#runs).padStart(5, '0')}`;
    const nowMs = () => this.#nowMs;
    const store = new MemoryStore(this.#objects, {
      nowMs,
      interrupt: async () => {
        for (let turns = this.#random.int(0, 2); turns > 0; turns -= 1) await null;
        if (this.#crashesOn && this.#random.chance(this.#options.crashRate)) {
          this.#crashes += 1;
          throw new Crash();
        }
      },
    });
    const { pageMs = 0, callMs = Number.POSITIVE_INFINITY } = this.#options;
    let leftMs = callMs;
    const search: SearchPage = async (query) => {
      leftMs -= pageMs;
      if (leftMs < 0) throw new Crash();
      return this.#vendor.search(query);
    };
    const planner: Planner = {
      store,
      storeOf: () => store,
      discover: (slice, isTooLong) => searchWindow(search, slice, isTooLong),
      searchByIds: this.#vendor.searchByIds,
      newVersions: 'never',
      settings: {
        batchSize: 8,
        concurrency: 4,
        startMs: this.#fromMs,
        lookBackMs: 72 * HOUR,
        settleMs: HOUR,
        recheckAfterMs: 0,
        maxAttempts: 12,
        maxInteractions: 1_000_000,
        retentionMs: 0,
        leaseMs: 12 * HOUR,
        toleratedFailurePercentage: 10,
        patienceMs: 2 * HOUR,
      },
      functionVersion: '1',
      nowMs,
      callMs,
      remainingMs: () => leftMs,
      note: () => {},
    };
    const beginCall = () => {
      this.#calls += 1;
      leftMs = callMs;
    };
    const survives = () => {
      const lives = this.#random.chance(0.6);
      if (!lives) this.#deaths += 1;
      return lives;
    };
    return new SimulatedRun({ runId, store, vendor: this.#vendor, planner, beginCall, survives }, input);
  }

  result(): YearResult {
    const stored = new Map<string, number>();
    const listed = new Set<string>();
    for (const [key, { body }] of this.#objects) {
      if (!key.endsWith('/manifest.json')) continue;
      for (const part of Manifest.parse(JSON.parse(body.toString())).parts) listed.add(part.key);
    }
    const dangling = [...listed].filter((key) => !this.#objects.has(key));
    for (const key of listed) {
      const ids = JSON.parse(this.#objects.get(key)?.body.toString() ?? '[]') as string[];
      for (const id of ids) stored.set(id, (stored.get(id) ?? 0) + 1);
    }
    const orphans = [...this.#objects.keys()].filter((key) => key.startsWith('transcripts/') && !listed.has(key));
    const available = this.#vendor.interactions.filter(({ absences, failures }) => absences === 0 && failures === 0);
    const watermark = this.#objects.get(keys.watermark('daily'))?.body.toString() ?? '{}';
    return {
      runs: this.#runs,
      calls: this.#calls,
      watermarkMs: Date.parse(Watermark.parse(JSON.parse(watermark)).watermark),
      lastMs: this.#nowMs,
      crashes: this.#crashes,
      deaths: this.#deaths,
      stored,
      available,
      orphans,
      dangling,
    };
  }
}
