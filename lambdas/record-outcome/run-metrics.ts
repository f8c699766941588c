/** The metrics of a whole run. They are emitted here only, so that a sum over them counts nothing twice. Pure. */
import type { Manifest } from '../shared/runs/run-records.ts';

export interface RunMetric {
  name: string;
  unit: 'Count' | 'Percent' | 'Seconds';
  value: number;
}

/** Share of the transcripts there are that were stored, in percent; a run with none succeeded. */
function successRate({ planned, counts }: Pick<Manifest, 'planned' | 'counts'>): number {
  const there = planned - counts.missing - counts.notReady - counts.duplicate - counts.empty - counts.unchanged;
  return there === 0 ? 100 : (100 * counts.stored) / there;
}

/**
 * The metrics of a run that need no second dimension.
 *
 * @param startedAt of the run, ISO 8601: the latency counts from it
 * @example runMetrics(manifest, manifest.startedAt) // [{ name: 'TranscriptsProcessed', unit: 'Count', value: 200 }, …]
 */
export function runMetrics(manifest: Manifest, startedAt: string): RunMetric[] {
  const { counts } = manifest;
  const failed = counts.failed + counts.quarantined;
  return [
    { name: 'TranscriptsProcessed', unit: 'Count', value: manifest.planned },
    { name: 'TranscriptsStored', unit: 'Count', value: counts.stored },
    { name: 'TranscriptsFailed', unit: 'Count', value: failed },
    { name: 'TranscriptsEmpty', unit: 'Count', value: counts.empty },
    { name: 'TranscriptsSuperseded', unit: 'Count', value: manifest.superseded },
    { name: 'SuccessRate', unit: 'Percent', value: successRate(manifest) },
    { name: 'ExtractionLatency', unit: 'Seconds', value: secondsBetween(startedAt, manifest.recordedAt) },
    { name: 'RunSucceeded', unit: 'Count', value: manifest.status === 'complete' ? 1 : 0 },
    ...dataAge(manifest),
    ...contacts(manifest),
  ];
}

/** Gaps, where contacts were compared: a run that could not compare them says nothing of gaps. */
function contacts({ reconciliation }: Manifest): RunMetric[] {
  if (reconciliation?.status !== 'compared') return [];
  const { expected, missing, notProcessed } = reconciliation;
  return [
    { name: 'ContactsExpected', unit: 'Count', value: expected },
    { name: 'ContactsMissing', unit: 'Count', value: missing },
    { name: 'ContactsNotProcessed', unit: 'Count', value: notProcessed },
  ];
}

/** How old the newest interaction of a scheduled run may be; a backfill of last year says nothing about freshness. */
function dataAge({ source, window, recordedAt }: Manifest): RunMetric[] {
  if (source !== 'schedule' || window === undefined) return [];
  return [{ name: 'DataAge', unit: 'Seconds', value: secondsBetween(window.to, recordedAt) }];
}

/** From the start of the run to its record; a clock that was set back gives 0. */
function secondsBetween(from: string, to: string): number {
  return Math.max(0, (Date.parse(to) - Date.parse(from)) / 1000);
}
