/** Every outcome of an interaction, told apart in manifest and audit, which agree with each other and with the plan. */
import { afterAll, describe, expect, it } from 'vitest';
import { renderStatus } from '../../cli/commands/status.ts';
import { openLake } from '../../cli/lake/open-lake.ts';
import { readRunStatus } from '../../cli/lake/run-status.ts';
import { verifyLake } from '../../cli/lake/verification/verify-lake.ts';
import type { ExecutionResult } from '../../emulator/engine/run-execution.ts';
import type { Fault } from '../../emulator/stand-ins/cxone/faults.ts';
import { readBody, sendJson, startServer } from '../../emulator/stand-ins/start-server.ts';
import { Manifest, OutcomeCounts, Plan, UnfinishedLine } from '../../lambdas/shared/runs/run-records.ts';
import { TranscriptRow } from '../../lambdas/shared/storage/records.ts';
import { usePipeline } from './world/pipeline.ts';

const DAY = { from: '2026-10-01T00:00:00Z', to: '2026-10-02T00:00:00Z' };
/** The vendor's clock: all transcripts of the day are there. The functions' own clock is later. */
let nowMs = Date.parse('2026-10-02T03:00:00Z');

/** Detects nothing, and refuses texts that hold one of these: their transcripts cannot be masked for certain. */
let refused: readonly string[] = [];
const detector = await startServer(async (request, response) => {
  const { Text } = JSON.parse((await readBody(request)).toString('utf8')) as { Text: string };
  const isRefused = refused.some((value) => Text.includes(value));
  if (isRefused) sendJson(response, 400, { __type: 'InvalidRequestException', message: 'no' });
  else sendJson(response, 200, { Entities: [] });
});
afterAll(() => detector.close());

const pipeline = usePipeline(
  {
    settings: {
      watermarkStart: DAY.from,
      batchSize: 4,
      maxAttempts: 3,
      toleratedFailurePercentage: 100,
      masking: { comprehend: true },
    },
    vendor: {
      simulator: {
        interactions: { count: 20, ...DAY },
        availableAfterSeconds: 600,
        lateShare: 0,
        jobLatency: { polls: 0 },
        now: () => nowMs,
      },
    },
  },
  { overridesEnv: { AWS_ENDPOINT_URL_COMPREHEND: detector.url } },
);

const readOne = async (key: string): Promise<unknown> => (await pipeline.lines(key))[0];
const manifestOf = async (runId: string) => Manifest.parse(await readOne(`runs/${runId}/manifest.json`));
const planOf = async (runId: string) => Plan.parse(await readOne(`runs/${runId}/plan.json`));
const statusOf = async (runId: string) => {
  const lake = await openLake(pipeline.out);
  return readRunStatus(lake, runId).finally(() => lake.close());
};
const unfinishedOf = async (runId: string) =>
  (await pipeline.lines(`runs/${runId}/unfinished.jsonl`)).map((line) => UnfinishedLine.parse(line));

/** The interactions by outcome, after a check that audit, manifest and plan say the same. */
async function outcomesOf(runId: string): Promise<Partial<Record<string, string[]>>> {
  const { counts, planned } = await manifestOf(runId);
  const lines = await pipeline.audit(runId);
  const outcomes = Object.groupBy(lines, ({ outcome }) => outcome);
  const audited = Object.keys(OutcomeCounts.shape).map((name) => [
    name,
    outcomes[name as keyof OutcomeCounts]?.length ?? 0,
  ]);
  expect(Object.fromEntries(audited)).toEqual(counts);
  expect(new Set(lines.map(({ interactionId }) => interactionId)).size).toBe(planned);
  expect((await planOf(runId)).requested).toBe(planned);
  return Object.fromEntries(
    Object.entries(outcomes).map(([name, of]) => [name, of.map(({ interactionId }) => interactionId).sort()]),
  );
}

/** All rows of the lake. */
async function storedRows(): Promise<TranscriptRow[]> {
  const parts = await Promise.all((await pipeline.keys('transcripts/')).map(pipeline.lines));
  return parts.flat().map((row) => TranscriptRow.parse(row));
}

