import type { Metrics } from '@aws-lambda-powertools/metrics';
import type { Manifest } from '../shared/runs/run-records.ts';
import { runMetrics } from './run-metrics.ts';

/** Emits the run's totals; its findings with their type, and what failed with the error, as a second dimension. */
export function emitRunMetrics(metrics: Metrics, manifest: Manifest, stage: string): void {
  for (const { name, unit, value } of runMetrics(manifest, manifest.startedAt)) metrics.addMetric(name, unit, value);
  for (const [type, count] of Object.entries(manifest.findings)) emitBy(metrics, { type }, 'PiiFindings', count);
  for (const { error, interactions } of manifest.failures) {
    emitBy(metrics, { error }, 'TranscriptsFailed', interactions);
  }

  function emitBy(all: Metrics, dimension: Record<string, string>, name: string, count: number): void {
    const single = all.singleMetric();
    // A single metric comes with a dimension `service` of its own, under which no dashboard would look for it.
    single.clearDefaultDimensions();
    single.addDimensions({ stage, ...dimension });
    single.addMetric(name, 'Count', count);
  }
}
