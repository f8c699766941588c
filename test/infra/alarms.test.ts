/** When each alarm goes off: one row for each, with every number in it. */
import { describe, expect, it } from 'vitest';
import { synthesiseTemplate } from './template.ts';

interface AlarmProperties {
  AlarmName: string;
  Namespace?: string;
  MetricName?: string;
  Statistic?: string;
  Period?: number;
  Dimensions?: { Name: string; Value: unknown }[];
  Metrics?: { Id: string; Expression?: string; MetricStat?: { Period: number; Stat: string }; ReturnData: boolean }[];
  ComparisonOperator: string;
  Threshold: number;
  EvaluationPeriods: number;
  DatapointsToAlarm?: number;
  TreatMissingData: string;
}

const SIGNS = new Map([
  ['GreaterThanOrEqualToThreshold', '>='],
  ['GreaterThanThreshold', '>'],
  ['LessThanThreshold', '<'],
  ['LessThanOrEqualToThreshold', '<='],
]);

/** `namespace metric`, statistic and seconds, and what it is counted by; or the expression over several. */
function measureOf({ Namespace, MetricName, Statistic, Period, Dimensions, Metrics = [] }: AlarmProperties): string {
  if (MetricName !== undefined) {
    return `${Namespace} ${MetricName} by ${Dimensions?.map(({ Name }) => Name).join(', ')}, ${Statistic} of ${Period} s`;
  }
  const expression = Metrics.find(({ ReturnData }) => ReturnData)?.Expression;
  const inputs = Metrics.flatMap(({ MetricStat }) =>
    MetricStat ? [`${MetricStat.Stat} of ${MetricStat.Period} s`] : [],
  );
  return `${expression}, ${[...new Set(inputs)].join(', ')}`;
}

function conditionOf(alarm: AlarmProperties): string {
  const { ComparisonOperator, Threshold, EvaluationPeriods, DatapointsToAlarm = EvaluationPeriods } = alarm;
  const times = `${DatapointsToAlarm} of ${EvaluationPeriods}`;
  return `${SIGNS.get(ComparisonOperator)} ${Threshold}, ${times}, missing: ${alarm.TreatMissingData}`;
}

const alarmsOf = (settings: Record<string, unknown>) =>
  new Map(
    synthesiseTemplate(settings)
      .ofType('AWS::CloudWatch::Alarm')
      .map(([, { Properties }]) => Properties as unknown as AlarmProperties)
      .map((alarm) => [alarm.AlarmName.split('-').at(-1) ?? '', alarm]),
  );

const scheduled = { stage: 'prod', account: '123456789012' };
const byDefault = alarmsOf(scheduled);
const chosen = alarmsOf({ ...scheduled, expectedRunHours: 50, freshnessHours: 12 });

const MACHINE = 'by StateMachineArn';
const once = '>= 1, 1 of 1, missing: notBreaching';
const ALARMS: [name: string, measure: string, condition: string, whereChosen?: string][] = [
  ['RunFailed', `AWS/States ExecutionsFailed ${MACHINE}, Sum of 300 s`, once],
  ['RunTimedOut', `AWS/States ExecutionsTimedOut ${MACHINE}, Sum of 300 s`, once],
  ['RunThrottled', `AWS/States ExecutionThrottled ${MACHINE}, Sum of 900 s`, '>= 1, 2 of 2, missing: notBreaching'],
  ['ScheduleNotStarted', 'AWS/SQS ApproximateNumberOfMessagesVisible by QueueName, Maximum of 300 s', once],
  [
    'NoSuccessfulRun',
    'CXoneTranscripts RunSucceeded by stage, Sum of 3600 s',
    '< 1, 26 of 26, missing: breaching',
    '< 1, 50 of 50, missing: breaching',
  ],
  [
    'DataTooOld',
    'CXoneTranscripts DataAge by stage, Maximum of 3600 s',
    '> 129600, 1 of 1, missing: ignore',
    '> 43200, 1 of 1, missing: ignore',
  ],
  ['TranscriptsQuarantined', 'CXoneTranscripts TranscriptsQuarantined by stage, Sum of 900 s', once],
  ['PiiLeakCaught', 'CXoneTranscripts PiiLeaksCaught by stage, Sum of 900 s', once],
  ['ContactsMissing', 'CXoneTranscripts ContactsMissing by stage, Maximum of 3600 s', '>= 1, 1 of 1, missing: ignore'],
  [
    'VendorThrottling',
    'CXoneTranscripts VendorThrottled by stage, Sum of 3600 s',
    '>= 500, 1 of 1, missing: notBreaching',
  ],
  ['DeliveriesParked', 'CXoneTranscripts WebhookParked by stage, Sum of 900 s', once],
  ['DeliveryFailed', 'FILL(failed,0)+FILL(timedOut,0)+FILL(aborted,0), Sum of 300 s', once],
];

describe('alarms', () => {
  it.each(ALARMS)('%s: %s', (name, measure, condition, whereChosen = condition) => {
    const [alarm, other] = [byDefault, chosen].map((alarms) => alarms.get(name));
    expect(alarm && [measureOf(alarm), conditionOf(alarm)]).toEqual([measure, condition]);
    expect(other && conditionOf(other)).toBe(whereChosen);
  });

  it('are these and no others', () => {
    expect([...byDefault.keys()].sort()).toEqual(ALARMS.map(([name]) => name).sort());
  });
});

describe('a start that fails', () => {
  const template = synthesiseTemplate(scheduled);

  it('is tried again for six hours, 20 times at most', () => {
    const [schedule] = template.ofType('AWS::Scheduler::Schedule');
    expect(schedule?.[1].Properties.Target).toMatchObject({
      RetryPolicy: { MaximumEventAgeInSeconds: 21_600, MaximumRetryAttempts: 20 },
    });
  });

  it('is kept for two weeks', () => {
    const queues = template.ofType('AWS::SQS::Queue').map(([, { Properties }]) => Properties.MessageRetentionPeriod);
    expect(queues).toEqual([1_209_600]);
  });
});
