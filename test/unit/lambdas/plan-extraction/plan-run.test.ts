import { beforeEach, describe, expect, it } from 'vitest';
import { planRun } from '../../../../lambdas/plan-extraction/plan-run.ts';
import type { Planner } from '../../../../lambdas/plan-extraction/planner.ts';
import type { SearchSpan } from '../../../../lambdas/plan-extraction/planning.ts';
import { spanOfRest } from '../../../../lambdas/plan-extraction/select/search-spans.ts';
import { Batch } from '../../../../lambdas/shared/contracts/batch.ts';
import { PipelineError } from '../../../../lambdas/shared/contracts/errors.ts';
import { parseExecutionInput } from '../../../../lambdas/shared/contracts/execution-input.ts';
import { dayOf } from '../../../../lambdas/shared/lib/days.ts';
import { readOpenRuns } from '../../../../lambdas/shared/runs/open-runs.ts';
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
/** What the store was asked for. */
let operations: string[];
/** Starts of interactions: an id each. */
let starts: Record<string, string>;
let searches: number;
/** Pages that the vendor answers in one call of the planner. */
let pagesACall: number;
/** Rows that cannot be read, on every page. */
let unreadable: string[];

beforeEach(() => {
  runs = new RunBuilder();
  operations = [];
  starts = { late: '2026-11-19T10:00:00.000Z', new: '2026-11-20T10:00:00.000Z' };
  searches = 0;
  pagesACall = Number.POSITIVE_INFINITY;
  unreadable = [];
});

function planner(): Planner {
  const store = runs.store((when, operation, key) => {
    if (when === 'before') operations.push(`${operation} ${key}`);
  });
  let left = pagesACall;
  const search: SearchPage = async ({ from = '', to = '' }) => {
    searches += 1;
    left -= 1;
    const found = Object.entries(starts).filter(([, start]) => start >= from && start < to);
    return { interactions: found.map(([interactionId, startTime]) => ({ interactionId, startTime })), unreadable };
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

function record(plan: Plan) {
  const by = { store: runs.store(), runId: plan.runId, maxAttempts: 5, functionVersion: '1', nowMs: Date.parse(NOW) };
  return recordRun(by, plan);
}

/** Names of rows without an id. */
function nameless(rows: number): string[] {
  return Array.from({ length: rows }, (_, row) => `unreadable-row:${row}`);
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
    expect(await record(plan)).toMatchObject({ status: 'incomplete', notSearched: plan.notSearched });

    const retried = await planWhole(parseExecutionInput({ retryRun: 'run' }), 'retry');
    expect(retried.batches.flat().sort()).toEqual(['late', 'left', 'new']);
    expect(retried.plan).toMatchObject({ source: 'retryRun', window: plan.notSearched?.[0] });
    expect(retried.plan).not.toHaveProperty('notSearched');
  });

  it.each<[string, string[], string | undefined]>([
    ['a few', nameless(4), undefined],
    ['many that say whose they are', Array.from({ length: 50 }, (_, row) => `bad-${row}`), undefined],
    ['many, and one of them says whose it is', [...nameless(50), 'bad'], undefined],
    ['many, none of which says whose it is', nameless(5), 'ContractViolation'],
  ])('that finds no row but unreadable ones, %s: %s', async (_, rows, refused) => {
    [starts, unreadable] = [{}, rows];
    const planned = planWhole();
    if (refused) await expect(planned).rejects.toMatchObject({ name: refused });
    else expect((await planned).plan.decided.quarantined).toBe(rows.length);
  });

  it('is not refused for many unreadable rows beside one that can be read', async () => {
    unreadable = nameless(50);
    expect((await planWhole()).plan).toMatchObject({ requested: 52, decided: { quarantined: 50 } });
  });

  it.each([1, 300])('costs the same in a lake with %i days before its look-back', async (days) => {
    await withBacklog();
    for (let day = 1; day <= days; day += 1) {
      const runId = `run-${day}`;
      const dt = dayOf(Date.parse('2026-11-10') - day * DAY);
      const note = { schemaVersion: 1, runId, firstBatch: 0, lastBatch: 0 };
      await runs.store().write(keys.batchesOfRunOnDay(dt, runId), JSON.stringify(note));
      await runs.store().write(keys.receipt(runId, 0), JSON.stringify(receiptOf(runId, 0, [`int-${day}`])));
      await runs.store().write(keys.transcripts('voice', dt, runId, 0), 'rows');
    }
    await planWhole();
    expect(operations.length).toBeLessThan(60);
  });
});

