import { beforeEach, describe, expect, it } from 'vitest';
import { planRun } from '../../../../lambdas/plan-extraction/plan-run.ts';
import type { Planner } from '../../../../lambdas/plan-extraction/planner.ts';
import { Batch } from '../../../../lambdas/shared/contracts/batch.ts';
import { parseExecutionInput } from '../../../../lambdas/shared/contracts/execution-input.ts';
import { recordRun } from '../../../../lambdas/shared/runs/record-run.ts';
import type { Plan } from '../../../../lambdas/shared/runs/run-records.ts';
import { keys } from '../../../../lambdas/shared/storage/layout.ts';
import { hashInteractionId } from '../../../../lambdas/shared/storage/tombstones.ts';
import type { FoundInteraction } from '../../../../lambdas/shared/vendor/transcript-source.ts';
import { receiptOf } from '../../../builders/receipt.ts';
import { RunBuilder } from '../shared/runs/run-builder.ts';

const DAY_MS = 86_400_000;
const NOW = '2026-11-21T03:00:00.000Z';
const WINDOW = { from: '2026-11-18T00:00:00Z', to: '2026-11-21T00:00:00Z' };
const OLD = '2026-11-14T00:00:00Z';
const NEW = '2026-11-20T23:00:00Z';

let runs: RunBuilder;
/** Slices of the search that the vendor answers in one call of the planner. */
let slicesACall: number;

beforeEach(() => {
  runs = new RunBuilder();
  slicesACall = Number.POSITIVE_INFINITY;
});

const found = (interactionId: string, start: string): FoundInteraction => ({
  interactionId,
  startMs: Date.parse(start),
  availableMs: Date.parse(start) + 1,
  aliases: { interactionId: `i-${interactionId}`, acdContactId: `acd-${interactionId}` },
});
const SEGMENTS = [
  found('a', '2026-11-18T10:00:00Z'),
  found('b', '2026-11-19T10:00:00Z'),
  found('c', '2026-11-20T10:00:00Z'),
];

function planner(): Planner {
  const store = runs.store();
  let left = slicesACall;
  return {
    store,
    storeOf: () => store,
    discover: async ({ fromMs, toMs }) => {
      left -= 1;
      const within = SEGMENTS.filter(({ availableMs }) => availableMs >= fromMs && availableMs < toMs);
      return { found: new Map(within.map((one) => [one.interactionId, one])), unreadable: new Set(), pages: 1 };
    },
    searchByIds: async (ids) => ({
      interactions: ids.map((interactionId) => ({ interactionId, availableMs: 0 })),
      unreadable: [],
      isWhole: false,
    }),
    newVersions: 'fetched',
    settings: {
      batchSize: 10,
      concurrency: 1,
      startMs: undefined,
      lookBackMs: 3 * DAY_MS,
      settleMs: 0,
      recheckAfterMs: 0,
      maxAttempts: 5,
      leaseMs: DAY_MS,
      toleratedFailurePercentage: 10,
      patienceMs: DAY_MS,
      maxInteractions: 1_000_000,
      retentionMs: 0,
    },
    functionVersion: '1',
    nowMs: () => Date.parse(NOW),
    callMs: slicesACall,
    remainingMs: () => left,
    note: () => {},
  };
}

async function plan(input: object, runId: string, as = planner()): Promise<{ plan: Plan; batches: Batch[] }> {
  const sizes = { batchSize: 10, concurrency: 1, polling: { firstWaitSeconds: 2, longestWaitSeconds: 60 } };
  const frame = { runId, startedAt: NOW, dryRun: false, ...sizes };
  const planned = await planRun(as, frame, parseExecutionInput(input));
  if (!planned) throw new Error('it needs a further call');
  const lines = planned.batchCount === 0 ? [] : await Array.fromAsync(runs.store().readLines(planned.batchesKey));
  return { plan: planned, batches: lines.map((line) => Batch.parse(JSON.parse(line))) };
}

const record = (of: Plan) =>
  recordRun({ store: runs.store(), runId: of.runId, maxAttempts: 5, functionVersion: '1', nowMs: Date.parse(NOW) }, of);
const idsIn = (batches: readonly Batch[]) => batches.flatMap(({ interactionIds }) => interactionIds);

/** Some run has stored these segments, each on the day it started. */
async function store(versions: Record<string, string>, runId = 'old') {
  const ids = Object.keys(versions);
  for (const { startMs = 0 } of SEGMENTS.filter((one) => ids.includes(one.interactionId))) {
    const note = { schemaVersion: 1, runId, firstBatch: 0, lastBatch: 0 };
    const day = new Date(startMs).toISOString().slice(0, 10);
    await runs.store().write(keys.batchesOfRunOnDay(day, runId), JSON.stringify(note));
  }
  await runs.store().write(keys.receipt(runId, 0), JSON.stringify(receiptOf(runId, 0, ids, { versions })));
}

