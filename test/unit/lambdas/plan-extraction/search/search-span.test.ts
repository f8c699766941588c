import { describe, expect, it } from 'vitest';
import type { Planner } from '../../../../../lambdas/plan-extraction/planner.ts';
import { Planning, SEARCH_MS } from '../../../../../lambdas/plan-extraction/planning.ts';
import {
  listSlices,
  parseSliceKey,
  reachOf,
  readSlices,
} from '../../../../../lambdas/plan-extraction/search/search-slices.ts';
import { searchSpan } from '../../../../../lambdas/plan-extraction/search/search-span.ts';
import { isPipelineError, PipelineError } from '../../../../../lambdas/shared/contracts/errors.ts';
import { keys } from '../../../../../lambdas/shared/storage/layout.ts';
import { readJson } from '../../../../../lambdas/shared/storage/read-json.ts';
import type { SearchPage } from '../../../../../lambdas/shared/vendor/bulk-job/search-page.ts';
import { searchWindow } from '../../../../../lambdas/shared/vendor/bulk-job/search-window.ts';
import { MemoryStore, type Objects } from '../../../../year/memory-store.ts';

const HOUR = 3_600_000;
const SPAN = { from: '2026-11-18T06:00:00.000Z', since: '2026-11-21T06:00:00.000Z', to: '2026-11-22T06:00:00.000Z' };
const [FROM, SINCE, TO] = [SPAN.from, SPAN.since, SPAN.to].map((time) => Date.parse(time)) as [number, number, number];
const PAGE = 500;

interface World {
  /** Interactions an hour, evenly spread. */
  perHour: number;
  pageMs: number;
  callMs: number;
  maxFound?: number;
  /** Pages that the vendor answers before it breaks off, with this error. */
  quota?: number;
  error?: PipelineError;
  /** Breaks every call off before its first page. */
  isDown?: () => boolean;
  nowMs?: () => number;
}

/** A vendor that takes its time, and calls that have only so much. */
function worldOf({
  perHour,
  pageMs,
  callMs,
  maxFound = Number.POSITIVE_INFINITY,
  quota = Number.POSITIVE_INFINITY,
  error,
  isDown = () => false,
  nowMs = () => 0,
}: World) {
  const objects: Objects = new Map();
  const store = new MemoryStore(objects, { nowMs: () => 0 });
  const spacing = HOUR / perHour;
  const asked: { fromMs: number; toMs: number }[] = [];
  let leftMs = callMs;
  let pagesLeft = quota;
  const search: SearchPage = async ({ from = '', to = '', cursor = '0' }) => {
    leftMs -= pageMs;
    pagesLeft -= 1;
    if (pagesLeft < 0 || isDown()) throw error;
    const [fromMs, toMs] = [Date.parse(from), Date.parse(to)];
    asked.push({ fromMs, toMs });
    const first = Math.ceil((fromMs - FROM) / spacing) + Number(cursor);
    const end = Math.ceil((toMs - FROM) / spacing);
    const last = Math.min(first + PAGE, end);
    const interactions = Array.from({ length: Math.max(0, last - first) }, (_, offset) => ({
      interactionId: `int-${first + offset}`,
      startTime: new Date(FROM + Math.floor((first + offset) * spacing)).toISOString(),
    }));
    return { interactions, ...(last < end && { nextCursor: String(Number(cursor) + PAGE) }) };
  };
  const settings = { patienceMs: 2 * HOUR };
  const discover: Planner['discover'] = (slice, isTooLong) => searchWindow(search, slice, isTooLong);
  const planner = { store, discover, callMs, remainingMs: () => leftMs, nowMs, settings } as unknown as Planner;
  let planning: Planning = { schemaVersion: 1, calls: 0, span: SPAN };
  const call = async () => {
    [leftMs, pagesLeft] = [callMs, quota];
    const toSearch = { runId: 'run', span: SPAN, mediaTypes: ['voice'], maxFound };
    const isDone = await searchSpan(planner, planning, toSearch);
    planning.calls += 1;
    return isDone;
  };
  const reach = async () => {
    const slices = await listSlices(store, 'run');
    return { newMs: reachOf(slices, SINCE, TO), oldMs: reachOf(slices, FROM, SINCE), slices };
  };
  /** As the state machine does: a call that ends with an error is repeated, by what it has saved. */
  const again = async (): Promise<PipelineError | undefined> => {
    const saved = await readJson(store, keys.planning('run'), Planning);
    planning = saved?.value ?? planning;
    try {
      return (await call()) ? undefined : again();
    } catch (thrown) {
      if (isPipelineError(thrown)) return thrown;
      throw thrown;
    }
  };
  return { call, again, reach, store, asked, planning };
}

