/** A row that cannot be read and comes back whatever is searched: its interaction is taken once, and red but once. */
import { beforeEach, describe, expect, it } from 'vitest';
import { planRun } from '../../../../../lambdas/plan-extraction/plan-run.ts';
import type { Planner } from '../../../../../lambdas/plan-extraction/planner.ts';
import { mergeNews, type RowNote } from '../../../../../lambdas/plan-extraction/select/row-notes.ts';
import { Batch } from '../../../../../lambdas/shared/contracts/batch.ts';
import { parseExecutionInput } from '../../../../../lambdas/shared/contracts/execution-input.ts';
import { recordRun } from '../../../../../lambdas/shared/runs/record-run.ts';
import type { Manifest, Plan } from '../../../../../lambdas/shared/runs/run-records.ts';
import { keys } from '../../../../../lambdas/shared/storage/layout.ts';
import { outcomeCounts } from '../../../../../lambdas/shared/storage/records.ts';
import { receiptOf } from '../../../../builders/receipt.ts';
import { MemoryStore, type Objects } from '../../../../year/memory-store.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const START = Date.parse('2026-11-01T03:00:00.000Z');
const MAX_ATTEMPTS = 3;
/** The row that comes back. */
const BAD = 'int-bad';
const NAMELESS = 'unreadable-row:0123456789abcdef';

type Extraction = 'stored' | 'failed' | 'missing';

let objects: Objects;
let nowMs: number;
let unreadable: string[];
let lookBackMs: number;
/** What becomes of the interaction in a batch. */
let extraction: Extraction;
/** Runs that had it in a batch, and in which it was stored. */
let asked: string[];
let stored: string[];

beforeEach(() => {
  objects = new Map();
  [nowMs, lookBackMs, extraction] = [START, 3 * DAY, 'stored'];
  unreadable = [BAD];
  [asked, stored] = [[], []];
});

const storeNow = () => new MemoryStore(objects, { nowMs: () => nowMs });

function planner(): Planner {
  const store = storeNow();
  return {
    store,
    storeOf: () => store,
    // One that can be read in each hour of the clock.
    discover: async ({ fromMs }) => {
      const interactionId = `int-${new Date(fromMs).toISOString()}`;
      const found = new Map([[interactionId, { interactionId, startMs: fromMs, availableMs: 0 }]]);
      return { found, unreadable: new Set(unreadable), pages: 1 };
    },
    searchByIds: async () => undefined,
    newVersions: 'never',
    settings: {
      batchSize: 10,
      concurrency: 1,
      startMs: START - 2 * DAY,
      lookBackMs,
      settleMs: HOUR,
      recheckAfterMs: 0,
      maxAttempts: MAX_ATTEMPTS,
      maxInteractions: 1_000_000,
      retentionMs: 0,
      leaseMs: 12 * HOUR,
      toleratedFailurePercentage: 10,
      patienceMs: 2 * HOUR,
    },
    functionVersion: '1',
    nowMs: () => nowMs,
    callMs: 1,
    remainingMs: () => 1,
    note: () => {},
  };
}

async function plan(runId: string, input: object, dryRun = false): Promise<Plan> {
  const startedAt = new Date(nowMs).toISOString();
  const polling = { firstWaitSeconds: 2, longestWaitSeconds: 60 };
  const frame = { runId, startedAt, dryRun, batchSize: 10, concurrency: 1, polling };
  const planned = await planRun(planner(), frame, parseExecutionInput(input));
  if (!planned) throw new Error('planning is not done');
  return planned;
}

async function extract({ runId, batchesKey, batchCount }: Plan): Promise<void> {
  if (batchCount === 0) return;
  for await (const line of storeNow().readLines(batchesKey)) {
    const { batch, interactionIds } = Batch.parse(JSON.parse(line));
    const isAsked = interactionIds.includes(BAD);
    if (isAsked) asked.push(runId);
    if (isAsked && extraction === 'stored') stored.push(runId);
    const unstored =
      isAsked && extraction !== 'stored'
        ? [{ interactionId: BAD, outcome: extraction, error: 'PiiMaskingFailed' }]
        : [];
    const counts = outcomeCounts({ stored: interactionIds.length - unstored.length });
    for (const { outcome } of unstored) counts[outcome] += 1;
    const receipt = receiptOf(runId, batch, interactionIds, { unstored, counts });
    await storeNow().write(keys.receipt(runId, batch), JSON.stringify(receipt));
  }
}

function record(planned: Plan): Promise<Manifest> {
  const by = { store: storeNow(), runId: planned.runId, maxAttempts: MAX_ATTEMPTS, functionVersion: '1', nowMs };
  return recordRun(by, planned);
}

async function run(runId: string, input: object): Promise<Manifest> {
  const planned = await plan(runId, input);
  await extract(planned);
  return record(planned);
}

const scheduleAt = () => ({ schedule: { name: 'daily', time: new Date(nowMs).toISOString() } });

/** The schedule fires on so many days; which of its runs were red. */
async function fire(days: number): Promise<string[]> {
  const red: string[] = [];
  for (let day = 0; day < days; day += 1) {
    const name = `run-${(nowMs - START) / DAY}`;
    if ((await run(name, scheduleAt())).status !== 'complete') red.push(name);
    nowMs += DAY;
  }
  return red;
}

const windowOf = (from: string, to: string) => ({ window: { from: `${from}T00:00:00Z`, to: `${to}T00:00:00Z` } });

