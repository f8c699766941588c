import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../emulator/engine/json.ts';
import {
  LAMBDA_CRASH_ERRORS,
  LAMBDA_SERVICE_ERRORS,
  START_EXECUTION_ERRORS,
} from '../../infra/constructs/retry-policies.ts';
import { handlerFolder, TASK_NAMES } from '../../infra/task-table.ts';
import { MACHINE_ERRORS, PERMANENT_ERRORS, TRANSIENT_ERRORS } from '../../lambdas/shared/contracts/errors.ts';
import { SOURCES } from '../../lambdas/shared/runs/run-records.ts';
import { FIXTURE_HANDLERS, statesOf, synthesiseTemplate } from './template.ts';

const { definition, delivery, ofType } = synthesiseTemplate();
const states = statesOf(definition);
const deliveryStates = statesOf(delivery);
const ofKind = (type: string) => [...states, ...deliveryStates].filter(([, state]) => state.Type === type);
const isStart = (state: JsonObject) => String(state.Resource).endsWith(':states:::states:startExecution');
const starts = ofKind('Task').filter(([, state]) => isStart(state));
const tasks = ofKind('Task').filter(([, state]) => !isStart(state));

/** Errors that Step Functions itself raises for a Map, and no handler does. */
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

describe('state machines', () => {
  it('has a Task for each row of the table, and a folder with the same name', () => {
    expect([...new Set(tasks.map(([name]) => name))].sort()).toEqual([...TASK_NAMES].sort());
    expect(readdirSync(FIXTURE_HANDLERS).sort()).toEqual(TASK_NAMES.map(handlerFolder).sort());
  });

  it('has no handler folder without a row, and no row without a handler', () => {
    const lambdas = fileURLToPath(new URL('../../lambdas', import.meta.url));
    const folders = readdirSync(lambdas).filter((folder) => existsSync(`${lambdas}/${folder}/handler.ts`));
    expect(folders.sort()).toEqual(TASK_NAMES.map(handlerFolder).sort());
  });

  it('is written in JSONPath, which both engines know', () => {
    expect(JSON.stringify([definition, delivery])).not.toContain('QueryLanguage');
  });

  it.each([...tasks, ...starts])('%s retries named errors only, with full jitter and a cap', (_name, task) => {
    const known = new Set<string>([
      ...TRANSIENT_ERRORS,
      ...LAMBDA_SERVICE_ERRORS,
      ...LAMBDA_CRASH_ERRORS,
      ...START_EXECUTION_ERRORS,
    ]);
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

  it('calls versions of its functions, which stay as they are when another release is deployed', () => {
    const versions = ofType('AWS::Lambda::Version');
    const definitions = ofType('AWS::StepFunctions::StateMachine').map(([, { Properties }]) =>
      JSON.stringify(Properties.DefinitionString),
    );
    for (const [id, { DeletionPolicy, UpdateReplacePolicy }] of versions) {
      expect(definitions.join('\n')).toContain(`{"Ref":"${id}"}`);
      expect([DeletionPolicy, UpdateReplacePolicy]).toEqual(['Retain', 'Retain']);
    }
    for (const [id] of ofType('AWS::Lambda::Function')) {
      expect(definitions.join('\n')).not.toContain(`{"Fn::GetAtt":["${id}","Arn"]}`);
    }
    // Another setting of a function is another version, beside the one of before.
    const next = synthesiseTemplate({ batchSize: '50' }).ofType('AWS::Lambda::Version');
    const changed = next.map(([id]) => id).filter((id) => !versions.some(([before]) => before === id));
    expect(changed).toEqual([expect.stringMatching(/^PlanExtractionFunctionCurrentVersion/)]);
  });

  it('never catches or retries everything', () => {
    expect(JSON.stringify([definition, delivery])).not.toMatch(/States\.(ALL|TaskFailed)/);
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
    const paths = [...JSON.stringify([definition, delivery]).matchAll(/\$\.[\w.]+/g)].map(([path]) => path);
    expect(paths.length).toBeGreaterThan(10);
    for (const path of paths)
      expect(path).not.toMatch(/token|secret|password|credential|url|transcript|authorization/i);
  });

  it('reads batches as a stream, a child each, and writes their results next to the run', () => {
    const map = states.get('ExtractBatches') as JsonObject;
    expect(map).toMatchObject({
      MaxConcurrencyPath: '$.concurrency',
      ToleratedFailureCountPath: '$.toleratedFailures',
      ItemReader: { ReaderConfig: { InputType: 'JSONL' }, Parameters: { 'Key.$': '$.batchesKey' } },
      ResultWriter: { Parameters: { 'Prefix.$': "States.Format('runs/{}/map', $.runId)" } },
      ItemProcessor: { ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' } },
    });
  });

  it('stops a run by the count that was planned for it, and by nothing stricter', () => {
    const limits = Object.keys(states.get('ExtractBatches') ?? {}).filter((field) => field.startsWith('Tolerated'));
    expect(limits).toEqual(['ToleratedFailureCountPath']);
    for (const percentage of ['0', '50']) {
      const { definition: other, ofType: resources } = synthesiseTemplate({ toleratedFailurePercentage: percentage });
      expect(other).toMatchObject({ StartAt: definition.StartAt });
      const [, planner] = resources('AWS::Lambda::Function').find(([id]) => id.startsWith('PlanExtraction')) ?? [];
      expect(planner?.Properties).toMatchObject({
        Environment: { Variables: { TOLERATED_FAILURE_PERCENTAGE: percentage } },
      });
    }
  });

  it('plans until planning has come to its end, and carries nothing of it', () => {
    expect(states.get('PlanExtraction')).toMatchObject({ Next: 'IsPlanned?' });
    expect(states.get('IsPlanned?')).toMatchObject({
      Choices: [{ Variable: '$.again', BooleanEquals: true, Next: 'WaitToPlan' }],
      Default: 'HasWork?',
    });
    expect(states.get('WaitToPlan')).toMatchObject({ SecondsPath: '$.waitSeconds', Next: 'PlanExtraction' });
    const { Parameters } = states.get('PlanExtraction') as { Parameters: JsonObject };
    for (const path of Object.values(Parameters)) expect(path).toMatch(/^\$\$\.Execution\./);
  });

  it('a red run names the causes of what it lacks', () => {
    expect(states.get('ExtractionIncomplete')).toEqual({
      Type: 'Fail',
      Error: 'ExtractionIncomplete',
      CausePath: '$.cause',
    });
  });

  it('logs every transition and no data', () => {
    const machines = ofType('AWS::StepFunctions::StateMachine');
    expect(machines).toHaveLength(2);
    for (const [, { Properties }] of machines) {
      expect(Properties).toMatchObject({
        LoggingConfiguration: { Level: 'ALL', IncludeExecutionData: false },
        TracingConfiguration: { Enabled: true },
      });
    }
  });

  it('a batch that cannot be delivered is extracted all the same', () => {
    const { Catch: catchers } = states.get('DeliverTranscripts') as JsonObject;
    const [catcher] = catchers as unknown as { ErrorEquals: string[]; Next: string }[];
    expect(catcher?.Next).toBe('BatchExtracted');
    expect(catcher?.ErrorEquals).toEqual(
      expect.arrayContaining([...TRANSIENT_ERRORS, ...PERMANENT_ERRORS, ...LAMBDA_CRASH_ERRORS]),
    );
  });

  it('starts the delivery of what is left, without waiting for it, before a run may fail', () => {
    expect(starts.map(([name]) => name).sort()).toEqual([
      'ContinueDelivery',
      'StartDelivery',
      'StartNextRun',
      'StartRedelivery',
    ]);
    expect(states.get('RecordOutcome')).toMatchObject({ Next: 'AnythingUndelivered?' });
    expect(states.get('StartDelivery')).toMatchObject({
      Parameters: { Input: { 'runId.$': '$.runId' } },
      Next: 'IsComplete?',
    });
  });

  it('erases what was replaced last, again and again, and only where there is something', () => {
    const { Choices } = states.get('IsComplete?') as JsonObject;
    expect((Choices as JsonObject[])[0]).toEqual({
      Variable: '$.replaced.pending',
      NumericGreaterThan: 0,
      Next: 'EraseReplaced',
    });
    expect(states.get('EraseReplaced')).toMatchObject({ ResultPath: '$.replaced', Next: 'IsComplete?' });
  });

  it('a delivery that has had its share waits, and hands over to a new execution of itself', () => {
    const found = new Map(deliveryStates);
    const { Choices } = found.get('AllDelivered?') as JsonObject;
    expect(Choices).toMatchObject([{ Variable: '$.continueAs', IsPresent: true, Next: 'WaitToContinue' }, {}]);
    expect(found.get('WaitToContinue')).toMatchObject({ SecondsPath: '$.waitSeconds', Next: 'ContinueDelivery' });
    expect(found.get('ContinueDelivery')).toMatchObject({
      Parameters: { 'Input.$': '$.continueAs' },
      Next: 'DeliveryContinues',
    });
  });

  it('redelivers only where an input names nothing to extract', () => {
    expect(definition.StartAt).toBe('IsRedelivery?');
    const { Choices, Default } = states.get('IsRedelivery?') as JsonObject;
    const [choice] = Choices as unknown as {
      And: { Not?: { Variable: string; IsPresent: boolean } }[];
      Next: string;
    }[];
    expect(choice?.Next).toBe('StartRedelivery');
    expect(Default).toBe('Authenticate');
    const absent = choice?.And.flatMap(({ Not }) => (Not?.IsPresent ? [Not.Variable.slice(2)] : [])) ?? [];
    const sources = SOURCES.filter((source) => source !== 'redeliverRun');
    expect(absent.sort()).toEqual([...sources].sort());
  });
});
