/** A year of a schedule in virtual time, with everything that goes wrong in one. */

import type { Planner } from '../../lambdas/plan-extraction/planner.ts';
import { reconcileRun } from '../../lambdas/reconcile-contacts/reconcile-run.ts';
import { Reconciliation } from '../../lambdas/shared/runs/reconciliation-record.ts';
import { Manifest, type Plan } from '../../lambdas/shared/runs/run-records.ts';
import { Watermark } from '../../lambdas/shared/runs/watermark.ts';
import { keys } from '../../lambdas/shared/storage/layout.ts';
import { callFrame } from '../call-frame.ts';
import { AnnotatedVendor, LATEST_REANALYSIS_MS } from './annotated-vendor.ts';
import { MemoryStore, type Objects } from './memory-store.ts';
import { createRandom, type Random } from './random.ts';
import { Crash, SimulatedRun } from './simulated-run.ts';
import { Vendor, type VendorOptions } from './vendor.ts';
import type { YearVendor } from './year-vendor.ts';

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
  /** The versions of each interaction that are in parts which a manifest lists; those of a source without them are ''. */
  stored: Map<string, string[]>;
  /** Contacts that some run called missing. */
  missing: Set<string>;
  /** Parts that no manifest lists. */
  orphans: string[];
  /** Parts that a manifest lists and that are not there. */
  dangling: string[];
}

/** A year of bulk jobs. `available`: the interactions whose transcript there was to be had. */
export async function simulateYear(options: YearOptions): Promise<YearResult & { available: string[] }> {
  const year = new Year(options, (vendorOptions) => new Vendor({ ...vendorOptions, latestMs: 60 * HOUR }));
  await year.run();
  const there = year.vendor.interactions.filter(({ absences, failures }) => absences === 0 && failures === 0);
  return { ...year.result(), available: there.map(({ interactionId }) => interactionId) };
}

/**
 * A year of a source that lists transcripts by their analysis, held against the vendor's ledger of contacts. `available`: the
 * newest version of each that there was to be had; `gaps`: contacts that were never listed.
 */
export async function simulateAnnotatedYear(
  options: YearOptions,
): Promise<YearResult & { available: Map<string, string>; gaps: Set<string> }> {
  const year = new Year(options, (vendorOptions) => new AnnotatedVendor({ ...vendorOptions, latestMs: 9 * DAY }));
  await year.run();
  const gaps = year.vendor.segments.filter(({ isGap }) => isGap).map(({ contactId }) => contactId);
  return { ...year.result(), available: year.vendor.available(), gaps: new Set(gaps) };
}

type CreateVendor<V> = (options: Omit<VendorOptions, 'latestMs'>) => V;

class Year<V extends YearVendor> {
  readonly #options: YearOptions;
  readonly #random: Random;
  readonly #objects: Objects = new Map();
  readonly vendor: V;
  readonly #fromMs = Date.parse('2026-01-01T00:00:00Z');
  #nowMs = this.#fromMs;
  /** Off while the last runs tidy up: a year ends, its crashes do too. */
  #crashesOn = true;
  #crashes = 0;
  #deaths = 0;
  #runs = 0;
  #calls = 0;
  #open: SimulatedRun[] = [];

  constructor(options: YearOptions, createVendor: CreateVendor<V>) {
    this.#options = options;
    this.#random = createRandom(options.seed);
    this.vendor = createVendor({
      random: this.#random,
      fromMs: this.#fromMs,
      toMs: this.#fromMs + options.days * DAY,
      perDay: options.perDay,
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
    const turnPage = () => {
      leftMs -= pageMs;
      if (leftMs < 0) throw new Crash();
    };
    const { vendor } = this;
    const reconciles = vendor instanceof AnnotatedVendor;
    const planner: Planner = {
      store,
      storeOf: () => store,
      discover: (slice, isTooLong) => vendor.discover(slice, isTooLong, turnPage),
      searchByIds: vendor.searchByIds,
      newVersions: vendor.newVersions,
      settings: {
        batchSize: 8,
        concurrency: 4,
        startMs: this.#fromMs,
        lookBackMs: 72 * HOUR,
        settleMs: HOUR,
        recheckAfterMs: vendor.newVersions === 'fetched' ? LATEST_REANALYSIS_MS + DAY : 0,
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
    const reconcile = reconciles && { reconcile: (plan: Plan) => this.#reconcile(store, vendor, plan) };
    return new SimulatedRun({ runId, store, vendor, planner, beginCall, survives, ...reconcile }, input);
  }

  /** What the state ReconcileContacts does; it asks a vendor that is down again until its patience is over. */
  async #reconcile(store: MemoryStore, vendor: AnnotatedVendor, plan: Plan): Promise<void> {
    const ledger = { contacts: (fromMs: number, toMs: number) => vendor.contacts(fromMs, toMs) };
    const nowMs = () => this.#nowMs;
    const run = { plan, store, ledger, frame: callFrame().frame, source: 'interaction-analytics', nowMs } as const;
    const done = await reconcileRun({ ...run, since: undefined });
    if ('again' in done) await reconcileRun({ ...run, since: { ...done, deadlineAt: new Date(0).toISOString() } });
  }

  result(): YearResult {
    const stored = new Map<string, string[]>();
    const missing = new Set<string>();
    const listed = new Set<string>();
    for (const [key, { body }] of this.#objects) {
      if (key.endsWith('/reconciliation.json')) {
        for (const id of Reconciliation.parse(JSON.parse(body.toString())).missing) missing.add(id);
      }
      if (!key.endsWith('/manifest.json')) continue;
      for (const part of Manifest.parse(JSON.parse(body.toString())).parts) listed.add(part.key);
    }
    const dangling = [...listed].filter((key) => !this.#objects.has(key));
    for (const key of listed) {
      const rows = JSON.parse(this.#objects.get(key)?.body.toString() ?? '[]') as [string, string | null][];
      for (const [id, version] of rows) stored.set(id, [...(stored.get(id) ?? []), version ?? '']);
    }
    const orphans = [...this.#objects.keys()].filter((key) => key.startsWith('transcripts/') && !listed.has(key));
    const watermark = this.#objects.get(keys.watermark('daily'))?.body.toString() ?? '{}';
    return {
      runs: this.#runs,
      calls: this.#calls,
      watermarkMs: Date.parse(Watermark.parse(JSON.parse(watermark)).watermark),
      lastMs: this.#nowMs,
      crashes: this.#crashes,
      deaths: this.#deaths,
      stored,
      missing,
      orphans,
      dangling,
    };
  }
}
