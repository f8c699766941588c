import { beforeEach, describe, expect, it } from 'vitest';
import { planRun } from '../../../../lambdas/plan-extraction/plan-run.ts';
import type { Planner } from '../../../../lambdas/plan-extraction/planner.ts';
import { Batch } from '../../../../lambdas/shared/contracts/batch.ts';
import { parseExecutionInput } from '../../../../lambdas/shared/contracts/execution-input.ts';
import { recordRun } from '../../../../lambdas/shared/runs/record-run.ts';
import type { Plan } from '../../../../lambdas/shared/runs/run-records.ts';
import { advanceWatermark } from '../../../../lambdas/shared/runs/watermark.ts';
import { keys } from '../../../../lambdas/shared/storage/layout.ts';
import type { SearchPage } from '../../../../lambdas/shared/vendor/bulk-job/search-page.ts';
import { searchWindow } from '../../../../lambdas/shared/vendor/bulk-job/search-window.ts';
import { receiptOf } from '../../../builders/receipt.ts';
import { RunBuilder } from '../shared/runs/run-builder.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NOW = '2026-11-21T03:00:00.000Z';
const WATERMARK = '2026-11-20T02:00:00.000Z';
const SCHEDULE = parseExecutionInput({ schedule: { name: 'daily', time: NOW } });

let runs: RunBuilder;
/** Starts of interactions: an id each. */
let starts: Record<string, string>;
/** Pages that the vendor answers in one call of the planner. */
let pagesACall: number;

beforeEach(() => {
  runs = new RunBuilder();
  starts = { late: '2026-11-19T10:00:00.000Z', new: '2026-11-20T10:00:00.000Z' };
  pagesACall = Number.POSITIVE_INFINITY;
});

