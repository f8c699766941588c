/** A window that is more than one execution may hold goes on by itself, beside the schedule, and nothing is fetched twice. */
import { expect, it } from 'vitest';
import { Manifest } from '../../lambdas/shared/runs/run-records.ts';
import { keys } from '../../lambdas/shared/storage/layout.ts';
import { usePipeline } from './world/pipeline.ts';

let nowMs = Date.parse('2026-10-08T03:00:00Z');

const pipeline = usePipeline(
  {
    source: 'interaction-analytics',
    vendor: {
      simulator: {
        interactions: { count: 120, from: '2026-10-01T00:00:00Z', to: '2026-10-07T00:00:00Z' },
        availableAfterSeconds: 0,
        now: () => nowMs,
      },
    },
  },
  // Some twenty became available on each day: a run takes one.
  { overridesEnv: { MAX_INTERACTIONS: '10', LOOK_BACK_HOURS: '0' } },
);

async function manifestOf(runId: string): Promise<Manifest> {
  const [line] = await pipeline.lines(keys.manifest(runId));
  return Manifest.parse(line);
}

async function run(runId: string, input: object) {
  nowMs += 1_000;
  const result = await pipeline.run(input, { name: runId });
  const others = await pipeline.engine.settle();
  const extractions = [result, ...others].filter(({ name }) => name.startsWith(runId));
  for (const each of extractions)
    expect([each.name, each.status, each.cause]).toEqual([each.name, 'SUCCEEDED', undefined]);
  return extractions;
}

async function storedBy(runIds: readonly string[]): Promise<string[]> {
  const rows = await Promise.all(runIds.map((runId) => pipeline.rows(runId)));
  return rows.flat().map(({ interactionId }) => interactionId);
}

it.each([
  ['oldest', '2026-10-01', '2026-10-04', ['2026-10-02', '2026-10-03', '2026-10-04']],
  ['newest', '2026-10-04', '2026-10-07', ['2026-10-06', '2026-10-05', '2026-10-04']],
] as const)('in three executions, the %s first', async (order, from, to, reached) => {
  const window = { from: `${from}T00:00:00.000Z`, to: `${to}T00:00:00.000Z` };
  const runIds = [order, `${order}-part2`, `${order}-part3`];
  // The daily run of the window's newest part comes first, so that the window has less to do.
  const before =
    order === 'newest'
      ? await run('daily', { schedule: { name: 'daily', time: '2026-10-07T01:00:00Z' }, mediaTypes: ['chat'] })
      : [];
  const extractions = await run(order, { window, order });
  expect(extractions.map(({ name }) => name)).toEqual(runIds);

  const manifests = await Promise.all(runIds.map(manifestOf));
  expect(manifests.map(({ status }) => status)).toEqual(['complete', 'complete', 'complete']);
  expect(manifests.map(({ continuedBy }) => continuedBy)).toEqual([...runIds.slice(1), undefined]);
  expect(manifests.map(({ window: searched }) => searched?.[order === 'newest' ? 'from' : 'to'].slice(0, 10))).toEqual(
    reached,
  );
  for (const [index, { counts, cost }] of manifests.entries()) {
    expect(counts.stored).toBeGreaterThan(5);
    expect(cost.stateTransitions).toBe(extractions[index]?.stateTransitions);
  }

  // The names of its parts begin with that of the first run.
  const stored = await storedBy([order, ...before.map(({ name }) => name)]);
  expect(new Set(stored).size).toBe(stored.length);
  const again = await run(`${order}-again`, { window });
  expect(await storedBy(again.map(({ name }) => name))).toEqual([]);
  // A call whose token has died is made once more; no transcript is given twice.
  const given = pipeline.simulator.requests.filter(
    ({ call, status }) => call === 'segmentTranscript' && status === 200,
  );
  const paths = given.map(({ path }) => path);
  expect(new Set(paths).size).toBe(paths.length);
});

it('is not started twice: a run that is recorded again finds the next one there', async () => {
  const fetched = pipeline.simulator.count('segmentTranscript');
  const repeated = await pipeline.run(
    { window: { from: '2026-10-01T00:00:00.000Z', to: '2026-10-04T00:00:00.000Z' }, order: 'oldest' },
    { name: 'oldest' },
  );
  expect(repeated.status).toBe('SUCCEEDED');
  expect(pipeline.entered(repeated)).toContain('StartNextRun');
  expect((await pipeline.engine.settle()).map(({ name }) => name)).not.toContain('oldest-part2');
  expect(pipeline.simulator.count('segmentTranscript')).toBe(fetched);
});
