import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import {
  Chain,
  Choice,
  Condition,
  DefinitionBody,
  type IChainable,
  IntegrationPattern,
  JsonPath,
  LogLevel,
  Pass,
  StateMachine,
  Succeed,
  TaskInput,
  Timeout,
  Wait,
  WaitTime,
} from 'aws-cdk-lib/aws-stepfunctions';
import { StepFunctionsStartExecution } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { TaskName } from '../task-table.ts';
import { lambdaTask } from './lambda-task.ts';
import { START_EXECUTION_RETRIES, STORAGE_TASK_RETRIES, VENDOR_TASK_RETRIES } from './retry-policies.ts';
import type { TaskFunction } from './task-function.ts';

const START_TIMEOUT = Duration.seconds(60);

export interface DeliveryStateMachineProps {
  name: string;
  functions: Readonly<Record<TaskName, TaskFunction>>;
  logGroup: LogGroup;
  /** How long an endpoint may take nothing before what is pending is parked. */
  giveUpSeconds: number;
}

/** `TranscriptDelivery`: the long tail of a webhook outage, and every redelivery. Input `{runId}` or `{redeliverRun}`. */
export class DeliveryStateMachine extends Construct {
  readonly stateMachine: StateMachine;

  constructor(scope: Construct, id: string, props: DeliveryStateMachineProps) {
    super(scope, id);
    this.stateMachine = new StateMachine(this, 'TranscriptDelivery', {
      stateMachineName: props.name,
      comment: 'Delivers what a run has left to deliver, for days if need be, and parks the rest',
      definitionBody: DefinitionBody.fromChainable(this.#run(props)),
      // The function itself gives up in time; this is for one that no longer runs at all.
      timeout: Duration.seconds(props.giveUpSeconds).plus(Duration.days(2)),
      tracingEnabled: true,
      logs: { destination: props.logGroup, level: LogLevel.ALL, includeExecutionData: false },
    });
  }

  #run(props: DeliveryStateMachineProps): IChainable {
    const { functions } = props;
    const delivery = {
      name: JsonPath.executionName,
      startedAt: JsonPath.executionStartTime,
      input: JsonPath.objectAt('$$.Execution.Input'),
    };
    const begin = new Pass(this, 'BeginDelivery', {
      parameters: { attempt: 0, failures: 0, progressAt: JsonPath.executionStartTime },
    });
    const deliver = lambdaTask(this, 'DeliverTranscripts', {
      task: functions.DeliverTranscripts,
      retries: VENDOR_TASK_RETRIES,
      payload: {
        delivery,
        attempt: JsonPath.numberAt('$.attempt'),
        failures: JsonPath.numberAt('$.failures'),
        progressAt: JsonPath.stringAt('$.progressAt'),
      },
    });
    const park = lambdaTask(this, 'ParkDeliveries', {
      task: functions.ParkDeliveries,
      retries: STORAGE_TASK_RETRIES,
      payload: { delivery },
    });
    const wait = new Wait(this, 'WaitToDeliver', { time: WaitTime.secondsPath('$.waitSeconds') });
    const allDelivered = new Choice(this, 'AllDelivered?')
      .when(Condition.isPresent('$.continueAs'), this.#continue(props))
      .when(Condition.booleanEquals('$.again', true), wait.next(deliver))
      .otherwise(park.next(new Succeed(this, 'DeliveryClosed')));
    return Chain.start(begin).next(deliver).next(allDelivered);
  }

  /** Hands over to a new execution: what makes progress goes on, and no execution may have more than 25,000 events. */
  #continue({ name }: DeliveryStateMachineProps): IChainable {
    const wait = new Wait(this, 'WaitToContinue', { time: WaitTime.secondsPath('$.waitSeconds') });
    const start = new StepFunctionsStartExecution(this, 'ContinueDelivery', {
      // By its name: a machine cannot refer to itself.
      stateMachine: StateMachine.fromStateMachineName(this, 'Self', name),
      integrationPattern: IntegrationPattern.REQUEST_RESPONSE,
      input: TaskInput.fromJsonPathAt('$.continueAs'),
      resultPath: JsonPath.DISCARD,
      taskTimeout: Timeout.duration(START_TIMEOUT),
    });
    for (const retry of START_EXECUTION_RETRIES) start.addRetry(retry);
    return wait.next(start).next(new Succeed(this, 'DeliveryContinues'));
  }
}
