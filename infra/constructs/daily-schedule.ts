import { ContextAttribute, Schedule, ScheduleExpression, ScheduleTargetInput } from 'aws-cdk-lib/aws-scheduler';
import { StepFunctionsStartExecution } from 'aws-cdk-lib/aws-scheduler-targets';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Duration, TimeZone } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { acknowledgeDeadLetterQueue } from '../acknowledgements.ts';

export interface DailyScheduleProps {
  /** Of the schedule; each has a watermark of its own under it. */
  name: string;
  stage: string;
  stateMachine: StateMachine;
  /** EventBridge Scheduler expression, read in `timeZone`. */
  expression: string;
  timeZone: string;
  enabled: boolean;
}

/** Starts the extraction at the times of a schedule. */
export class DailySchedule extends Construct {
  /** Where a start that finally failed ends up. */
  readonly deadLetters: Queue;

  constructor(scope: Construct, id: string, props: DailyScheduleProps) {
    super(scope, id);
    const { name, stage, stateMachine, expression, timeZone, enabled } = props;
    this.deadLetters = new Queue(this, 'DeadLetters', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    acknowledgeDeadLetterQueue(this.deadLetters);
    new Schedule(this, 'Schedule', {
      scheduleName: name,
      description: `Starts the extraction of CXone transcripts (${stage})`,
      schedule: ScheduleExpression.expression(expression, TimeZone.of(timeZone)),
      enabled,
      target: new StepFunctionsStartExecution(stateMachine, {
        input: ScheduleTargetInput.fromObject({ schedule: { name, time: ContextAttribute.scheduledTime } }),
        deadLetterQueue: this.deadLetters,
        // Six hours of trying; the next run would find what this one was to find.
        maxEventAge: Duration.hours(6),
        retryAttempts: 20,
      }),
    });
  }
}