const idsOf = (rows: readonly TranscriptRow[]) => rows.map(({ interactionId }) => interactionId).sort();

async function expectNothingWrong(): Promise<void> {
  const lake = await openLake(pipeline.out);
  const { problems, repeated, openRuns } = await verifyLake(lake);
  await lake.close();
  expect({ problems, repeated, openRuns }).toEqual({ problems: [], repeated: 0, openRuns: [] });
}

/** Starts a run, and goes on when it is waiting for its job. */
async function startWaitingRun(input: unknown, name: string): Promise<{ end: Promise<ExecutionResult> }> {
  const { promise: isWaiting, resolve } = Promise.withResolvers<void>();
  const end = pipeline.run(input, {
    name,
    onEvent: (event) => {
      if (event.type === 'StateEntered' && event.state === 'WaitForJob') resolve();
    },
  });
  await Promise.race([isWaiting, end]);
  return { end };
}

const always = (on: Fault['on'], interactionId: string, effect: object): Fault =>
  ({ on, match: { interactionId }, times: 'always', do: effect }) as Fault;

/** By what happens to them, once the pipeline runs. */
function interactions() {
  const ids = pipeline.simulator.interactionIds(20);
  const of = (position: number) => ids[position] as string;
  const failedJob = [of(4), of(5)];
  const sound = [of(3), of(7), of(9)];
  return {
    ids,
    before: [of(0), of(1)],
    unreadable: of(2),
    failedJob,
    unmaskable: of(6),
    taken: of(8),
    absent: of(10),
    early: of(19),
    unknown: 'int-nobody',
    sound,
  };
}

describe('a run by hand', () => {
  /** What the vendor's search says of it, as long as the fault is there. */
  const comesLater = (interactionId: string) =>
    always('search', interactionId, { availableAt: '2126-10-01T00:00:00Z' });

  it('tells all outcomes apart', async () => {
    const { before, unreadable, failedJob, unmaskable, taken, absent, early, unknown, sound } = interactions();
    expect(await pipeline.run({ interactionIds: before }, { name: 'before' })).toMatchObject({ status: 'SUCCEEDED' });

    refused = pipeline.simulator.plantedValues(unmaskable).flatMap(({ leaks }) => leaks);
    pipeline.simulator.setFaults([
      comesLater(early),
      always('poll', taken, { jobStatus: 'running' }),
      always('poll', failedJob[0] as string, { jobStatus: 'failed' }),
      always('download', unreadable, { badItem: 'shape' }),
      always('download', absent, { dropItem: true }),
    ]);
    const other = await startWaitingRun({ interactionIds: [taken] }, 'other');
    // Batches of two, each at fault together with a sound one, but for the job that fails; the others need no batch.
    const inBatches = [unreadable, sound[0], ...failedJob, unmaskable, sound[1], absent, sound[2]];
    const result = await pipeline.run(
      { interactionIds: [...before, ...inBatches, unknown, early, taken], skipStored: true, batchSize: 2 },
      { name: 'all-outcomes' },
    );
    pipeline.simulator.setFaults([]);
    refused = [];
    expect(await other.end).toMatchObject({ status: 'SUCCEEDED', output: { counts: { stored: 1 } } });

    expect(result).toMatchObject({ status: 'FAILED', error: 'ExtractionIncomplete' });
    expect(await outcomesOf('all-outcomes')).toEqual({
      stored: sound,
      missing: [unknown, absent].sort(),
      failed: [unreadable, ...failedJob],
      quarantined: [unmaskable],
      notReady: [taken, early],
      duplicate: before,
    });
    const errors = (await pipeline.audit('all-outcomes')).flatMap(({ interactionId, error }) =>
      error === undefined ? [] : [[interactionId, error]],
    );
    expect(Object.fromEntries(errors)).toEqual({
      [unreadable]: 'ContractViolation',
      [failedJob[0] as string]: 'TranscriptJobFailed',
      [failedJob[1] as string]: 'TranscriptJobFailed',
      [unmaskable]: 'PiiMaskingFailed',
      [taken]: 'TakenByOtherRun',
    });
    expect(idsOf(await pipeline.rows('all-outcomes'))).toEqual(sound);
    await expectNothingWrong();
  });

  it('leaves to a retry just what is not stored, and what is not ready to a later one', async () => {
    const { unreadable, failedJob, unmaskable, early } = interactions();
    pipeline.simulator.setFaults([comesLater(early)]);
    const submits = pipeline.simulator.count('submit');
    const result = await pipeline.run({ retryRun: 'all-outcomes' }, { name: 'retry' });
    expect(result).toMatchObject({ status: 'FAILED', error: 'ExtractionIncomplete' });
    expect(await outcomesOf('retry')).toEqual({
      stored: [unreadable, ...failedJob, unmaskable],
      notReady: [early],
    });
    // The other run has stored it meanwhile.
    expect((await planOf('retry')).leftOut.stored).toBe(1);
    // One for each: what has failed before goes into batches of its own.
    expect(pipeline.simulator.count('submit') - submits).toBe(4);
    expect(await unfinishedOf('retry')).toEqual([
      expect.objectContaining({ interactionId: early, outcome: 'notReady', attempts: 2 }),
    ]);

    pipeline.simulator.setFaults([]);
    expect(await statusOf('all-outcomes')).toMatchObject({
      state: 'incomplete',
      takenOverBy: { runId: 'retry', state: 'incomplete' },
    });
    expect(await pipeline.run({ retryRun: 'retry' }, { name: 'later' })).toMatchObject({ status: 'SUCCEEDED' });
    expect(await statusOf('retry')).toMatchObject({ takenOverBy: { runId: 'later', state: 'complete', stored: 1 } });
    expect(renderStatus(await statusOf('retry'))).toContain('taken over by later, which is complete: 1 stored.\n');
    expect(await outcomesOf('later')).toEqual({ stored: [early] });
    await expectNothingWrong();
  });
});

