/** One absurd row of a list that the vendor gives costs that row: never the run, never a later one. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { Fault } from '../../emulator/stand-ins/cxone/faults.ts';
import { Manifest, Plan, UnfinishedLine } from '../../lambdas/shared/runs/run-records.ts';
import { usePipeline } from './world/pipeline.ts';

const START = '2026-10-01T00:00:00Z';
const PER_DAY = 12;
const DAY_MS = 86_400_000;
/** Days of virtual time that a test takes: its interaction starts on the first, and the schedule fires on the others. */
const DAYS = 3;
let nowMs = Date.parse(START);

const pipeline = usePipeline({
  settings: { watermarkStart: START, lookBackHours: 96 },
  vendor: {
    simulator: {
      interactions: { count: 20 * PER_DAY, from: START, to: '2026-10-21T00:00:00Z' },
      availableAfterSeconds: 600,
      lateShare: 0,
      jobLatency: { polls: 0 },
      now: () => nowMs,
    },
  },
});

const readOne = async (key: string): Promise<unknown> => (await pipeline.lines(key))[0];
const manifestOf = async (runId: string) => Manifest.parse(await readOne(`runs/${runId}/manifest.json`));
const planOf = async (runId: string) => Plan.parse(await readOne(`runs/${runId}/plan.json`));
const quarantinedBy = async (runId: string) =>
  (await pipeline.lines(`runs/${runId}/unfinished.jsonl`)).map((line) => UnfinishedLine.parse(line));
const storedIds = async () => {
  const rows = (await Promise.all((await pipeline.keys('transcripts/')).map(pipeline.lines))).flat();
  return rows.map((row) => (row as { interactionId: string }).interactionId);
};

/** What the search says of an interaction. */
const said = (interactionId: string, saying: object): Fault =>
  ({ on: 'search', match: { interactionId }, times: 'always', do: saying }) as Fault;

/** The schedule fires in the night after so many days. */
async function fire(day: number) {
  nowMs = Date.parse(START) + day * DAY_MS + 3 * 3_600_000;
  const name = `day-${day}`;
  const result = await pipeline.run({ schedule: { name: 'daily', time: new Date(nowMs).toISOString() } }, { name });
  return { name, result, manifest: await manifestOf(name) };
}

/** One that no run has seen yet, in the middle of the day. */
const interactionOf = (day: number) => pipeline.simulator.interactionIds(20 * PER_DAY)[day * PER_DAY + 6] as string;

beforeEach(() => pipeline.simulator.setFaults([]));

describe('a schedule that meets an absurd row', () => {
  it.each([
    ['a start in year 0', 0, { startTime: '0000-01-01T00:00:00+12:00' }],
    ['a start in year 9999', 1, { startTime: '9999-12-31T23:59:59-12:00' }],
    ['an absurd time of availability', 2, { availableAt: '9999-12-31T23:59:59-12:00' }],
  ])('%s: quarantines it, stores the others, and has it with the next run', async (_, round, saying) => {
    const day = round * DAYS;
    const id = interactionOf(day);
    pipeline.simulator.setFaults([said(id, saying)]);
    const first = await fire(day + 1);
    expect(first.manifest.counts).toMatchObject({ quarantined: 1, failed: 0 });
    expect(first.manifest.counts.stored).toBeGreaterThan(PER_DAY / 2);
    expect(first.manifest.failures).toEqual([{ error: 'ContractViolation', interactions: 1, batches: 0 }]);
    expect(first.result).toMatchObject({ status: 'FAILED', error: 'ExtractionIncomplete' });
    expect(first.result.cause).toContain('ContractViolation (1)');
    expect(await quarantinedBy(first.name)).toEqual([
      expect.objectContaining({ interactionId: id, outcome: 'quarantined', error: 'ContractViolation' }),
    ]);
    const audit = await pipeline.audit(first.name);
    expect(audit.find(({ interactionId }) => interactionId === id)).toMatchObject({ outcome: 'quarantined' });
    expect(await readOne('state/watermarks/daily.json')).toMatchObject({ runId: first.name });

    // The row is as absurd as before; by its id it can be extracted all the same, once.
    expect(await storedIds()).not.toContain(id);
    for (const next of [day + 2, day + 3]) {
      const { result, manifest } = await fire(next);
      expect(result).toMatchObject({ status: 'SUCCEEDED' });
      expect(manifest.counts.quarantined).toBe(0);
      expect((await storedIds()).filter((stored) => stored === id)).toEqual([id]);
    }
  });

  it.each([
    ['without an id', 3, null],
    ['with an id that is none', 4, '../../etc'],
  ])('%s: counts it under a name of its own, once', async (_, round, saidId) => {
    const day = round * DAYS;
    pipeline.simulator.setFaults([said(interactionOf(day), { saidId })]);
    const first = await fire(day + 1);
    expect(first.result).toMatchObject({ status: 'FAILED', error: 'ExtractionIncomplete' });
    expect(await quarantinedBy(first.name)).toEqual([
      expect.objectContaining({
        interactionId: expect.stringMatching(/^unreadable-row:[0-9a-f]{16}$/),
        outcome: 'quarantined',
        givenUpAt: expect.any(String),
      }),
    ]);
    const next = await fire(day + 2);
    expect(next.result).toMatchObject({ status: 'SUCCEEDED' });
    expect((await planOf(next.name)).leftOut.givenUp).toBe(1);
    await fire(day + 3);
    const stored = await storedIds();
    expect(new Set(stored).size).toBe(stored.length);
  });
});

describe('ids that are named', () => {
  it('quarantines the one whose row is absurd, and takes it with a retry', async () => {
    const [id = '', ...others] = pipeline.simulator.interactionIds(4);
    nowMs = Date.parse(START) + 16 * DAY_MS;
    pipeline.simulator.setFaults([said(id, { startTime: '0000-01-01T00:00:00+12:00' })]);
    const named = await pipeline.run({ interactionIds: [id, ...others] }, { name: 'named' });
    expect(named).toMatchObject({ status: 'FAILED', error: 'ExtractionIncomplete' });
    expect((await manifestOf('named')).counts).toMatchObject({ stored: 3, quarantined: 1 });
    expect(await pipeline.run({ retryRun: 'named' }, { name: 'retried' })).toMatchObject({
      status: 'SUCCEEDED',
      output: { counts: { stored: 1 } },
    });
  });

  it('calls nobody missing when a row does not say whose it is', async () => {
    const [id = '', ...others] = pipeline.simulator.interactionIds(4);
    pipeline.simulator.setFaults([said(id, { saidId: null })]);
    const result = await pipeline.run({ interactionIds: [id, ...others] }, { name: 'nameless-row' });
    expect(result).toMatchObject({ status: 'SUCCEEDED', output: { counts: { stored: 4, missing: 0 } } });
  });
});
