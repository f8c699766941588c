import type { Metrics } from '@aws-lambda-powertools/metrics';
import { readConfig, StageConfig } from '../shared/config.ts';
import type { Manifest } from '../shared/runs/run-records.ts';
import { runMetrics } from './run-metrics.ts';

/** Emits the run's totals, and its findings with their type as a second dimension. */
export function emitRunMetrics(metrics: Metrics, manifest: Manifest): void {
  const { STAGE } = readConfig(StageConfig);
  for (const { name, unit, value } of runMetrics(manifest, manifest.startedAt)) metrics.addMetric(name, unit, value);
  for (const [type, count] of Object.entries(manifest.findings)) {
    const byType = metrics.singleMetric();
    // A single metric comes with a dimension `service` of its own, under which no dashboard would look for it.
    byType.clearDefaultDimensions();
    byType.addDimensions({ stage: STAGE, type });
    byType.addMetric('PiiFindings', 'Count', count);
  }
}
