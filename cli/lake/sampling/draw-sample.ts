/** Rows of a lake, drawn at random. */

import { parseJson, UnreadableObject } from '../../../lambdas/shared/storage/read-record.ts';
import { TranscriptRow } from '../../../lambdas/shared/storage/records.ts';
import { listRuns, readManifest } from '../list-runs.ts';
import type { Lake } from '../open-lake.ts';
import { type Drawn, Strata } from './strata.ts';

/** A row that was drawn, as it is stored. */
export interface SampledRow {
  row: Pick<TranscriptRow, 'interactionId' | 'mediaType' | 'timestamp' | 'transcript' | 'interaction' | 'findings'>;
  weight: number;
}

const Head = TranscriptRow.pick({ interactionId: true, mediaType: true, version: true, findings: true });
const Read = TranscriptRow.pick({
  interactionId: true,
  mediaType: true,
  timestamp: true,
  transcript: true,
  interaction: true,
  findings: true,
});

export interface SampleOptions {
  count: number;
  seed: string;
  /** Only interactions that started on these days, UTC; all where there are none. */
  days: readonly string[];
  onProgress?(rows: number): void;
}

/**
 * Rows that manifests list, drawn with a seed, and how many there were to draw from. Every part is read once, those that have a
 * drawn row twice; nothing but places is remembered in between.
 *
 * @throws UnreadableObject for a manifest or a row that cannot be read: what is left would be no fair sample
 * @example (await drawSample(lake, { count: 20, seed: '1', days: ['2026-11-21'] })).rows.length // 20
 */
export async function drawSample(lake: Lake, options: SampleOptions): Promise<{ rows: SampledRow[]; of: number }> {
  const { count, seed, days, onProgress } = options;
  const strata = new Strata(count, seed);
  for await (const key of partsOf(lake, days)) {
    let line = 0;
    for await (const text of lake.store.readLines(key)) {
      line += 1;
      const { version = '', ...head } = readAs(Head, text, key, line);
      strata.add({ ...head, version, key, line });
    }
    onProgress?.(strata.rows);
  }
  const byPart = Map.groupBy(strata.draw(), ({ key }) => key);
  const rows: SampledRow[] = [];
  for (const [key, drawn] of byPart) rows.push(...(await readRows(lake, key, drawn)));
  return { rows: rows.sort(inOrder), of: strata.rows };
}

async function* partsOf(lake: Lake, days: readonly string[]): AsyncGenerator<string> {
  for await (const runId of listRuns(lake)) {
    for (const { key, day } of (await readManifest(lake, runId))?.value.parts ?? []) {
      if (days.length === 0 || days.includes(day)) yield key;
    }
  }
}

async function readRows(lake: Lake, key: string, drawn: readonly Drawn[]): Promise<SampledRow[]> {
  const weights = new Map(drawn.map(({ line, weight }) => [line, weight]));
  const rows: SampledRow[] = [];
  let line = 0;
  for await (const text of lake.store.readLines(key)) {
    line += 1;
    const weight = weights.get(line);
    if (weight !== undefined) rows.push({ row: readAs(Read, text, key, line), weight });
  }
  return rows;
}

/** @throws UnreadableObject that names the line */
function readAs<Value>(
  schema: { safeParse(value: unknown): { data?: Value; success: boolean } },
  text: string,
  key: string,
  line: number,
): Value {
  const { data } = schema.safeParse(parseJson(text));
  if (data === undefined) throw new UnreadableObject(key, `line ${line} is no row that this version knows`);
  return data;
}

function inOrder({ row: a }: SampledRow, { row: b }: SampledRow): number {
  return a.timestamp < b.timestamp || (a.timestamp === b.timestamp && a.interactionId < b.interactionId) ? -1 : 1;
}
