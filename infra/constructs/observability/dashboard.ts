/** What an operator sees at a glance, from the question asked most to the one asked least. */
import {
  type Alarm,
  AlarmStatusWidget,
  Dashboard,
  GraphWidget,
  GraphWidgetView,
  type IMetric,
  type IWidget,
  LegendPosition,
  LogQueryWidget,
  MathExpression,
  Metric,
  PeriodOverride,
  SingleValueWidget,
  Stats,
  TextWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Duration, Fn, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { TaskName } from '../../task-table.ts';
import type { TaskFunction } from '../task-function.ts';
import { costPerThousand } from './dashboard-cost.ts';
import { LATEST_RUNS } from './log-queries.ts';
import type { PipelineMetricName, PipelineMetrics } from './pipeline-metrics.ts';

export interface PipelineDashboardProps {
  metrics: PipelineMetrics;
  alarms: readonly Alarm[];
  extraction: StateMachine;
  functions: Readonly<Record<TaskName, TaskFunction>>;
  /** Of RecordOutcome: one line for each run. */
  outcomeLogs: ILogGroup;
  scheduleDeadLetters: IQueue;
  freshnessHours: number;
}

const COLUMNS = 24;
const ROW_HEIGHT = 6;
const RED = '#d62728';
const GREEN = '#2ca02c';
const AMBER = '#ff7f0e';
/** Runs are daily as a rule: a point a day says more than a point in five minutes. */
const DAY = Duration.days(1);
const QUARTER = Duration.minutes(15);

/** The dashboard of one stage, under the stack's name. */
export class PipelineDashboard extends Construct {
  readonly #props: PipelineDashboardProps;

  constructor(scope: Construct, id: string, props: PipelineDashboardProps) {
    super(scope, id);
    this.#props = props;
    const { stackName } = Stack.of(this);
    new Dashboard(this, 'Dashboard', {
      dashboardName: stackName,
      defaultInterval: Duration.days(14),
      // The periods below are part of what the graphs say.
      periodOverride: PeriodOverride.INHERIT,
      widgets: [
        [new TextWidget({ width: COLUMNS, height: 1, markdown: `# ${stackName} · what to do: docs/runbook.md` })],
        [
          new AlarmStatusWidget({
            width: COLUMNS,
            height: 3,
            title: 'Alarms',
            alarms: [...props.alarms],
          }),
        ],
        this.#freshnessRow(),
        this.#volumeRow(),
        this.#contentRow(),
        this.#vendorRow(),
        this.#costRow(),
      ],
    });
  }

  /** Is the data fresh, and did the runs succeed? */
  #freshnessRow(): IWidget[] {
    const { metrics, extraction, outcomeLogs, freshnessHours } = this.#props;
    const ageHours = new MathExpression({
      expression: 'age/3600',
      usingMetrics: { age: metrics.metric('DataAge', { period: Duration.hours(1) }) },
      label: `hours, at most ${freshnessHours}`,
      period: Duration.hours(1),
    });
    return [
      new SingleValueWidget({
        title: 'Age of the newest data',
        width: 5,
        height: ROW_HEIGHT,
        metrics: [ageHours],
      }),
      this.#graph('Runs', 7, [
        extraction.metricSucceeded({ period: DAY, statistic: Stats.SUM, label: 'succeeded', color: GREEN }),
        extraction.metricFailed({ period: DAY, statistic: Stats.SUM, label: 'failed', color: RED }),
        extraction.metricTimedOut({ period: DAY, statistic: Stats.SUM, label: 'timed out', color: AMBER }),
        extraction.metricAborted({ period: DAY, statistic: Stats.SUM, label: 'aborted', color: '#7f7f7f' }),
      ]),
      new LogQueryWidget({
        title: 'Latest runs',
        width: 12,
        height: ROW_HEIGHT,
        logGroupNames: [outcomeLogs.logGroupName],
        queryLines: [...LATEST_RUNS],
      }),
    ];
  }

  #volumeRow(): IWidget[] {
    const { metrics } = this.#props;
    const latency = (percentile: number) =>
      metrics.metric('ExtractionLatency', { period: DAY, statistic: Stats.p(percentile), label: `p${percentile}` });
    return [
      this.#graph('Transcripts a day', 8, [
        this.#daily('TranscriptsProcessed', 'asked for', '#1f77b4'),
        this.#daily('TranscriptsStored', 'stored', GREEN),
        this.#daily('TranscriptsFailed', 'failed', RED),
        this.#daily('TranscriptsQuarantined', 'of these quarantined', AMBER),
        this.#daily('TranscriptsEmpty', 'without words', '#7f7f7f'),
        this.#daily('TranscriptsSuperseded', 'newer versions', '#9467bd'),
      ]),
      this.#graph(
        'Success rate of the worst run, %',
        8,
        [this.#daily('SuccessRate', 'stored of those there are', GREEN)],
        {
          min: 0,
          max: 100,
        },
      ),
      this.#graph('Time from start to manifest, s', 8, [latency(50), latency(95)]),
    ];
  }

  #contentRow(): IWidget[] {
    const { metrics } = this.#props;
    return [
      this.#graph('Contacts, held against those of CXone', 6, [
        this.#daily('ContactsExpected', 'analysed', GREEN),
        this.#daily('ContactsMissing', 'never listed', RED),
        this.#daily('ContactsNotProcessed', 'not analysed yet', '#7f7f7f'),
      ]),
      this.#graph('Personal data masked, by type', 6, [metrics.findingsByType(DAY)], {}, true),
      this.#graph('Not stored, by error', 6, [metrics.failuresByError(DAY)], {}, true),
      this.#graph('Leaks caught before storing', 3, [this.#daily('PiiLeaksCaught', 'transcripts', RED)]),
      this.#graph('Schedules that gave up', 3, [
        this.#props.scheduleDeadLetters.metricApproximateNumberOfMessagesVisible({
          period: QUARTER,
          label: 'dead letters',
          color: RED,
        }),
      ]),
    ];
  }

  #vendorRow(): IWidget[] {
    const { metrics } = this.#props;
    return [
      this.#graph('CXone: requests, polls and throttled calls', 6, [
        metrics.metric('VendorRequests', { period: QUARTER, label: 'requests' }),
        metrics.metric('JobPolls', { period: QUARTER, label: 'polls' }),
        metrics.metric('VendorThrottled', { period: QUARTER, label: 'throttled', color: RED }),
      ]),
      this.#graph('CXone: a request held up by the budget, ms', 6, [this.#heldUp()]),
      this.#graph('Batches', 6, [
        this.#batches('ExecutionsSucceeded', 'succeeded', GREEN),
        this.#batches('ExecutionsFailed', 'failed', RED),
      ]),
      this.#graph('Webhook: delivered, parked, and still to come', 6, [
        this.#daily('WebhookDelivered', 'delivered', GREEN),
        this.#daily('WebhookParked', 'parked', RED),
        metrics.metric('WebhookPending', { period: DAY, label: 'still to come, of the run with most', color: AMBER }),
      ]),
    ];
  }

  /** The mean: the sum of all says little, since many wait at the same time. */
  #heldUp(): MathExpression {
    const { metrics } = this.#props;
    return new MathExpression({
      expression: 'held/requests',
      usingMetrics: {
        held: metrics.metric('VendorHeldUp', { period: QUARTER }),
        requests: metrics.metric('VendorRequests', { period: QUARTER }),
      },
      label: 'on average',
      period: QUARTER,
    });
  }

  #costRow(): IWidget[] {
    const { functions, metrics } = this.#props;
    const each = (metric: (task: TaskFunction, label: string) => IMetric) =>
      Object.entries(functions).map(([name, task]) => metric(task, name));
    return [
      this.#graph('Cost', 8, [costPerThousand(functions, metrics, DAY)], { min: 0 }),
      this.#graph(
        'Functions: time of the slowest twentieth, ms',
        8,
        each((task, label) => task.function.metricDuration({ period: QUARTER, statistic: Stats.p(95), label })),
      ),
      this.#graph('Functions: errors and throttles', 8, [
        ...each((task, label) => task.function.metricErrors({ period: QUARTER, statistic: Stats.SUM, label })),
        ...each((task, label) =>
          task.function.metricThrottles({ period: QUARTER, statistic: Stats.SUM, label: `${label} throttled` }),
        ),
      ]),
    ];
  }

  #daily(name: PipelineMetricName, label: string, color: string): Metric {
    return this.#props.metrics.metric(name, { period: DAY, label, color });
  }

  /** The child executions of a Distributed Map count under the state machine's ARN with the map's label. */
  #batches(metricName: string, label: string, color: string): Metric {
    return new Metric({
      namespace: 'AWS/States',
      metricName,
      dimensionsMap: {
        StateMachineArn: Fn.join('/', [this.#props.extraction.stateMachineArn, 'ExtractBatches']),
      },
      period: QUARTER,
      statistic: Stats.SUM,
      label,
      color,
    });
  }

  #graph(
    title: string,
    width: number,
    left: IMetric[],
    leftYAxis: { min?: number; max?: number } = { min: 0 },
    stacked = false,
  ): GraphWidget {
    return new GraphWidget({
      title,
      width,
      height: ROW_HEIGHT,
      left,
      leftYAxis: { ...leftYAxis, showUnits: false },
      stacked,
      view: GraphWidgetView.TIME_SERIES,
      legendPosition: LegendPosition.BOTTOM,
    });
  }
}
