import { beforeEach, describe, expect, it } from 'vitest';
import { planRun } from '../../../../lambdas/plan-extraction/plan-run.ts';
import type { Planner } from '../../../../lambdas/plan-extraction/planner.ts';
import { Batch } from '../../../../lambdas/shared/contracts/batch.ts';
import { parseExecutionInput } from '../../../../lambdas/shared/contracts/execution-input.ts';
import { dayOf } from '../../../../lambdas/shared/lib/days.ts';
import { recordRun } from '../../../../lambdas/shared/runs/record-run.ts';
import type { Plan } from '../../../../lambdas/shared/runs/run-records.ts';
import { advanceWatermark } from '../../../../lambdas/shared/runs/watermark.ts';
import { keys } from '../../../../lambdas/shared/storage/layout.ts';
import { RunBuilder } from '../shared/runs/run-builder.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NOW = '2026-11-21T03:00:00.000Z';
const WATERMARK = '2026-11-20T02:00:00.000Z';
const SCHEDULE = parseExecutionInput({ schedule: { name: 'daily', time: NOW } });

let runs: RunBuilder;
/** What the store was asked for. */
let operations: string[];
/** Starts of interactions: an id each. */
let starts: Record<string, string>;
let searches: number;
/** Pages that the vendor answers in one call of the planner. */
let pagesACall: number;

beforeEach(() => {
  runs = new RunBuilder();
  operations = [];
  starts = { late: '2026-11-19T10:00:00.000Z', new: '2026-11-20T10:00:00.000Z' };
  searches = 0;
  pagesACall = Number.POSITIVE_INFINITY;
});

function planner(): Planner {
  const store = runs.store((when, operation, key) => {
    if (when === 'before') operations.push(`${operation} ${key}`);
  });
  let left = pagesACall;
  const search: Planner['search'] = async ({ from = '', to = '' }) => {
    searches += 1;
    left -= 1;
    const found = Object.entries(starts).filter(([, start]) => start >= from && start < to);
    return { interactions: found.map(([interactionId, startTime]) => ({ interactionId, startTime })) };
  };
  return {
    store,
    storeOf: () => store,
    search,
    searchByIds: async () => undefined,
    settings: {
      batchSize: 10,
      concurrency: 1,
      startMs: undefined,
      lookBackMs: 3 * DAY,
      settleMs: HOUR,
      maxAttempts: 5,
      leaseMs: 12 * HOUR,
      toleratedFailurePercentage: 10,
    },
    functionVersion: '1',
    nowMs: () => Date.parse(NOW),
    callMs: pagesACall,
    remainingMs: () => left,
    note: () => {},
  };
}

const FRAME = {
  runId: 'run',
  startedAt: NOW,
  dryRun: false,
  batchSize: 10,
  concurrency: 1,
  polling: { firstWaitSeconds: 2, longestWaitSeconds: 60 },
};

async function planWhole(input = SCHEDULE): Promise<{ plan: Plan; batches: string[][] }> {
  let plan: Plan | undefined;
  for (let calls = 0; !plan; calls += 1) {
    expect(calls).toBeLessThan(20);
    plan = await planRun(planner(), FRAME, input);
  }
  const lines = plan.batchCount === 0 ? [] : await Array.fromAsync(runs.store().readLines(plan.batchesKey));
  return { plan, batches: lines.map((line) => Batch.parse(JSON.parse(line)).interactionIds) };
}

/** A run of the schedule has come to {@link WATERMARK}, and has left an interaction over. */
async function withBacklog() {
  const change = {
    source: 'schedule' as const,
    reference: { schedule: 'daily', time: WATERMARK },
    window: { from: '2026-11-17T02:00:00.000Z', to: WATERMARK },
  };
  const plan = await runs.plan({ runId: 'before', ids: [], change });
  const left = { interactionId: 'left', outcome: 'failed' as const, attempts: 1 };
  await advanceWatermark(runs.store(), plan, [{ ...left, days: { first: '2026-11-18', last: '2026-11-18' } }], NOW);
}

describe('a schedule', () => {
  it('takes what is new before what came late, and that before what has failed', async () => {
    await withBacklog();
    const { plan, batches } = await planWhole();
    expect(batches).toEqual([['new', 'late'], ['left']]);
    expect(plan.window).toEqual({ from: '2026-11-17T02:00:00.000Z', to: '2026-11-21T02:00:00.000Z' });
    expect(plan).not.toHaveProperty('notSearched');
  });

  it.each([2, 3, 4])('comes to the same plan when a call can search no more than %i pages', async (pages) => {
    await withBacklog();
    pagesACall = pages;
    const { plan, batches } = await planWhole();
    expect(batches).toEqual([['new', 'late'], ['left']]);
    expect(plan.planningCalls).toBeGreaterThan(1);
    // Two slices of what is new, four of the look-back: midnight parts them.
    expect(searches).toBe(6);
  });

  it('searches the span of its first call, wherever the watermark is by then', async () => {
    await withBacklog();
    pagesACall = 2;
    expect(await planRun(planner(), FRAME, SCHEDULE)).toBeUndefined();
    const change = {
      source: 'schedule' as const,
      reference: { schedule: 'daily', time: NOW },
      window: { from: WATERMARK, to: '2026-11-20T12:00:00.000Z' },
    };
    await advanceWatermark(runs.store(), await runs.plan({ runId: 'other', ids: [], change }), [], NOW);
    const { plan, batches } = await planWhole();
    expect(plan.window?.from).toBe('2026-11-17T02:00:00.000Z');
    expect(batches.flat()).toEqual(expect.arrayContaining(['new', 'late']));
  });

  it('that was not searched to its end plans what it has come to, and says what is left', async () => {
    await withBacklog();
    pagesACall = 2;
    expect(await planRun(planner(), FRAME, SCHEDULE)).toBeUndefined();
    const planning = runs.json(keys.planning('run')) as object;
    await runs.store().write(keys.planning('run'), JSON.stringify({ ...planning, calls: 96 }));
    const { plan, batches } = await planWhole();
    expect(batches).toEqual([['new'], ['left']]);
    expect(plan.window?.to).toBe('2026-11-21T02:00:00.000Z');
    expect(plan.notSearched).toEqual([{ from: '2026-11-17T02:00:00.000Z', to: WATERMARK }]);
    const recorder = {
      store: runs.store(),
      runId: 'run',
      maxAttempts: 5,
      functionVersion: '1',
      nowMs: Date.parse(NOW),
    };
    expect(await recordRun(recorder, plan)).toMatchObject({ status: 'incomplete', notSearched: plan.notSearched });
  });

  it.each([1, 300])('costs the same in a lake with %i days before its look-back', async (days) => {
    await withBacklog();
    for (let day = 1; day <= days; day += 1) {
      const runId = `run-${day}`;
      const dt = dayOf(Date.parse('2026-11-10') - day * DAY);
      const note = { schemaVersion: 1, runId, firstBatch: 0, lastBatch: 0 };
      await runs.store().write(keys.batchesOfRunOnDay(dt, runId), JSON.stringify(note));
      await runs.store().write(keys.receipt(runId, 0), JSON.stringify(runs.receipt(runId, 0, [`int-${day}`])));
      await runs.store().write(keys.transcripts('voice', dt, runId, 0), 'rows');
    }
    await planWhole();
    expect(operations.length).toBeLessThan(60);
  });
});
