/** Asks for the transcripts of a few segments. */
import { createHash } from 'node:crypto';
import { fieldsOf } from '../../lambdas/shared/vendor/interaction-analytics/read-page.ts';
import { readTranscript } from '../../lambdas/shared/vendor/interaction-analytics/read-transcript.ts';
import type { SegmentRow } from '../../lambdas/shared/vendor/interaction-analytics/segment-page.ts';
import { spread, tally } from './list-behaviour.ts';
import { maskedExample } from './masked-example.ts';
import type { TenantCalls } from './tenant-calls.ts';

const PATH = '/interaction-analytics-gateway/v2/segments/{segmentId}/analyzed-transcript';
/** Enough for a share that says whether most transcripts are there. */
const SAMPLE = 10;
/** A tag of BCP 47, such as `en-US`; anything else is not repeated. */
const LANGUAGE = /^[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8}){0,2}$/;

/** `refused`: any status but 200 and those that mean that there is none. */
type Outcome = 'found' | 'missing' | 'empty' | 'unusable' | 'refused';

export interface TranscriptFindings {
  /** Each segment by a hash of its id. */
  sample: { segment: string; outcome: Outcome; status: number }[];
  outcomes: Record<string, number>;
  /** Of the segments that were answered, those that are 404: 0 to 1. */
  missingShare: number;
  languages: Record<string, number>;
}

/**
 * What the transcripts of some of the rows show; and a few words of one, masked, for the eyes of who asked.
 *
 * @example (await probeTranscripts(calls, rows)).findings.missingShare // 0.1
 */
export async function probeTranscripts(
  calls: TenantCalls,
  rows: readonly SegmentRow[],
): Promise<{ findings: TranscriptFindings; example?: string }> {
  const sample: TranscriptFindings['sample'] = [];
  const languages: string[] = [];
  let example: string | undefined;
  for (const row of spread(rows, SAMPLE)) {
    const { status, body } = await calls.ask({
      path: PATH,
      values: { segmentId: row.segmentId },
      query: { wordLevel: 'false' },
    });
    // Whoever is asked to wait is left alone.
    if (status === 429 || status === 0) break;
    const outcome = outcomeOf(status, body, row);
    sample.push({ segment: hashed(row.segmentId), outcome, status });
    if (outcome !== 'found' || body === undefined) continue;
    languages.push(languageOf(body));
    example ??= maskedExample(body);
  }
  const missing = sample.filter(({ outcome }) => outcome === 'missing').length;
  const findings = {
    sample,
    outcomes: tally(sample.map(({ outcome }) => outcome)),
    missingShare: sample.length === 0 ? 0 : missing / sample.length,
    languages: tally(languages),
  };
  return { findings, ...(example !== undefined && { example }) };
}

function outcomeOf(status: number, body: string | undefined, row: SegmentRow): Outcome {
  if (status === 404 || status === 410 || status === 204) return 'missing';
  if (status !== 200) return 'refused';
  if (body === undefined) return 'unusable';
  const artifact = readTranscript(row.segmentId, body, row);
  if (artifact.ok) return 'found';
  return artifact.outcome === 'empty' ? 'empty' : 'unusable';
}

function languageOf(body: string): string {
  const { language } = fieldsOf(JSON.parse(body)) ?? {};
  if (language === undefined || language === null) return 'not named';
  return typeof language === 'string' && LANGUAGE.test(language) ? language : 'of another form';
}

/** The same segment has the same name in every report, and cannot be told from it. */
const hashed = (segmentId: string): string => createHash('sha256').update(segmentId).digest('hex').slice(0, 12);
