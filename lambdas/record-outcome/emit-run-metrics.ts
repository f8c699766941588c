import type { Metrics } from '@aws-lambda-powertools/metrics';
import type { Manifest } from '../shared/run-records.ts';
import { runMetrics } from './run-metrics.ts';

/** Emits the run's totals, and its findings with their type as a second dimension. */
export function emitRunMetrics(metrics: Metrics, manifest: Manifest): void {
  for (const { name, unit, value } of runMetrics(manifest, manifest.startedAt)) metrics.addMetric(name, unit, value);
  for (const [type, count] of Object.entries(manifest.findings)) {
    const byType = metrics.singleMetric();
    byType.addDimension('type', type);
    byType.addMetric('PiiFindings', 'Count', count);
  }
}