describe('a schedule, whose spans have moved on', () => {
  it.each([0, 3, 8])('with a look-back of %i days: takes it once', async (days) => {
    lookBackMs = days * DAY;
    expect(await fire(14)).toEqual(['run-0']);
    expect([asked, stored]).toEqual([['run-1'], ['run-1']]);
  });

  it.each<[Extraction, number, number]>([
    ['failed', MAX_ATTEMPTS - 1, MAX_ATTEMPTS],
    ['missing', 1, 1],
  ])('whose extraction ends as %s: gives it up once', async (ends, times, reds) => {
    for (const days of [0, 3]) {
      [objects, nowMs, asked, extraction, lookBackMs] = [new Map(), START, [], ends, days * DAY];
      expect((await fire(14)).length).toBe(reds);
      expect(asked.length).toBe(times);
    }
  });

  it.each([0, 3])('is red once for a row that does not say whose it is, with a look-back of %i days', async (days) => {
    [unreadable, lookBackMs] = [[NAMELESS], days * DAY];
    expect(await fire(14)).toEqual(['run-0']);
    expect(asked).toEqual([]);
  });

  it('knows it when the row was away for weeks', async () => {
    await fire(3);
    unreadable = [];
    await fire(20);
    unreadable = [BAD];
    expect(await fire(10)).toEqual([]);
    expect(stored).toEqual(['run-1']);
  });

  it('goes on when the note cannot be read, and leaves that alone', async () => {
    await fire(3);
    const [key = ''] = [...objects.keys()].filter((name) => name.startsWith('state/unreadable/'));
    const written = await storeNow().readText(key);
    await storeNow().write(key, '{"schemaVersion":"one"}', { etag: written?.etag ?? '' });
    await fire(2);
    expect((await storeNow().readText(key))?.text).toBe('{"schemaVersion":"one"}');
  });
});

describe('nothing is lost', () => {
  it('when the run that met it first dies before it is recorded', async () => {
    await plan('dead', scheduleAt());
    nowMs += DAY;
    await fire(6);
    expect(stored).toHaveLength(1);
  });

  it('when the one that was to extract it dies', async () => {
    await fire(1);
    await plan('dead', scheduleAt());
    nowMs += DAY;
    await fire(6);
    expect(stored).toHaveLength(1);
  });

  it('when a run by hand met it first, and nobody took it from there', async () => {
    expect((await run('by-hand', windowOf('2026-09-01', '2026-09-02'))).status).toBe('incomplete');
    await fire(6);
    expect(stored).toHaveLength(1);
  });

  it('by a dry run, which notes nothing', async () => {
    await plan('dry', { ...windowOf('2026-09-01', '2026-09-02'), dryRun: true }, true);
    expect([...objects.keys()].filter((key) => key.startsWith('state/'))).toEqual([]);
  });
});

describe('runs by hand and a schedule', () => {
  it('a backfill of other days leaves out what is stored', async () => {
    await fire(4);
    expect(await run('backfill', windowOf('2026-09-01', '2026-09-03'))).toMatchObject({ status: 'complete' });
    expect(stored).toEqual(['run-1']);
  });

  it('a retry of a backfill stores it for all', async () => {
    await run('backfill', windowOf('2026-09-01', '2026-09-03'));
    await run('retry', { retryRun: 'backfill' });
    expect(stored).toEqual(['retry']);
    expect(await fire(10)).toEqual([]);
    expect(stored).toEqual(['retry']);
  });

  it('both have it on their lists: who comes second finds it stored', async () => {
    await run('backfill', windowOf('2026-09-01', '2026-09-03'));
    await fire(2);
    await run('retry', { retryRun: 'backfill' });
    expect(stored).toEqual(['run-1']);
  });

  it('the other way round, too', async () => {
    await run('backfill', windowOf('2026-09-01', '2026-09-03'));
    await fire(1);
    await run('retry', { retryRun: 'backfill' });
    await fire(8);
    expect(stored).toEqual(['retry']);
  });

  it('what a schedule has given up, a person who looks for it hears of', async () => {
    extraction = 'missing';
    await fire(10);
    expect(await run('backfill', windowOf('2026-09-01', '2026-09-03'))).toMatchObject({ counts: { quarantined: 1 } });
  });
});

describe('mergeNews', () => {
  const [a, b] = ['2026-11-01', '2026-11-02'].map((day) => ({ first: day, last: day }));
  const note = (days: RowNote['days'], settled?: RowNote['settled']): RowNote => ({
    schemaVersion: 1,
    days,
    ...(settled && { settled }),
  });

  it.each([
    ['the first days', undefined, { days: a }, note(a ? [a] : [])],
    ['other days', note(a ? [a] : []), { days: b }, note(a && b ? [a, b] : [])],
    ['the same days', note(a ? [a] : []), { days: { ...a } }, undefined],
    ['that it is stored', note([]), { settled: 'stored' }, note([], 'stored')],
    ['that it is stored after all', note([], 'givenUp'), { settled: 'stored' }, note([], 'stored')],
    ['that it is given up, though stored', note([], 'stored'), { settled: 'givenUp' }, undefined],
    ['nothing', undefined, {}, undefined],
  ] as [string, RowNote | undefined, Parameters<typeof mergeNews>[1], RowNote | undefined][])(
    '%s',
    (_, before, news, after) => {
      expect(mergeNews(before, news)).toEqual(after);
    },
  );

  it('keeps the latest days of very many', () => {
    let last: RowNote | undefined;
    for (let day = 10; day < 60; day += 1) {
      last = mergeNews(last, { days: { first: `2026-${day}`, last: `2026-${day}` } });
    }
    expect(last?.days).toHaveLength(32);
    expect(last?.days.at(-1)?.first).toBe('2026-59');
  });
});