describe('a schedule', () => {
  it('asks again for what the vendor lists without a transcript, a limited number of times', async () => {
    const { ids, absent } = interactions();
    const before = new Set(idsOf(await storedRows()));
    const open = ids.filter((id) => !before.has(id) && id !== absent);
    expect(open.length).toBeGreaterThan(0);
    pipeline.simulator.setFaults([always('download', absent, { dropItem: true })]);
    const fire = async (day: number) => {
      nowMs = Date.parse(`2026-10-0${day}T03:00:00Z`);
      const name = `day-${day}`;
      const time = new Date(nowMs).toISOString();
      expect(await pipeline.run({ schedule: { name: 'daily', time } }, { name })).toMatchObject({
        status: 'SUCCEEDED',
      });
      return outcomesOf(name);
    };

    expect(await fire(2)).toEqual({ stored: open, notReady: [absent] });
    expect(await unfinishedOf('day-2')).toEqual([
      expect.objectContaining({ interactionId: absent, outcome: 'notReady', attempts: 1 }),
    ]);
    expect(await fire(3)).toEqual({ notReady: [absent] });
    expect(await fire(4)).toEqual({ missing: [absent] });
    expect(await unfinishedOf('day-4')).toEqual([
      expect.objectContaining({ interactionId: absent, attempts: 3, givenUpAt: expect.any(String) }),
    ]);
    const submits = pipeline.simulator.count('submit');
    expect(await fire(5)).toEqual({});
    expect(pipeline.simulator.count('submit')).toBe(submits);
    const { leftOut, window } = await planOf('day-5');
    const stillSearched = (await storedRows()).filter(({ timestamp }) => timestamp >= (window?.from ?? ''));
    expect(leftOut).toEqual({ stored: stillSearched.length, givenUp: 1, erased: 0, taken: 0 });
    await expectNothingWrong();
  });

  it('leaves what it gave up to a retry by hand', async () => {
    const { ids, absent } = interactions();
    pipeline.simulator.setFaults([]);
    expect(await pipeline.run({ retryRun: 'day-4' }, { name: 'by-hand' })).toMatchObject({ status: 'SUCCEEDED' });
    expect(await outcomesOf('by-hand')).toEqual({ stored: [absent] });
    expect(idsOf(await storedRows())).toEqual(ids);
    await expectNothingWrong();
  });
});
