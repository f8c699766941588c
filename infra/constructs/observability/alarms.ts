/** What an operator is told of. Each alarm has a heading of the same name in `docs/runbook.md`; a test holds that. */
import { Alarm, ComparisonOperator, type IMetric, MathExpression, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Duration, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { PipelineMetrics } from './pipeline-metrics.ts';

export interface AlarmsProps {
  metrics: PipelineMetrics;
  extraction: StateMachine;
  /** Delivers the long tail of a webhook outage. */
  delivery?: StateMachine | undefined;
  scheduleDeadLetters: IQueue;
  topic: ITopic;
  /** Hours within which a run has to succeed; undefined where nothing is scheduled. */
  expectedRunHours: number | undefined;
  /** Hours after which the newest data counts as too old. */
  freshnessHours: number;
}

interface AlarmSettings {
  /** Name of the alarm and of its heading in the runbook. */
  name: string;
  meaning: string;
  metric: IMetric;
  /** In alarm at or above this, unless `comparison` says otherwise. */
  threshold: number;
  comparison?: ComparisonOperator;
  evaluationPeriods?: number;
  missingData?: TreatMissingData;
}

/** Throttled calls an hour above which the vendor's limit, not a burst, slows the runs down. */
const VENDOR_THROTTLED_AN_HOUR = 500;

/** The alarms of one stage; each is sent to the topic when it goes off, and when it is over. */
export class Alarms extends Construct {
  readonly all: readonly Alarm[];

  constructor(scope: Construct, id: string, props: AlarmsProps) {
    super(scope, id);
    const action = new SnsAction(props.topic);
    this.all = alarmTable(props).map((settings) => {
      const alarm = new Alarm(this, settings.name, {
        alarmName: `${Stack.of(this).stackName}-${settings.name}`,
        alarmDescription: `${settings.meaning} What to do: docs/runbook.md, heading ${settings.name}.`,
        metric: settings.metric,
        threshold: settings.threshold,
        comparisonOperator: settings.comparison ?? ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
        evaluationPeriods: settings.evaluationPeriods ?? 1,
        treatMissingData: settings.missingData ?? TreatMissingData.NOT_BREACHING,
      });
      alarm.addAlarmAction(action);
      alarm.addOkAction(action);
      return alarm;
    });
  }
}

const FIVE_MINUTES = { period: Duration.minutes(5), statistic: 'Sum' };
const ONE_HOUR = { period: Duration.hours(1) };

function alarmTable(props: AlarmsProps): AlarmSettings[] {
  return [...runAlarms(props), ...freshnessAlarms(props), ...contentAlarms(props), ...deliveryAlarms(props)];
}

function runAlarms({ extraction, scheduleDeadLetters }: AlarmsProps): AlarmSettings[] {
  return [
    {
      name: 'RunFailed',
      meaning: 'A run ended without all of its interactions.',
      metric: extraction.metricFailed(FIVE_MINUTES),
      threshold: 1,
    },
    {
      name: 'RunTimedOut',
      meaning: 'A run did not end within its time limit.',
      metric: extraction.metricTimedOut(FIVE_MINUTES),
      threshold: 1,
    },
    {
      name: 'RunThrottled',
      meaning: 'Step Functions delays state transitions: the account is at its limit.',
      metric: extraction.metricThrottled({ ...FIVE_MINUTES, period: Duration.minutes(15) }),
      threshold: 1,
      // A burst at the start of a run is absorbed.
      evaluationPeriods: 2,
    },
    {
      name: 'ScheduleNotStarted',
      meaning: 'The schedule could not start a run and gave up.',
      metric: scheduleDeadLetters.metricApproximateNumberOfMessagesVisible({
        period: Duration.minutes(5),
        statistic: 'Maximum',
      }),
      threshold: 1,
    },
  ];
}

function freshnessAlarms({ metrics, expectedRunHours, freshnessHours }: AlarmsProps): AlarmSettings[] {
  const tooOld: AlarmSettings = {
    name: 'DataTooOld',
    meaning: `The newest interactions in the data lake are more than ${freshnessHours} hours old.`,
    metric: metrics.metric('DataAge', ONE_HOUR),
    threshold: freshnessHours * 3600,
    comparison: ComparisonOperator.GREATER_THAN_THRESHOLD,
    // Between two runs nothing is measured: the verdict of the last one stands.
    missingData: TreatMissingData.IGNORE,
  };
  if (expectedRunHours === undefined) return [tooOld];
  const noRun: AlarmSettings = {
    name: 'NoSuccessfulRun',
    meaning: `No run succeeded within ${expectedRunHours} hours.`,
    metric: metrics.metric('RunSucceeded', ONE_HOUR),
    threshold: 1,
    comparison: ComparisonOperator.LESS_THAN_THRESHOLD,
    evaluationPeriods: expectedRunHours,
    missingData: TreatMissingData.BREACHING,
  };
  return [noRun, tooOld];
}

function contentAlarms({ metrics }: AlarmsProps): AlarmSettings[] {
  const period = { period: Duration.minutes(15) };
  return [
    {
      name: 'TranscriptsQuarantined',
      meaning: 'Transcripts could not be masked for certain and were not stored.',
      metric: metrics.metric('TranscriptsQuarantined', period),
      threshold: 1,
    },
    {
      name: 'PiiLeakCaught',
      meaning: 'The second detector found personal data that the masker had left in. It was not stored.',
      metric: metrics.metric('PiiLeaksCaught', period),
      threshold: 1,
    },
    {
      name: 'ContactsMissing',
      meaning: 'CXone says that it has analysed contacts which it never listed: their transcripts are not in the lake.',
      metric: metrics.metric('ContactsMissing', ONE_HOUR),
      threshold: 1,
      // Between two runs nothing is compared: the verdict of the last one stands.
      missingData: TreatMissingData.IGNORE,
    },
    {
      name: 'VendorThrottling',
      meaning: 'CXone answers 429 so often that runs take longer.',
      metric: metrics.metric('VendorThrottled', ONE_HOUR),
      threshold: VENDOR_THROTTLED_AN_HOUR,
    },
  ];
}

/** Executions that were stopped: what they had left is parked by no other one. */
function stopped(stateMachine: StateMachine): IMetric {
  return new MathExpression({
    expression: 'FILL(failed,0)+FILL(timedOut,0)+FILL(aborted,0)',
    usingMetrics: {
      failed: stateMachine.metricFailed(FIVE_MINUTES),
      timedOut: stateMachine.metricTimedOut(FIVE_MINUTES),
      aborted: stateMachine.metricAborted(FIVE_MINUTES),
    },
    label: 'stopped',
    period: FIVE_MINUTES.period,
  });
}

function deliveryAlarms({ metrics, delivery }: AlarmsProps): AlarmSettings[] {
  const parked: AlarmSettings = {
    name: 'DeliveriesParked',
    meaning: 'The webhook did not take some transcripts for days, or refused them. They are in the data lake.',
    metric: metrics.metric('WebhookParked', { period: Duration.minutes(15) }),
    threshold: 1,
  };
  if (delivery === undefined) return [parked];
  return [
    parked,
    {
      name: 'DeliveryFailed',
      meaning: 'The state machine that repeats deliveries stopped before its work was done.',
      metric: stopped(delivery),
      threshold: 1,
    },
  ];
}
