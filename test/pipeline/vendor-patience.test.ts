/** A vendor that asks for time: every call honours it, a long wait in a Wait state, and nothing is tried again before. */
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type ExecutionResult, LocalEngine } from '../../emulator/engine/run-execution.ts';
import type { Fault } from '../../emulator/stand-ins/cxone/faults.ts';
import { Manifest } from '../../lambdas/shared/runs/run-records.ts';
import { eventFor, freshIds, usePipeline } from './world/pipeline.ts';

const pipeline = usePipeline({ settings: { pollFirstWaitSeconds: 4 } });

// Every function gets its token here: what is put off later is put off in mid-run.
beforeAll(async () => void (await pipeline.run(eventFor(freshIds(1)))));
afterEach(() => pipeline.simulator.setFaults([]));

async function runWith(faults: Fault[], change: Record<string, unknown> = {}) {
  pipeline.simulator.setFaults(faults);
  const before = pipeline.simulator.requests.length;
  const result = await pipeline.run(eventFor(freshIds(2), change));
  const calls = pipeline.simulator.requests.slice(before).map(({ call }) => call);
  return { result, calls, retried: result.history.filter(({ type }) => type === 'StateRetried') };
}

interface Waiting {
  waitSeconds?: number;
  job?: { waitSeconds: number };
  stored?: { waitSeconds: number };
}

/** Seconds of each wait in a state, in order. */
function waitsIn(result: ExecutionResult, name: string): (number | undefined)[] {
  return result.history.flatMap((event) => {
    if (event.type !== 'StateEntered' || event.state !== name) return [];
    const { waitSeconds, job, stored } = event.input as Waiting;
    return [name === 'WaitToStore' ? stored?.waitSeconds : (job?.waitSeconds ?? waitSeconds)];
  });
}

/** A call in mid-run needs a new token, and the token request is put off. */
const tokenPutOffAt = (on: 'search' | 'submit' | 'poll' | 'download', status: number, retryAfter: number): Fault[] => [
  { on, times: 1, do: { status: 401 } },
  { on: 'token', times: 1, do: { status, retryAfter } },
];

describe('a token request in mid-run', () => {
  it.each([
    ['search', 503, 'WaitToPlan'],
    ['submit', 503, 'WaitToResubmit'],
    ['submit', 429, 'WaitToResubmit'],
    ['poll', 503, 'WaitForJob'],
    ['download', 503, 'WaitToStore'],
    ['download', 429, 'WaitToStore'],
  ] as const)('that is put off for minutes (%s, %i) waits them in %s', async (on, status, state) => {
    const { result, retried } = await runWith(tokenPutOffAt(on, status, 240));
    expect(result).toMatchObject({ status: 'SUCCEEDED', output: { counts: { stored: 2 } } });
    expect(waitsIn(result, state)).toContain(240);
    expect(retried).toEqual([]);
  });

  it.each(['search', 'submit', 'poll', 'download'] as const)(
    'that is put off for a second (%s) waits in its call',
    async (on) => {
      const { result, calls, retried } = await runWith(tokenPutOffAt(on, 503, 1));
      expect(result).toMatchObject({ status: 'SUCCEEDED', output: { counts: { stored: 2 } } });
      expect(calls.filter((call) => call === 'token').length).toBeGreaterThanOrEqual(2);
      expect(waitsIn(result, 'WaitToStore')).toEqual([]);
      expect(waitsIn(result, 'WaitToResubmit')).toEqual([]);
      expect(retried).toEqual([]);
    },
  );
});