describe('a retry of a run', () => {
  it('whose batches have expired is refused, and does not keep the run open', async () => {
    await runs.plan({ runId: 'gone' });
    runs.objects.delete(keys.batches('gone'));
    await expect(planWhole(parseExecutionInput({ retryRun: 'gone' }))).rejects.toMatchObject({ name: 'InputInvalid' });
    expect((await readOpenRuns(runs.store())).runs).toEqual([]);
  });
});

describe('the part of a span that a run has left', () => {
  const hours = (from: number, to: number) => ({ from: `2026-11-21T${from}:00:00Z`, to: `2026-11-21T${to}:00:00Z` });
  it.each<[string, ReturnType<typeof hours>[] | undefined, SearchSpan | undefined]>([
    ['nothing', undefined, undefined],
    ['the end of what was new', [hours(20, 22)], { since: hours(20, 22).from, ...hours(20, 22) }],
    ['that and of the look-back', [hours(20, 22), hours(11, 14)], { since: hours(20, 22).from, ...hours(11, 22) }],
  ])('%s', (_, notSearched, span) => {
    expect(spanOfRest(notSearched, {})).toEqual(span);
  });
});

describe('a file of ids', () => {
  const FILE = parseExecutionInput({ interactionIdsFrom: 's3:///inputs/ids.csv' });
  const write = (...ids: string[]) => runs.store().write('inputs/ids.csv', ['id', ...ids].join('\n'));

  it('that is replaced while the run is planned is named', async () => {
    await write('int-1');
    const searchByIds: Planner['searchByIds'] = async () => {
      await write('int-2');
      return undefined;
    };
    await expect(planRun({ ...planner(), searchByIds }, FRAME, FILE)).rejects.toMatchObject({
      name: 'InputInvalid',
      message: expect.stringContaining('interactionIdsFrom'),
    });
  });

  it.each([
    ['for a while', 0, true],
    ['for longer than a job may take', 3, false],
  ])('in the input itself: an outage is waited out %s', async (_, hoursLater, isPutOff) => {
    const listed = parseExecutionInput({ interactionIds: ['int-1'] });
    const searchByIds: Planner['searchByIds'] = async () => {
      throw new PipelineError('VendorUnavailable', 'CXone could not be reached (timeout)');
    };
    const nowMs = () => Date.parse(NOW) + hoursLater * HOUR;
    const error = await planRun({ ...planner(), searchByIds, nowMs }, FRAME, listed).catch((thrown) => thrown);
    expect(error).toMatchObject({ name: 'VendorUnavailable' });
    expect(error.retryAfterSeconds !== undefined).toBe(isPutOff);
  });

  it('comes to its end with a vendor that answers few searches at a time', async () => {
    const ids = Array.from({ length: 12_000 }, (_, index) => `int-${index}`);
    await write(...ids);
    const asked: string[] = [];
    let ended: unknown;
    for (let calls = 0; calls < 12; calls += 1) {
      let left = 3;
      const searchByIds: Planner['searchByIds'] = async (some) => {
        left -= 1;
        if (left < 0) throw new PipelineError('VendorUnavailable', 'down', { status: 503 });
        asked.push(...some);
        return undefined;
      };
      ended = await planRun({ ...planner(), searchByIds }, FRAME, FILE).catch((error) => error);
      if (!(ended instanceof PipelineError)) break;
      expect(ended.retryAfterSeconds).toBe(30);
    }
    expect(ended).toMatchObject({ requested: 12_000 });
    expect(asked.toSorted()).toEqual(ids.toSorted());
  });
});
