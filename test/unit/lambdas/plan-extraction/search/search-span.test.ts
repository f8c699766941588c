import { describe, expect, it } from 'vitest';
import type { Planner } from '../../../../../lambdas/plan-extraction/planner.ts';
import type { Planning } from '../../../../../lambdas/plan-extraction/planning.ts';
import {
  listSlices,
  parseSliceKey,
  reachOf,
  readSlices,
} from '../../../../../lambdas/plan-extraction/search/search-slices.ts';
import { searchSpan } from '../../../../../lambdas/plan-extraction/search/search-span.ts';
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
}

/** A vendor that takes its time, and calls that have only so much. */
function worldOf({ perHour, pageMs, callMs, maxFound = Number.POSITIVE_INFINITY }: World) {
  const objects: Objects = new Map();
  const store = new MemoryStore(objects, { nowMs: () => 0 });
  const spacing = HOUR / perHour;
  const asked: { fromMs: number; toMs: number }[] = [];
  let leftMs = callMs;
  const search: Planner['search'] = async ({ from = '', to = '', cursor = '0' }) => {
    leftMs -= pageMs;
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
  const planner = { store, search, callMs, remainingMs: () => leftMs } as unknown as Planner;
  const planning: Planning = { schemaVersion: 1, calls: 0, span: SPAN };
  const call = async () => {
    leftMs = callMs;
    const toSearch = { runId: 'run', span: SPAN, mediaTypes: ['voice'], maxFound };
    const isDone = await searchSpan(planner, planning, toSearch);
    planning.calls += 1;
    return isDone;
  };
  const reach = async () => {
    const slices = await listSlices(store, 'run');
    return { newMs: reachOf(slices, SINCE, TO), oldMs: reachOf(slices, FROM, SINCE), slices };
  };
  return { call, reach, store, asked, planning };
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

  it('ends when it has gone on for so long that nobody waits for it', async () => {
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