describe('searchSpan', () => {
  it.each<[string, World, number]>([
    ['a quick one', { perHour: 100, pageMs: 200, callMs: 900_000 }, 1],
    // A tenth of each: the calls as well.
    ['200,000 a day at a second a page', { perHour: 833, pageMs: 1_000, callMs: 90_000 }, 10],
    ['a million a day at 200 ms a page', { perHour: 4_167, pageMs: 200, callMs: 90_000 }, 10],
    ['half a minute a page', { perHour: 500, pageMs: 30_000, callMs: 898_000 }, 60],
    ['a page that takes a call', { perHour: 20, pageMs: 20_000, callMs: 20_000 }, 60],
  ])('%s: the whole span is searched, each interaction once', async (_, world, atMost) => {
    const { call, reach, store, planning } = worldOf(world);
    while (!(await call())) expect(planning.calls).toBeLessThan(atMost);
    const { newMs, oldMs, slices } = await reach();
    expect([newMs, oldMs]).toEqual([TO, SINCE]);
    const { found } = await readSlices(store, slices);
    expect(found.size).toBe(Math.ceil((TO - FROM) / (HOUR / world.perHour)));
  });

  it('searches what is new before it looks back', async () => {
    const { call, reach, asked } = worldOf({ perHour: 2_000, pageMs: 1_000, callMs: 60_000 });
    let isDone = false;
    while (!isDone) {
      isDone = await call();
      const { newMs, oldMs } = await reach();
      if (newMs < TO) expect(oldMs).toBe(FROM);
    }
    const firstOld = asked.findIndex(({ fromMs }) => fromMs < SINCE);
    expect(asked.slice(0, firstOld).some(({ toMs }) => toMs === TO)).toBe(true);
    expect(asked.slice(firstOld).every(({ toMs }) => toMs <= SINCE)).toBe(true);
  });

  it('asks once for what is found: a further call begins where the one before ended', async () => {
    const { call, asked } = worldOf({ perHour: 100, pageMs: 1_000, callMs: 4_000 });
    while (!(await call()));
    const requests = asked.map(({ fromMs, toMs }) => `${fromMs} ${toMs}`);
    const before = requests.length;
    expect(await call()).toBe(true);
    expect(asked.length).toBe(before);
  });

  it('begins no further day of what is new once it has found enough, and looks back all the same', async () => {
    const { call, reach } = worldOf({ perHour: 100, pageMs: 1, callMs: 60_000, maxFound: 1_000 });
    expect(await call()).toBe(true);
    const { newMs, oldMs } = await reach();
    expect([newMs, oldMs]).toEqual([Date.parse('2026-11-22T00:00:00Z'), SINCE]);
  });

  const details = { status: 429, retryAfterSeconds: 60 };
  it.each([
    ['a quota, and says for how long', new PipelineError('VendorThrottled', 'slow down', details)],
    ['a quota', new PipelineError('VendorThrottled', 'slow down', { status: 429 })],
    ['an outage', new PipelineError('VendorUnavailable', 'down', { status: 503 })],
  ])('comes to its end with a vendor that breaks off every thirtieth page for %s', async (_, error) => {
    // 72 pages a day, and slices of a day at first: only shorter ones end within the quota.
    const { again, reach, store } = worldOf({ perHour: 1_500, pageMs: 1, callMs: 900_000, quota: 30, error });
    let ended = await again();
    for (let calls = 1; ended; calls += 1) {
      expect(calls).toBeLessThan(40);
      ended = await again();
    }
    const { newMs, oldMs, slices } = await reach();
    expect([newMs, oldMs]).toEqual([TO, SINCE]);
    expect((await readSlices(store, slices)).found.size).toBe((TO - FROM) / (HOUR / 1_500));
  });

  it.each<[string, number, number | undefined, [number, number]]>([
    ['nothing was kept', 0, undefined, [5, 10]],
    ['something was kept', 3, undefined, [30, 30]],
    ['nothing was kept, and the vendor says for how long', 0, 70, [70, 70]],
    ['something was kept, and the vendor says for how long', 3, 70, [70, 70]],
  ])('puts the call off when the vendor breaks it off: %s', async (_, quota, given, [least, most]) => {
    const status = { status: 503, ...(given !== undefined && { retryAfterSeconds: given }) };
    const error = new PipelineError('VendorUnavailable', 'down', status);
    const { again } = worldOf({ perHour: 20, pageMs: 1, callMs: 900_000, quota, error });
    const ended = await again();
    expect(ended).toMatchObject({ name: 'VendorUnavailable', status: 503 });
    expect(ended?.retryAfterSeconds).toBeGreaterThanOrEqual(least);
    expect(ended?.retryAfterSeconds).toBeLessThanOrEqual(most);
  });

  it.each([
    ['of 90 minutes is outlasted', 90, true],
    ['of three hours is not', 180, false],
  ])('an outage %s in which no call keeps anything, from the middle of the search', async (_, minutes, outlasts) => {
    // Hours after the run began: what has been searched by then says nothing against the patience that is left.
    let clockMs = 5 * HOUR;
    let isDown = false;
    const error = new PipelineError('VendorUnavailable', 'CXone could not be reached (timeout)');
    const world = { perHour: 20, pageMs: 1, callMs: 900_000, quota: 2, error };
    const { again, reach } = worldOf({ ...world, isDown: () => isDown, nowMs: () => clockMs });
    let ended = await again();
    const { newMs } = await reach();
    isDown = true;
    let calls = 0;
    while (ended?.retryAfterSeconds !== undefined && clockMs < 5 * HOUR + minutes * 60_000) {
      clockMs += ended.retryAfterSeconds * 1000;
      ended = await again();
      calls += 1;
    }
    expect(ended?.retryAfterSeconds !== undefined).toBe(outlasts);
    expect(calls).toBeGreaterThan(10);
    expect(calls).toBeLessThan(60);
    expect((await reach()).newMs).toBe(newMs);
  });

  it('ends, with what it has, when the vendor has put it off for longer than a search may take', async () => {
    const { call, reach, planning } = worldOf({ perHour: 100, pageMs: 1, callMs: 900_000 });
    planning.begunAt = new Date(-SEARCH_MS).toISOString();
    expect(await call()).toBe(true);
    expect(await reach()).toMatchObject({ newMs: SINCE, oldMs: FROM });
  });

  it('ends when it has gone on for longer than a search may take', async () => {
    const { call, planning } = worldOf({ perHour: 100, pageMs: 1_000, callMs: 2_000 });
    planning.calls = 96;
    expect(await call()).toBe(true);
  });
});

