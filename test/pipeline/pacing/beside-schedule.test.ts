/** A window and a scheduled run over the same days at the same moment: each interaction is one run's, and both end well. */
import { expect, it } from 'vitest';
import type { ExecutionResult } from '../../../emulator/engine/run-execution.ts';
import { Manifest, Plan } from '../../../lambdas/shared/runs/run-records.ts';
import { keys } from '../../../lambdas/shared/storage/layout.ts';
import { usePipeline } from '../world/pipeline.ts';

const HOUR = 3_600_000;
let nowMs = Date.parse('2026-10-04T03:00:00Z');

const pipeline = usePipeline({
  source: 'interaction-analytics',
  vendor: {
    simulator: {
      interactions: { count: 240, from: '2026-10-01T00:00:00Z', to: '2026-10-10T00:00:00Z' },
      availableAfterSeconds: 600,
      now: () => nowMs,
    },
  },
});

const manifestOf = async (runId: string) => Manifest.parse((await pipeline.lines(keys.manifest(runId)))[0]);
const planOf = async (runId: string) => Plan.parse((await pipeline.lines(keys.plan(runId)))[0]);
const daily = () => ({ schedule: { name: 'daily', time: new Date(nowMs).toISOString() } });
const lastDays = () => ({
  window: { from: new Date(nowMs - 72 * HOUR).toISOString(), to: new Date(nowMs - 24 * HOUR).toISOString() },
});

/** No transcript can be had from now on. */
const holdUp = () => pipeline.simulator.setFaults([{ on: 'segmentTranscript', times: 'always', do: { status: 503 } }]);
const goOn = () => pipeline.simulator.setFaults([]);

/** Starts a run, and goes on when it has planned what it takes. */
async function startPlanned(name: string, input: object): Promise<{ end: Promise<ExecutionResult> }> {
  const { promise: isPlanned, resolve } = Promise.withResolvers<void>();
  const end = pipeline.run(input, {
    name,
    onEvent: (event) => {
      if (event.type === 'StateEntered' && event.state === 'StoreTranscripts') resolve();
    },
  });
  await Promise.race([isPlanned, end]);
  return { end };
}

async function expectEachOnce(...runIds: string[]): Promise<void> {
  const ids = (await Promise.all(runIds.map((runId) => pipeline.rows(runId)))).flat().map((row) => row.interactionId);
  expect(ids.length).toBeGreaterThan(40);
  expect(new Set(ids).size).toBe(ids.length);
}

it('leaves to the schedule what that is at, and is complete', async () => {
  holdUp();
  const { end } = await startPlanned('first-daily', daily());
  const beside = await pipeline.run(lastDays(), { name: 'beside' });
  goOn();
  expect([beside.status, beside.cause]).toEqual(['SUCCEEDED', undefined]);
  const { leftOut, requested } = await planOf('beside');
  expect(requested).toBe(0);
  expect(leftOut.taken).toBeGreaterThan(20);
  expect((await end).status).toBe('SUCCEEDED');
  await expectEachOnce('first-daily', 'beside');
});

it('keeps what it is at from the schedule, which asks after it with its next run', async () => {
  nowMs += 72 * HOUR;
  holdUp();
  const window = await startPlanned('window', lastDays());
  const schedule = await startPlanned('second-daily', daily());
  goOn();
  const [{ status, cause }, second] = await Promise.all([window.end, schedule.end]);
  expect([status, cause, second.status, second.cause]).toEqual(['SUCCEEDED', undefined, 'SUCCEEDED', undefined]);
  const { counts } = await manifestOf('window');
  expect(counts).toMatchObject({ stored: counts.stored, notReady: 0 });
  expect((await manifestOf('second-daily')).counts.notReady).toBe(counts.stored);
  await expectEachOnce('window', 'second-daily');

  nowMs += HOUR;
  const third = await pipeline.run(daily(), { name: 'third-daily' });
  expect(third).toMatchObject({ status: 'SUCCEEDED', output: { counts: { notReady: 0, failed: 0 } } });
  await expectEachOnce('first-daily', 'beside', 'window', 'second-daily', 'third-daily');
});

it('ends well whoever is faster', async () => {
  nowMs += 72 * HOUR;
  const runs = await Promise.all([
    pipeline.run(daily(), { name: 'race-daily' }),
    pipeline.run(lastDays(), { name: 'race-window' }),
  ]);
  for (const { status, error, cause } of runs)
    expect([status, error, cause]).toEqual(['SUCCEEDED', undefined, undefined]);
  await expectEachOnce('race-daily', 'race-window');
});