describe('a call that is put off for minutes', () => {
  it.each([
    ['submit', 503, 'WaitToResubmit'],
    ['submit', 429, 'WaitToResubmit'],
    ['search', 503, 'WaitToPlan'],
    ['search', 429, 'WaitToPlan'],
    ['poll', 503, 'WaitForJob'],
    ['poll', 429, 'WaitForJob'],
    ['download', 503, 'WaitToStore'],
    ['download', 429, 'WaitToStore'],
  ] as const)('%s, %i: waits them in %s', async (on, status, state) => {
    const { result, retried } = await runWith([{ on, times: 2, do: { status, retryAfter: 180 } }]);
    expect(result).toMatchObject({ status: 'SUCCEEDED', output: { counts: { stored: 2 } } });
    expect(waitsIn(result, state).filter((seconds) => seconds === 180)).toHaveLength(2);
    expect(retried).toEqual([]);
  });

  /** More often than the Retry of a state comes back. */
  const OUT = 12;

  it.each([
    ['submit', { status: 503 }, 'WaitToResubmit'],
    ['submit', { status: 429 }, 'WaitToResubmit'],
    ['submit', { reset: true }, 'WaitToResubmit'],
    ['search', { status: 503 }, 'WaitToPlan'],
    ['search', { status: 429 }, 'WaitToPlan'],
    ['search', { reset: true }, 'WaitToPlan'],
    ['poll', { status: 500 }, 'WaitForJob'],
    ['poll', { reset: true }, 'WaitForJob'],
    ['download', { status: 503 }, 'WaitToStore'],
    ['download', { status: 429 }, 'WaitToStore'],
  ] as const)('%s, %o without a time: is outlasted in %s', async (on, effect, state) => {
    const { result, calls, retried } = await runWith([{ on, times: OUT, do: effect }]);
    expect(result).toMatchObject({ status: 'SUCCEEDED', output: { counts: { stored: 2 } } });
    expect(calls.filter((call) => call === on).length).toBeGreaterThan(OUT);
    expect(waitsIn(result, state).length).toBeGreaterThanOrEqual(OUT);
    expect(retried).toEqual([]);
  });

  it.each([503, 429])(
    'before the run has begun, %i without a time: is outlasted in WaitToAuthenticate',
    async (status) => {
      const engine = new LocalEngine({
        assembly: pipeline.assembly,
        overridesEnv: pipeline.environment,
        waitScale: 0.001,
        maxProcesses: 1,
      });
      pipeline.simulator.setFaults([{ on: 'token', times: OUT, do: { status } }]);
      const input = eventFor(freshIds(1)) as never;
      const result = await engine.run({ input, stateMachine: pipeline.extraction, record: 'all' });
      await engine.close();
      expect(result).toMatchObject({ status: 'SUCCEEDED' });
      expect(waitsIn(result, 'WaitToAuthenticate')).toHaveLength(OUT);
    },
  );

  it('before the run has begun: waits in WaitToAuthenticate', async () => {
    const engine = new LocalEngine({
      assembly: pipeline.assembly,
      overridesEnv: pipeline.environment,
      waitScale: 0.001,
      maxProcesses: 1,
    });
    pipeline.simulator.setFaults([{ on: 'token', times: 2, do: { status: 503, retryAfter: 600 } }]);
    const input = eventFor(freshIds(1)) as never;
    const result = await engine.run({ input, stateMachine: pipeline.extraction, record: 'all' });
    await engine.close();
    expect(result).toMatchObject({ status: 'SUCCEEDED' });
    expect(waitsIn(result, 'WaitToAuthenticate')).toEqual([600, 600]);
  });

  it('for ever: the batch fails by name once patience is over', async () => {
    const engine = new LocalEngine({
      assembly: pipeline.assembly,
      overridesEnv: { ...pipeline.environment, JOB_DEADLINE_SECONDS: '1' },
      waitScale: 0.5,
      maxProcesses: 1,
    });
    pipeline.simulator.setFaults([{ on: 'submit', times: 'always', do: { status: 503, retryAfter: 900 } }]);
    const input = eventFor(freshIds(1)) as never;
    const result = await engine.run({ input, stateMachine: pipeline.extraction, record: 'all' });
    await engine.close();
    expect(result).toMatchObject({ status: 'FAILED', error: 'ExtractionIncomplete' });
    expect(JSON.stringify(result.history)).toContain('TranscriptJobTimedOut');
  });
});

describe('the waits between polls', () => {
  it('are as the stage says', async () => {
    const { result } = await runWith([]);
    expect(waitsIn(result, 'WaitForJob')).toEqual([4, 6, 9]);
  });

  it('are as the execution input says, where it does', async () => {
    const { result } = await runWith([], { pollFirstWaitSeconds: 7, pollLongestWaitSeconds: 8 });
    expect(waitsIn(result, 'WaitForJob')).toEqual([7, 8, 8]);
  });
});

it('says in audit and manifest how long transcripts took', async () => {
  const { result } = await runWith([]);
  const audit = await pipeline.audit(result.name);
  const latencies = audit.map(({ latencyMs = Number.NaN }) => latencyMs);
  const [text] = await pipeline.lines(`runs/${result.name}/manifest.json`);
  const { latencyMs } = Manifest.parse(text);
  expect(latencyMs).toMatchObject({ count: 2 });
  expect(Math.max(...latencies)).toBeGreaterThan(0);
  expect(latencyMs?.max).toBeGreaterThanOrEqual(Math.max(...latencies));
  expect(latencyMs?.p50).toBeLessThanOrEqual(latencyMs?.max ?? 0);
});