function planner(): Planner {
  const store = runs.store();
  let left = pagesACall;
  const search: SearchPage = async ({ from = '', to = '' }) => {
    left -= 1;
    const found = Object.entries(starts).filter(([, start]) => start >= from && start < to);
    return { interactions: found.map(([interactionId, startTime]) => ({ interactionId, startTime })) };
  };
  return {
    store,
    storeOf: () => store,
    discover: (slice, isTooLong) => searchWindow(search, slice, isTooLong),
    searchByIds: async () => undefined,
    newVersions: 'never',
    settings: {
      batchSize: 10,
      concurrency: 1,
      startMs: undefined,
      lookBackMs: 3 * DAY,
      settleMs: HOUR,
      recheckAfterMs: 0,
      maxAttempts: 5,
      maxInteractions: 1_000_000,
      retentionMs: 0,
      leaseMs: 12 * HOUR,
      toleratedFailurePercentage: 10,
      patienceMs: 2 * HOUR,
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

async function planWhole(input = SCHEDULE, runId = 'run'): Promise<{ plan: Plan; batches: string[][] }> {
  let plan: Plan | undefined;
  for (let calls = 0; !plan; calls += 1) {
    expect(calls).toBeLessThan(20);
    plan = await planRun(planner(), { ...FRAME, runId }, input);
  }
  const lines = plan.batchCount === 0 ? [] : await Array.fromAsync(runs.store().readLines(plan.batchesKey));
  return { plan, batches: lines.map((line) => Batch.parse(JSON.parse(line)).interactionIds) };
}

function record(plan: Plan) {
  const by = { store: runs.store(), runId: plan.runId, maxAttempts: 5, functionVersion: '1', nowMs: Date.parse(NOW) };
  return recordRun(by, plan);
}

describe('a window whose newest end comes first', () => {
  const WINDOW = { window: { from: '2026-11-19T00:00:00Z', to: '2026-11-21T00:00:00Z' } };

  it.each([
    ['newest', ['new', 'late']],
    ['oldest', ['late', 'new']],
  ])('%s first', async (order, ids) => {
    const { plan, batches } = await planWhole(parseExecutionInput({ ...WINDOW, order }));
    expect(batches.flat()).toEqual(ids);
    expect(plan.window).toEqual({ from: '2026-11-19T00:00:00.000Z', to: '2026-11-21T00:00:00.000Z' });
    expect(plan).not.toHaveProperty('notSearched');
  });

  it('says what is left of it before what it has come to, and a retry takes that', async () => {
    pagesACall = 2;
    starts = { ...starts, oldest: '2026-11-18T10:00:00.000Z' };
    const window = { ...WINDOW.window, from: '2026-11-18T00:00:00Z' };
    const input = parseExecutionInput({ window, order: 'newest' });
    expect(await planRun(planner(), FRAME, input)).toBeUndefined();
    const planning = runs.json(keys.planning('run')) as object;
    await runs.store().write(keys.planning('run'), JSON.stringify({ ...planning, calls: 96 }));
    const { plan, batches } = await planWhole(input);
    expect(batches).toEqual([['new', 'late']]);
    expect(plan.notSearched).toEqual([{ from: '2026-11-18T00:00:00.000Z', to: '2026-11-19T00:00:00.000Z' }]);
    await record(plan);
    const retried = await planWhole(parseExecutionInput({ retryRun: 'run' }), 'retry');
    expect(retried.batches.flat().toSorted()).toEqual(['late', 'new', 'oldest']);
  });
});

it('puts what began on the same day into the same batches, in the order in which it became available', async () => {
  const dayMs = Date.parse('2026-11-20T00:00:00Z');
  // Every third one that became available on the 20th began on it, the others one and two days before.
  const found = new Map(
    Array.from({ length: 30 }, (_, n) => {
      const one = { interactionId: `i${n}`, startMs: dayMs - (n % 3) * DAY, availableMs: dayMs + n * 1_000 };
      return [one.interactionId, one] as const;
    }),
  );
  const input = parseExecutionInput({ window: { from: '2026-11-20T00:00:00Z', to: '2026-11-21T00:00:00Z' } });
  const discover: Planner['discover'] = async ({ fromMs, toMs }) => ({
    found: new Map([...found].filter(([, { availableMs }]) => availableMs >= fromMs && availableMs < toMs)),
    unreadable: new Set(),
    pages: 1,
  });
  const plan = await planRun({ ...planner(), newVersions: 'fetched', discover }, FRAME, input);
  const lines = await Array.fromAsync(runs.store().readLines(plan?.batchesKey ?? ''));
  const batches = lines.map((line) => Batch.parse(JSON.parse(line)));
  expect(batches.map(({ days }) => [days?.first, days?.last])).toEqual(
    ['2026-11-18', '2026-11-19', '2026-11-20'].map((day) => [day, day]),
  );
  for (const { availableMs = [] } of batches) expect(availableMs).toEqual(availableMs.toSorted((a, b) => a - b));
});

describe('a schedule that fetches again', () => {
  it.each([
    ['within the look-back', 1],
    ['before the look-back', 6],
  ])('fetches what became available a while ago once more: %s', async (_, days) => {
    const reference = { schedule: 'daily', time: WATERMARK };
    const change = { source: 'schedule' as const, reference, window: { from: WATERMARK, to: WATERMARK } };
    await advanceWatermark(runs.store(), await runs.plan({ runId: 'before', ids: [], change }), [], NOW);
    const at = new Date(Date.parse('2026-11-20T10:00:00.000Z') - days * DAY).toISOString();
    starts = { ...starts, known: at };
    const note = { schemaVersion: 1, runId: 'old', firstBatch: 0, lastBatch: 0 };
    await runs.store().write(keys.batchesOfRunOnDay(at.slice(0, 10), 'old'), JSON.stringify(note));
    const receipt = receiptOf('old', 0, ['known'], { versions: { known: '2026-11-14T00:00:00Z' } });
    await runs.store().write(keys.receipt('old', 0), JSON.stringify(receipt));
    const rechecking = (recheckAfterMs: number, newVersions: Planner['newVersions'] = 'fetched') => {
      const one = planner();
      return { ...one, newVersions, settings: { ...one.settings, recheckAfterMs } };
    };

    const without = await planRun(rechecking(0), { ...FRAME, runId: 'without', dryRun: true }, SCHEDULE);
    const others = await Array.fromAsync(runs.store().readLines(without?.batchesKey ?? ''));
    expect(others.join()).not.toContain('"known"');

    const plan = await planRun(rechecking(days * DAY), FRAME, SCHEDULE);
    const lines = await Array.fromAsync(runs.store().readLines(plan?.batchesKey ?? ''));
    const batches = lines.map((line) => Batch.parse(JSON.parse(line)));
    const again = batches.filter(({ interactionIds }) => interactionIds.includes('known'));
    expect(again).toMatchObject([{ refetch: true, versions: { known: '2026-11-14T00:00:00Z' } }]);
    expect(batches.flatMap(({ interactionIds }) => interactionIds).toSorted()).toEqual(['known', 'late', 'new']);

    const jobs = { ...FRAME, runId: 'jobs', dryRun: true };
    await expect(planRun(rechecking(DAY, 'never'), jobs, SCHEDULE)).rejects.toMatchObject({
      name: 'ConfigInvalid',
      message: expect.stringContaining('RECHECK_AFTER_DAYS'),
    });
  });
});
