/** The metrics that the handlers emit, as CloudWatch knows them. */
import { MathExpression, Metric, type MetricOptions, Stats, Unit } from 'aws-cdk-lib/aws-cloudwatch';
import type { Duration } from 'aws-cdk-lib/core';
import { METRICS_NAMESPACE } from '../../../lambdas/shared/contracts/metrics.ts';

/** Every metric that an alarm or the dashboard reads, with the statistic that means something for it. */
export const PIPELINE_METRICS = {
  TranscriptsProcessed: { unit: Unit.COUNT, statistic: Stats.SUM },
  TranscriptsStored: { unit: Unit.COUNT, statistic: Stats.SUM },
  TranscriptsFailed: { unit: Unit.COUNT, statistic: Stats.SUM },
  TranscriptsQuarantined: { unit: Unit.COUNT, statistic: Stats.SUM },
  /** Those in which nothing was said: they have no row. */
  TranscriptsEmpty: { unit: Unit.COUNT, statistic: Stats.SUM },
  /** Of those stored: they took the place of an older version. */
  TranscriptsSuperseded: { unit: Unit.COUNT, statistic: Stats.SUM },
  SuccessRate: { unit: Unit.PERCENT, statistic: Stats.MINIMUM },
  /** From the start of a run to its manifest. */
  ExtractionLatency: { unit: Unit.SECONDS, statistic: Stats.p(95) },
  /** Age of the newest interaction that a scheduled run accounts for, when the run is recorded. */
  DataAge: { unit: Unit.SECONDS, statistic: Stats.MAXIMUM },
  /** Contacts that CXone has analysed, of the days that a scheduled run compares. */
  ContactsExpected: { unit: Unit.COUNT, statistic: Stats.MAXIMUM },
  /** Of these, those that it never listed: gaps. */
  ContactsMissing: { unit: Unit.COUNT, statistic: Stats.MAXIMUM },
  ContactsNotProcessed: { unit: Unit.COUNT, statistic: Stats.MAXIMUM },
  RunSucceeded: { unit: Unit.COUNT, statistic: Stats.SUM },
  PiiFindings: { unit: Unit.COUNT, statistic: Stats.SUM },
  /** Transcripts that the second detector stopped after masking: a rule of the masker is missing. */
  PiiLeaksCaught: { unit: Unit.COUNT, statistic: Stats.SUM },
  JobPolls: { unit: Unit.COUNT, statistic: Stats.SUM },
  /** Of planning and storing, which keep to the budget of requests. */
  VendorRequests: { unit: Unit.COUNT, statistic: Stats.SUM },
  /** How long requests waited for their turn, added up: several wait at the same time. */
  VendorHeldUp: { unit: Unit.MILLISECONDS, statistic: Stats.SUM },
  VendorThrottled: { unit: Unit.COUNT, statistic: Stats.SUM },
  WebhookDelivered: { unit: Unit.COUNT, statistic: Stats.SUM },
  /** Of a run, each time that its delivery is tried again. */
  WebhookPending: { unit: Unit.COUNT, statistic: Stats.MAXIMUM },
  WebhookParked: { unit: Unit.COUNT, statistic: Stats.SUM },
} as const;

export type PipelineMetricName = keyof typeof PIPELINE_METRICS;

/** The metrics of one stage. */
export class PipelineMetrics {
  readonly #stage: string;

  constructor(stage: string) {
    this.#stage = stage;
  }

  /** A metric of the stage, with its usual statistic unless the options name another. */
  metric(name: PipelineMetricName, options: MetricOptions = {}): Metric {
    const { statistic } = PIPELINE_METRICS[name];
    return new Metric({
      namespace: METRICS_NAMESPACE,
      metricName: name,
      dimensionsMap: { stage: this.#stage },
      statistic,
      ...options,
    });
  }

  /** One line for each type of personal data, whatever types there are. */
  findingsByType(period: Duration): MathExpression {
    return this.#by('type', 'PiiFindings', period);
  }

  /** One line for each error that kept transcripts from being stored. */
  failuresByError(period: Duration): MathExpression {
    return this.#by('error', 'TranscriptsFailed', period);
  }

  #by(dimension: 'type' | 'error', name: PipelineMetricName, period: Duration): MathExpression {
    const search = `{${METRICS_NAMESPACE},stage,${dimension}} MetricName="${name}" stage="${this.#stage}"`;
    return new MathExpression({
      expression: `SEARCH('${search}', 'Sum', ${period.toSeconds()})`,
      usingMetrics: {},
      label: '',
      period,
    });
  }
}
