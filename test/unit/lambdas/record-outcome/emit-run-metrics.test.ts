import { Metrics } from '@aws-lambda-powertools/metrics';
import { describe, expect, it, vi } from 'vitest';
import { emitRunMetrics } from '../../../../lambdas/record-outcome/emit-run-metrics.ts';
import { runMetrics } from '../../../../lambdas/record-outcome/run-metrics.ts';
import type { Manifest } from '../../../../lambdas/shared/runs/run-records.ts';

const MANIFEST = {
  source: 'schedule',
  status: 'complete',
  window: { from: '2026-11-21T00:00:00.000Z', to: '2026-11-22T00:00:00.000Z' },
  startedAt: '2026-11-22T03:00:00.000Z',
  recordedAt: '2026-11-22T03:30:00.000Z',
  planned: 10,
  counts: { stored: 9, missing: 1, failed: 0, quarantined: 0, notReady: 0, duplicate: 0, empty: 0, unchanged: 0 },
  superseded: 0,
  failures: [
    { error: 'TranscriptJobFailed', interactions: 8, batches: 2 },
    { error: 'PiiMaskingFailed', interactions: 1, batches: 1 },
  ],
  findings: { EMAIL_ADDRESS: 4, PHONE_NUMBER: 2 },
} as unknown as Manifest;

interface MetricLine {
  _aws: { CloudWatchMetrics: { Dimensions: string[][] }[] };
  stage: string;
  type?: string;
  error?: string;
  PiiFindings?: number;
  TranscriptsFailed?: number;
}

/** As CloudWatch reads a line: which dimensions, their values, and the metric's own. */
function dimensionsAndValue({ _aws, stage, type, error, PiiFindings, TranscriptsFailed }: MetricLine): unknown[] {
  const [dimensions] = _aws.CloudWatchMetrics[0]?.Dimensions ?? [];
  return [dimensions, stage, type ?? error, PiiFindings ?? TranscriptsFailed];
}

const ageOf = (manifest: Manifest) => runMetrics(manifest, manifest.startedAt).find(({ name }) => name === 'DataAge');

describe('age of the data', () => {
  it('is that of the newest interaction a scheduled run accounts for, when it is recorded', () => {
    expect(ageOf(MANIFEST)).toEqual({ name: 'DataAge', unit: 'Seconds', value: 3.5 * 3600 });
  });

  it.each([
    ['a backfill', { ...MANIFEST, source: 'window' }],
    ['a run over listed ids', { ...MANIFEST, source: 'interactionIds', window: undefined }],
  ])('is not said of %s', (_name, manifest) => {
    expect(ageOf(manifest as Manifest)).toBeUndefined();
  });
});

describe('findings and failures', () => {
  it('have the stage, and the type or the error, as their dimensions, and no other', () => {
    const lines: string[] = [];
    const metrics = new Metrics({ namespace: 'CXoneTranscripts', serviceName: 'record-outcome' });
    const collect = (line: string) => lines.push(line);
    vi.spyOn(metrics, 'singleMetric').mockImplementation(() => {
      const single = new Metrics({
        namespace: 'CXoneTranscripts',
        serviceName: 'record-outcome',
        singleMetric: true,
        logger: { debug: collect, error: collect, info: collect, warn: collect, log: collect },
      } as never);
      vi.spyOn(single, 'publishStoredMetrics').mockImplementation(() => {
        if (single.hasStoredMetrics()) lines.push(JSON.stringify(single.serializeMetrics()));
        single.clearMetrics();
        return single;
      });
      return single;
    });
    emitRunMetrics(metrics, MANIFEST, 'prod');
    const published = lines.map((line) => JSON.parse(line));
    expect(published.map((line) => dimensionsAndValue(line))).toEqual([
      [['stage', 'type'], 'prod', 'EMAIL_ADDRESS', 4],
      [['stage', 'type'], 'prod', 'PHONE_NUMBER', 2],
      [['stage', 'error'], 'prod', 'TranscriptJobFailed', 8],
      [['stage', 'error'], 'prod', 'PiiMaskingFailed', 1],
    ]);
  });
});