describe('a retry of a window', () => {
  it.each([
    { order: 'newest', refetch: true, taken: ['a', 'b', 'c'] },
    { order: 'newest', refetch: false, taken: ['b', 'c'] },
    { order: 'oldest', refetch: true, taken: ['a', 'b', 'c'] },
    { order: 'oldest', refetch: false, taken: ['b', 'c'] },
  ])('goes on in its way: $order first, refetch $refetch', async ({ order, refetch, taken }) => {
    await store({ a: OLD });
    // The search came to its limits within its first calls.
    slicesACall = 2;
    const input = { window: WINDOW, order, refetch };
    await expect(plan(input, 'run')).rejects.toThrow('further call');
    const planning = runs.json(keys.planning('run')) as object;
    await runs.store().write(keys.planning('run'), JSON.stringify({ ...planning, begunAt: '2026-11-20T00:00:00Z' }));
    const first = await plan(input, 'run');
    expect(first.plan.notSearched).toHaveLength(1);
    await record(first.plan);

    slicesACall = Number.POSITIVE_INFINITY;
    const retried = await plan({ retryRun: 'run' }, 'retry');
    expect(
      idsIn([...first.batches, ...retried.batches])
        .filter((id, at, all) => all.indexOf(id) === at)
        .sort(),
    ).toEqual(taken);
    const how = ({ order: own, refetch: again }: Plan) => ({ order: own, refetch: again });
    expect(how(retried.plan)).toEqual(how(first.plan));
    await record(retried.plan);
    expect(how((await plan({ retryRun: 'retry' }, 'once-more')).plan)).toEqual(how(first.plan));
  });

  it('knows of what failed its other ids and when it became available', async () => {
    const { plan: first, batches } = await plan({ window: WINDOW }, 'run');
    expect(idsIn(batches)).toEqual(['a', 'b', 'c']);
    await record(first);
    const retried = await plan({ retryRun: 'run' }, 'retry');
    const factsOf = ({ interactionIds, aliases, availableMs }: Batch) =>
      interactionIds.map((id, place) => [id, aliases?.[place], availableMs?.[place]]);
    const planned = SEGMENTS.map(({ interactionId, aliases, availableMs }) => [interactionId, aliases, availableMs]);
    expect(batches.flatMap(factsOf)).toEqual(planned);
    expect(retried.batches.flatMap(factsOf)).toEqual(planned);
    // And a retry of that.
    await record(retried.plan);
    expect((await plan({ retryRun: 'retry' }, 'again')).batches.flatMap(factsOf)).toEqual(planned);
  });

  it.each(['b', 'i-b', 'acd-b'])('leaves out what was erased meanwhile under %s', async (erased) => {
    await record((await plan({ window: WINDOW }, 'run')).plan);
    await runs.store().write(keys.tombstone(hashInteractionId(erased)), '{}');
    const { plan: retried, batches } = await plan({ retryRun: 'run' }, 'retry');
    expect(idsIn(batches)).toEqual(['a', 'c']);
    expect(retried.leftOut.erased).toBe(1);
  });

  it('takes once more what could not be fetched again, until the lake holds a newer version', async () => {
    await store({ a: OLD, b: OLD });
    const { plan: first, batches } = await plan({ window: WINDOW, refetch: true }, 'run');
    expect(batches).toMatchObject([{ versions: { a: OLD, b: OLD } }]);
    await record(first);
    await store({ b: NEW }, 'newer');
    const retried = await plan({ retryRun: 'run' }, 'retry');
    expect(idsIn(retried.batches)).toEqual(['a', 'c']);
    expect(retried.batches).toMatchObject([{ versions: { a: OLD } }]);
    expect(retried.plan.leftOut.stored).toBe(1);
  });
});

describe('skipStored', () => {
  const input = { interactionIds: ['a', 'c', 'x'], skipStored: true };

  it('leaves out a segment whose day nobody says', async () => {
    await store({ a: OLD });
    const { plan: planned, batches } = await plan(input, 'run');
    expect(idsIn(batches)).toEqual(['c', 'x']);
    expect(planned.decided.duplicate).toBe(1);
  });

  it('looks no further than it has time for: the batch finds the rest', async () => {
    await store({ a: OLD });
    const { batches } = await plan(input, 'run', { ...planner(), callMs: 100, remainingMs: () => 10 });
    expect(idsIn(batches)).toEqual(['a', 'c', 'x']);
  });
});
