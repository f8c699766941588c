import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Assembly } from '../../../emulator/engine/assembly.ts';
import type { ExecutionEvent } from '../../../emulator/engine/events.ts';
import { LocalEngine } from '../../../emulator/engine/run-execution.ts';
import { cachedAssembly } from '../../../emulator/sandbox/cached-assembly.ts';
import { TASK_NAMES } from '../../../infra/task-table.ts';
import { FIXTURE_HANDLERS } from '../../infra/template.ts';
import { startToyS3 } from './toy.ts';

let assembly: Assembly;
let s3: Awaited<ReturnType<typeof startToyS3>>;

beforeAll(async () => {
  assembly = await cachedAssembly({ handlersDir: FIXTURE_HANDLERS, settings: { concurrency: 3 } });
  s3 = await startToyS3();
});
afterAll(async () => {
  await s3.close();
});

/** The stack has a second machine, which delivers what a run leaves over. */
const extraction = () => assembly.stateMachines.find(({ arn }) => arn === assembly.outputs.StateMachineArn)?.name ?? '';

async function run(batches: number, onEvent: (event: ExecutionEvent) => void = () => {}) {
  const overridesEnv = { AWS_ENDPOINT_URL_S3: s3.url, CXONE_BASE_URL: 'http://127.0.0.1:9' };
  const engine = new LocalEngine({ assembly, overridesEnv, waitScale: 0.001 });
  try {
    const result = await engine.run({
      stateMachine: extraction(),
      input: { batches },
      name: `run-${batches}`,
      onEvent,
    });
    await engine.settle();
    return result;
  } finally {
    await engine.close();
  }
}

describe('the synthesised stack', () => {
  it('has a function with its code for each Task state', () => {
    expect(assembly.functions).toHaveLength(TASK_NAMES.length);
    for (const { codeDir } of assembly.functions) expect(existsSync(`${codeDir}/index.mjs`)).toBe(true);
    expect(Object.keys(assembly.outputs)).toEqual(
      expect.arrayContaining(['CxoneSecretArn', 'DataLakeBucketName', 'StateMachineArn', 'WebhookSecretArn']),
    );
  });

  it('runs from authentication to the recorded outcome, every batch in a child of its own', async () => {
    const entered: string[] = [];
    const result = await run(5, (event) => {
      const isOfRun = event.execution.map === undefined && event.execution.name === 'run-5';
      if (event.type === 'StateEntered' && isOfRun) entered.push(event.state);
    });
    expect(result).toMatchObject({ status: 'SUCCEEDED', output: { status: 'complete', counts: { requested: 5 } } });
    expect(entered).toEqual([
      'IsRedelivery?',
      'Authenticate',
      'IsAuthenticated?',
      'PlanExtraction',
      'IsPlanned?',
      'HasWork?',
      'ExtractBatches',
      'Reconciles?',
      'RecordOutcome',
      'AnythingUndelivered?',
      'StartDelivery',
      'IsComplete?',
      'ExtractionSucceeded',
    ]);
    expect(result.history.find((event) => event.type === 'MapRunFinished')).toMatchObject({
      counts: { total: 5, running: 0, succeeded: 5, failed: 0 },
    });
  });

  it('polls, resubmits and delivers again as the functions say', async () => {
    const perBatch = new Map<number, string[]>();
    await run(2, (event) => {
      if (event.type !== 'StateEntered' || event.execution.map === undefined) return;
      const { index } = event.execution.map;
      perBatch.set(index, [...(perBatch.get(index) ?? []), event.state]);
    });
    const count = (batch: number, state: string) => perBatch.get(batch)?.filter((each) => each === state).length;
    expect([count(0, 'SubmitTranscriptJob'), count(0, 'GetJobStatus'), count(0, 'DeliverTranscripts')]).toEqual([
      1, 2, 2,
    ]);
    expect([count(1, 'SubmitTranscriptJob'), count(1, 'WaitToResubmit')]).toEqual([2, 1]);
  });

  it('goes on with a delivery in another execution, which knows where it began', async () => {
    const arn = assembly.outputs.DeliveryStateMachineArn;
    const stateMachine = assembly.stateMachines.find((machine) => machine.arn === arn)?.name ?? '';
    const entered: string[] = [];
    const engine = new LocalEngine({ assembly, waitScale: 0.001 });
    const result = await engine.run({
      stateMachine,
      input: { redeliverRun: 'run', only: 'all' },
      name: 'r1',
      onEvent: (event) => {
        if (event.type === 'StateEntered') entered.push(event.state);
      },
    });
    const [next] = await engine.settle();
    await engine.close();
    expect([result.status, next?.status]).toEqual(['SUCCEEDED', 'SUCCEEDED']);
    expect(entered.filter((state) => /^(Wait|Continue|Delivery|Park)/.test(state))).toEqual([
      'WaitToContinue',
      'ContinueDelivery',
      'DeliveryContinues',
      'WaitToDeliver',
      'ParkDeliveries',
      'DeliveryClosed',
    ]);
  });

  it('goes straight to the outcome where there is nothing to do', async () => {
    const result = await run(0);
    expect(result.status).toBe('SUCCEEDED');
    expect(result.history.some((event) => event.type === 'MapRunStarted')).toBe(false);
  });

  it('serves several executions at once from the same processes', async () => {
    const engine = new LocalEngine({ assembly, overridesEnv: { AWS_ENDPOINT_URL_S3: s3.url }, waitScale: 0.001 });
    const names = ['a', 'b', 'c'];
    const results = await Promise.all(
      names.map((name) => engine.run({ name, stateMachine: extraction(), input: { batches: 3 } })),
    );
    await engine.close();
    expect(results.map(({ name, status }) => `${name} ${status}`)).toEqual(names.map((name) => `${name} SUCCEEDED`));
  });
});
