import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { LAMBDA_CRASH_ERRORS, LAMBDA_SERVICE_ERRORS } from '../../infra/constructs/retry-policies.ts';
import { handlerFolder, TASK_NAMES } from '../../infra/task-table.ts';
import { MACHINE_ERRORS, PERMANENT_ERRORS, TRANSIENT_ERRORS } from '../../lambdas/shared/errors.ts';
import type { JsonObject } from '../../local/engine/json.ts';
import { FIXTURE_HANDLERS, statesOf, synthesiseTemplate } from './template.ts';

const { definition, ofType } = synthesiseTemplate();
const states = statesOf(definition);
const ofKind = (type: string) => [...states].filter(([, state]) => state.Type === type);
const tasks = ofKind('Task');

/** Errors that Step Functions itself raises for a Map, and nobody else. */
const MAP_ERRORS = [
  'States.ExceedToleratedFailureThreshold',
  'States.ItemReaderFailed',
  'States.ResultWriterFailed',
  'States.Timeout',
];

interface Retrier {
  ErrorEquals: string[];
  IntervalSeconds: number;
  MaxAttempts: number;
  BackoffRate: number;
  MaxDelaySeconds: number;
  JitterStrategy: string;
}

describe('state machine', () => {
  it('has a Task for each row of the table, and a folder with the same name', () => {
    expect(tasks.map(([name]) => name).sort()).toEqual([...TASK_NAMES].sort());
    expect(readdirSync(FIXTURE_HANDLERS).sort()).toEqual(TASK_NAMES.map(handlerFolder).sort());
  });

  it('has no handler folder without a row, and no row without a handler', () => {
    const lambdas = fileURLToPath(new URL('../../lambdas', import.meta.url));
    const folders = readdirSync(lambdas).filter((folder) => existsSync(`${lambdas}/${folder}/handler.ts`));
    expect(folders.sort()).toEqual(TASK_NAMES.map(handlerFolder).sort());
  });

  it('is written in JSONPath, which both engines know', () => {
    expect(JSON.stringify(definition)).not.toContain('QueryLanguage');
  });

  it.each(tasks)('%s retries named errors only, with full jitter and a cap', (_name, task) => {
    const known = new Set<string>([...TRANSIENT_ERRORS, ...LAMBDA_SERVICE_ERRORS, ...LAMBDA_CRASH_ERRORS]);
    const retriers = task.Retry as unknown as Retrier[];
    expect(retriers.length).toBeGreaterThan(0);
    for (const retrier of retriers) {
      expect(retrier).toMatchObject({ JitterStrategy: 'FULL', BackoffRate: 2 });
      expect(retrier.MaxDelaySeconds).toBeGreaterThanOrEqual(retrier.IntervalSeconds);
      expect(retrier.MaxAttempts).toBeGreaterThan(0);
      expect(retrier.ErrorEquals.filter((error) => !known.has(error))).toEqual([]);
    }
    const named = retriers.flatMap((retrier) => retrier.ErrorEquals);
    expect(new Set(named).size).toBe(named.length);
  });

  it.each(tasks)('%s retries a throttled, a crashed and a timed-out function', (_name, task) => {
    const named = (task.Retry as unknown as Retrier[]).flatMap((retrier) => retrier.ErrorEquals);
    for (const error of [...LAMBDA_SERVICE_ERRORS, ...LAMBDA_CRASH_ERRORS]) expect(named).toContain(error);
    for (const error of PERMANENT_ERRORS) expect(named).not.toContain(error);
  });

  it.each(tasks)('%s waits longer than its function may run', (name, task) => {
    const lambda = ofType('AWS::Lambda::Function').find(([id]) => id.startsWith(`${name}Function`));
    expect(task.TimeoutSeconds).toBeGreaterThan(Number(lambda?.[1].Properties.Timeout));
  });

  it('never catches or retries everything', () => {
    expect(JSON.stringify(definition)).not.toMatch(/States\.(ALL|TaskFailed)/);
  });

  it('catches what a Map raises as a whole', () => {
    const [, map] = ofKind('Map')[0] ?? [];
    const catchers = map?.Catch as unknown as { ErrorEquals: string[] }[];
    expect(catchers.flatMap((catcher) => catcher.ErrorEquals)).toEqual(MAP_ERRORS);
  });

  it('fails only with names of its own', () => {
    const errors = ofKind('Fail').map(([, state]) => state.Error);
    expect(errors.sort()).toEqual([...MACHINE_ERRORS].sort());
  });

  it('moves no secret, URL or text through its state', () => {
    const paths = [...JSON.stringify(definition).matchAll(/\$\.[\w.]+/g)].map(([path]) => path);
    expect(paths.length).toBeGreaterThan(10);
    for (const path of paths)
      expect(path).not.toMatch(/token|secret|password|credential|url|transcript|authorization/i);
  });

  it('reads batches as a stream, a child each, and writes their results next to the run', () => {
    const map = states.get('ExtractBatches') as JsonObject;
    expect(map).toMatchObject({
      MaxConcurrencyPath: '$.concurrency',
      ToleratedFailurePercentage: 10,
      ItemReader: { ReaderConfig: { InputType: 'JSONL' }, Parameters: { 'Key.$': '$.batchesKey' } },
      ResultWriter: { Parameters: { 'Prefix.$': "States.Format('runs/{}/map', $.runId)" } },
      ItemProcessor: { ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' } },
    });
  });

  it('logs every transition and no data', () => {
    const [, machine] = ofType('AWS::StepFunctions::StateMachine')[0] ?? [];
    expect(machine?.Properties).toMatchObject({
      LoggingConfiguration: { Level: 'ALL', IncludeExecutionData: false },
      TracingConfiguration: { Enabled: true },
    });
  });
});
