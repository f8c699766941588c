import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import {
  Choice,
  Condition,
  DefinitionBody,
  DistributedMap,
  type IChainable,
  IntegrationPattern,
  type IStateMachine,
  JsonPath,
  LogLevel,
  Pass,
  ResultWriterV2,
  type RetryProps,
  S3JsonLItemReader,
  StateMachine,
  Succeed,
  TaskInput,
  Timeout,
  Wait,
  WaitTime,
} from 'aws-cdk-lib/aws-stepfunctions';
import { type LambdaInvoke, StepFunctionsStartExecution } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { RUN_STOPPED } from '../../lambdas/shared/contracts/errors.ts';
import type { TaskName } from '../task-table.ts';
import { batchStates } from './batch-states.ts';
import { failState } from './fail-state.ts';
import { lambdaTask } from './lambda-task.ts';
import {
  EXECUTION_EXISTS,
  FUNCTION_ERRORS,
  START_EXECUTION_RETRIES,
  STORAGE_TASK_RETRIES,
  VENDOR_TASK_RETRIES,
} from './retry-policies.ts';
import type { TaskFunction } from './task-function.ts';

export interface ExtractionStateMachineProps {
  name: string;
  functions: Readonly<Record<TaskName, TaskFunction>>;
  /** The state machine that delivers what a run has left to deliver. */
  delivery: IStateMachine;
  bucket: IBucket;
  logGroup: LogGroup;
}

/** Errors of the Distributed Map as a whole. What it finished until then still counts and is recorded. */
const MAP_ERRORS = [RUN_STOPPED, 'States.ItemReaderFailed', 'States.ResultWriterFailed', 'States.Timeout'];

/** StartExecution answers within milliseconds. */
const START_TIMEOUT = Duration.seconds(60);

/** Sources of an execution input besides `redeliverRun`. */
const EXTRACTION_SOURCES = ['interactionIds', 'interactionIdsFrom', 'window', 'schedule', 'retryRun'];

/** CDK grants the whole bucket to the state machine; the stack grants the exact keys instead. */
class GrantedElsewhereReader extends S3JsonLItemReader {
  override providePolicyStatements() {
    return [];
  }
}
class GrantedElsewhereWriter extends ResultWriterV2 {
  override providePolicyStatements() {
    return [];
  }
}

/** `TranscriptExtraction`: from an execution input to masked transcripts in the bucket and at the webhook. */
export class ExtractionStateMachine extends Construct {
  readonly stateMachine: StateMachine;
  readonly #props: ExtractionStateMachineProps;

  constructor(scope: Construct, id: string, props: ExtractionStateMachineProps) {
    super(scope, id);
    this.#props = props;
    this.stateMachine = new StateMachine(this, 'TranscriptExtraction', {
      stateMachineName: props.name,
      comment: 'Extracts CXone transcripts in batches, masks personal data, stores and delivers them',
      definitionBody: DefinitionBody.fromChainable(this.#run()),
      // Above any run that makes progress: a million interactions take about two days.
      timeout: Duration.days(7),
      tracingEnabled: true,
      logs: { destination: props.logGroup, level: LogLevel.ALL, includeExecutionData: false },
    });
  }

  /** The parent execution. */
  #run(): IChainable {
    const recordOutcome = this.#task('RecordOutcome', STORAGE_TASK_RETRIES);
    const reconciliation = this.#reconcile(recordOutcome);
    const extraction = this.#extractBatches(reconciliation, recordOutcome);
    // Last, and only where there is something to erase: whatever becomes of it, the run is recorded and its delivery begun.
    const eraseReplaced = this.#task(
      'EraseReplaced',
      STORAGE_TASK_RETRIES,
      { runId: JsonPath.stringAt('$.runId') },
      '$.replaced',
    );
    const isComplete = new Choice(this, 'IsComplete?');
    isComplete
      .when(Condition.numberGreaterThan('$.replaced.pending', 0), eraseReplaced)
      .when(Condition.isPresent('$.next.runId'), this.#startNextRun(isComplete))
      .when(Condition.stringEquals('$.status', 'complete'), new Succeed(this, 'ExtractionSucceeded'))
      .otherwise(
        // The errors of its batches, with counts: an operator who sees a red run is to see why.
        failState(this, 'ExtractionIncomplete', { causePath: JsonPath.stringAt('$.cause') }),
      );
    eraseReplaced.next(isComplete);
    const startDelivery = this.#startDelivery(
      'StartDelivery',
      TaskInput.fromObject({ runId: JsonPath.stringAt('$.runId') }),
      JsonPath.DISCARD,
    );
    const anythingUndelivered = new Choice(this, 'AnythingUndelivered?')
      .when(Condition.numberGreaterThan('$.undelivered', 0), startDelivery.next(isComplete))
      .otherwise(isComplete);
    recordOutcome.next(anythingUndelivered);