describe('slices', () => {
  it.each([
    ['runs/r/search/20261001T000000000Z-20261002T000000000Z-17.jsonl.gz', '2026-10-01', '2026-10-02', 17],
    [
      'runs/r/search/20261001T013000250Z-20261001T013000251Z-0.jsonl.gz',
      '2026-10-01T01:30:00.250Z',
      '2026-10-01T01:30:00.251Z',
      0,
    ],
  ])('%s', (key, from, to, rows) => {
    expect(parseSliceKey(key)).toEqual({ fromMs: Date.parse(from), toMs: Date.parse(to), rows, key });
  });

  it('other answers that are kept are no slices', () => {
    expect(parseSliceKey('runs/r/search/ids-0123456789abcdef0123456789abcdef.jsonl.gz')).toBeUndefined();
  });

  it.each<[string, [number, number][], number]>([
    ['none', [], 0],
    [
      'one after the other',
      [
        [0, 5],
        [5, 7],
      ],
      7,
    ],
    [
      'in any order',
      [
        [5, 7],
        [0, 5],
      ],
      7,
    ],
    [
      'overlapping, as two attempts leave them',
      [
        [0, 5],
        [0, 3],
        [3, 7],
      ],
      7,
    ],
    [
      'with a gap',
      [
        [0, 5],
        [6, 7],
      ],
      5,
    ],
    ['beyond the end', [[0, 25]], 20],
    ['of another part', [[30, 40]], 0],
  ])('reach as far as they leave no gap: %s', (_, spans, reached) => {
    expect(
      reachOf(
        spans.map(([fromMs, toMs]) => ({ fromMs, toMs })),
        0,
        20,
      ),
    ).toBe(reached);
  });
});
