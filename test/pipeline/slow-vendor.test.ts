/** A vendor whose search takes longer than one call of the planner has: planning goes on until all is searched. */
import { describe, expect, it } from 'vitest';
import { cachedAssembly } from '../../emulator/sandbox/cached-assembly.ts';
import { Manifest, Plan } from '../../lambdas/shared/runs/run-records.ts';
import { usePipeline } from './world/pipeline.ts';

/** Two of them are kept for a clean end. */
const CALL_SECONDS = 6;
/** Of a search: an hour of calls, in little. */
const PAGE_MS = 900;

const assembly = await cachedAssembly({
  settings: { watermarkStart: '2026-10-01T00:00:00Z', batchSize: 20, lookBackHours: 96 },
});
const functions = assembly.functions.map((spec) =>
  spec.name.includes('PlanExtraction') ? { ...spec, timeoutSeconds: CALL_SECONDS } : spec,
);

let nowMs = Date.parse('2026-10-04T03:00:00Z');
/** Calls of the planner that are killed in the middle, by their number. */
let killed: number[] = [];
let calls = 0;

const pipeline = usePipeline(
  {
    assembly: { ...assembly, functions },
    vendor: {
      simulator: {
        interactions: { count: 120, from: '2026-10-01T00:00:00Z', to: '2026-10-05T00:00:00Z' },
        availableAfterSeconds: 600,
        lateShare: 0.1,
        lateBySeconds: 40 * 3_600,
        jobLatency: { polls: 0 },
        now: () => nowMs,
      },
    },
  },
  {
    faults: ({ state }) => {
      if (state !== 'PlanExtraction') return undefined;
      calls += 1;
      return killed.includes(calls) ? { kind: 'killed', afterMs: 1_500 } : undefined;
    },
  },
);

const readJson = async (key: string): Promise<unknown> => (await pipeline.lines(key))[0];

async function fire(name: string) {
  calls = 0;
  pipeline.simulator.setFaults([{ on: 'search', times: 'always', do: { delayMs: PAGE_MS } }]);
  const result = await pipeline.run({ schedule: { name: 'daily', time: new Date(nowMs).toISOString() } }, { name });
  const plan = Plan.parse(await readJson(`runs/${name}/plan.json`));
  const manifest = Manifest.parse(await readJson(`runs/${name}/manifest.json`));
  return { result, plan, manifest };
}

async function storedIds(): Promise<string[]> {
  const rows = (await Promise.all((await pipeline.keys('transcripts/')).map(pipeline.lines))).flat();
  return rows.map((row) => (row as { interactionId: string }).interactionId).sort();
}

describe('a schedule with a slow vendor', () => {
  it('plans over several calls, and comes to the end of its window', async () => {
    const { result, plan, manifest } = await fire('first');
    expect(result).toMatchObject({ status: 'SUCCEEDED' });
    expect(plan.window).toEqual({ from: '2026-10-01T00:00:00.000Z', to: '2026-10-04T02:00:00.000Z' });
    expect(plan.planningCalls).toBeGreaterThan(1);
    const entered = pipeline.entered(result);
    expect(entered.filter((state) => state === 'IsPlanned?')).toHaveLength(plan.planningCalls ?? 0);
    expect(entered.filter((state) => state === 'Authenticate')).toHaveLength(1);
    expect(manifest.cost.stateTransitions).toBeLessThanOrEqual(result.stateTransitions);
    expect(manifest).toMatchObject({ status: 'complete', failures: [] });
    // What one call hands to the next is in S3: state carries nothing of it.
    const handedOn = result.history.filter((event) => event.type === 'StateExited' && event.state === 'PlanExtraction');
    expect(handedOn[0]).toMatchObject({ output: { again: true, waitSeconds: 1 } });
  });

  it('loses and doubles nothing when calls are killed, with a look-back that no call can search', async () => {
    const before = await storedIds();
    nowMs = Date.parse('2026-10-05T03:00:00Z');
    killed = [1, 3];
    const searches = pipeline.simulator.count('search');
    const { result, plan } = await fire('second');
    killed = [];
    expect(result).toMatchObject({ status: 'SUCCEEDED' });
    expect(plan).toMatchObject({ window: { to: '2026-10-05T02:00:00.000Z' }, leftOut: { stored: before.length } });
    expect(await readJson('state/watermarks/daily.json')).toMatchObject({ watermark: '2026-10-05T02:00:00.000Z' });
    // Five days, two of them twice at the most: what a call before has found is not asked for again.
    expect(pipeline.simulator.count('search') - searches).toBeLessThanOrEqual(9);

    const all = await storedIds();
    expect(new Set(all).size).toBe(all.length);
    const available = pipeline.simulator.interactionIds(120);
    expect(all.length).toBeGreaterThan(before.length);
    expect(available).toEqual(expect.arrayContaining(all));
  });
});