    const authenticate = this.#task('Authenticate', VENDOR_TASK_RETRIES, {
      runId: JsonPath.executionName,
      startedAt: JsonPath.executionStartTime,
      input: JsonPath.objectAt('$$.Execution.Input'),
    });
    const plan = this.#task('PlanExtraction', VENDOR_TASK_RETRIES, {
      runId: JsonPath.executionName,
      startedAt: JsonPath.executionStartTime,
      input: JsonPath.objectAt('$$.Execution.Input'),
    });
    const hasWork = new Choice(this, 'HasWork?')
      .when(Condition.numberGreaterThan('$.batchCount', 0), extraction)
      .otherwise(reconciliation);
    const waitToAuthenticate = new Wait(this, 'WaitToAuthenticate', { time: WaitTime.secondsPath('$.waitSeconds') });
    const isAuthenticated = new Choice(this, 'IsAuthenticated?')
      .when(Condition.booleanEquals('$.again', true), waitToAuthenticate.next(authenticate))
      .otherwise(plan);
    authenticate.next(isAuthenticated);
    // A slow vendor, or a large window, takes several calls: each goes on with what the ones before have left in S3.
    const waitToPlan = new Wait(this, 'WaitToPlan', { time: WaitTime.secondsPath('$.waitSeconds') });
    const isPlanned = new Choice(this, 'IsPlanned?')
      .when(Condition.booleanEquals('$.again', true), waitToPlan.next(plan))
      .otherwise(hasWork);
    plan.next(isPlanned);
    return this.#isRedelivery(authenticate);
  }

  /** `redeliverRun` extracts nothing: the other state machine takes over. Together with a source it is refused below. */
  #isRedelivery(authenticate: IChainable): IChainable {
    // Not `IsPresent: false`, which the engine on this machine takes for never.
    const others = EXTRACTION_SOURCES.map((source) => Condition.not(Condition.isPresent(`$.${source}`)));
    const redeliver = this.#startDelivery('StartRedelivery', TaskInput.fromJsonPathAt('$'), '$.delivery');
    return new Choice(this, 'IsRedelivery?')
      .when(
        Condition.and(Condition.isPresent('$.redeliverRun'), ...others),
        redeliver.next(new Succeed(this, 'RedeliveryStarted')),
      )
      .otherwise(authenticate);
  }

  /** What a schedule has stored is held against what CXone says it has; whatever becomes of that, the run is recorded. */
  #reconcile(recordOutcome: IChainable): IChainable {
    const reconcile = this.#task('ReconcileContacts', STORAGE_TASK_RETRIES, undefined, '$.reconciliation');
    const waitToReconcile = new Wait(this, 'WaitToReconcile', {
      time: WaitTime.secondsPath('$.reconciliation.waitSeconds'),
    });
    const isReconciled = new Choice(this, 'IsReconciled?')
      .when(Condition.booleanEquals('$.reconciliation.again', true), waitToReconcile.next(reconcile))
      .otherwise(recordOutcome);
    reconcile.addCatch(recordOutcome, { errors: [...FUNCTION_ERRORS], resultPath: '$.reconciliationError' });
    reconcile.next(isReconciled);
    return new Choice(this, 'Reconciles?')
      .when(Condition.booleanEquals('$.reconciles', true), reconcile)
      .otherwise(recordOutcome);
  }

  /** One child execution per batch. */
  #extractBatches(reconciliation: IChainable, recordOutcome: IChainable): IChainable {
    const map = new DistributedMap(this, 'ExtractBatches', {
      label: 'ExtractBatches',
      itemReader: new GrantedElsewhereReader({
        bucketNamePath: JsonPath.stringAt('$.bucket'),
        key: JsonPath.stringAt('$.batchesKey'),
      }),
      itemSelector: {
        runId: JsonPath.stringAt('$.runId'),
        startedAt: JsonPath.stringAt('$.startedAt'),
        options: JsonPath.objectAt('$.options'),
        polling: JsonPath.objectAt('$.polling'),
        priority: JsonPath.stringAt('$.priority'),
        batch: JsonPath.objectAt('$$.Map.Item.Value'),
        job: { submissions: 0 },
        delivery: { attempt: 0 },
      },
      maxConcurrencyPath: JsonPath.stringAt('$.concurrency'),
      // A count alone: of two limits the stricter one counts.
      toleratedFailureCountPath: JsonPath.stringAt('$.toleratedFailures'),
      resultWriterV2: new GrantedElsewhereWriter({
        bucket: this.#props.bucket,
        prefix: JsonPath.format('runs/{}/map', JsonPath.stringAt('$.runId')),
      }),
      resultPath: '$.map',
    });
    map.itemProcessor(batchStates(this, this.#props.functions));
    // The outcome is recorded either way; a caught error goes on as its name alone.
    const mapStopped = new Pass(this, 'NoteWhyMapStopped', { inputPath: '$.mapError.Error', resultPath: '$.mapError' });
    map.addCatch(mapStopped.next(recordOutcome), { errors: MAP_ERRORS, resultPath: '$.mapError' });
    return map.next(reconciliation);
  }

  /** A Task state: without a payload its function gets the whole state. */
  #task(
    name: TaskName,
    retries: readonly RetryProps[],
    payload?: Record<string, unknown>,
    resultPath?: string,
  ): LambdaInvoke {
    return lambdaTask(this, name, { task: this.#props.functions[name], retries, payload, resultPath });
  }

  /** Starts `TranscriptDelivery` and does not wait for it. */
  #startDelivery(name: string, input: TaskInput, resultPath: string): StepFunctionsStartExecution {
    const start = new StepFunctionsStartExecution(this, name, {
      stateMachine: this.#props.delivery,
      integrationPattern: IntegrationPattern.REQUEST_RESPONSE,
      input,
      resultPath,
      taskTimeout: Timeout.duration(START_TIMEOUT),
    });
    for (const retry of START_EXECUTION_RETRIES) start.addRetry(retry);
    return start;
  }

  /**
   * Starts this state machine once more, for the rest of a window. The run's name is derived from that of the first one: a
   * start that is repeated finds it, and changes nothing.
   */
  #startNextRun(isComplete: Choice): IChainable {
    const start = new StepFunctionsStartExecution(this, 'StartNextRun', {
      // By its name: a machine cannot refer to itself.
      stateMachine: StateMachine.fromStateMachineName(this, 'Self', this.#props.name),
      integrationPattern: IntegrationPattern.REQUEST_RESPONSE,
      name: JsonPath.stringAt('$.next.runId'),
      input: TaskInput.fromJsonPathAt('$.next.input'),
      // In the place of what was to be started, so that it is not started again.
      resultSelector: { isStarted: true },
      resultPath: '$.next',
      taskTimeout: Timeout.duration(START_TIMEOUT),
    });
    for (const retry of START_EXECUTION_RETRIES) start.addRetry(retry);
    start.addCatch(isComplete, { errors: [...EXECUTION_EXISTS], resultPath: '$.next' });
    return start.next(isComplete);
  }
}
