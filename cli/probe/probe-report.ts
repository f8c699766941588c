/** What a probe found, as it is written and printed. Nothing of a person, no id of one, no token. Pure. */
import type { AskedApi } from './apis.ts';
import type { SegmentFindings } from './probe-segments.ts';
import type { TranscriptFindings } from './probe-transcripts.ts';
import { type MetLimit, MOST_CALLS } from './tenant-calls.ts';

/** The object that `probe.json` holds. */
export interface ProbeReport {
  version: string;
  at: string;
  signIn: {
    /** Form of the credentials. */
    credentials: string;
    issuer?: string;
    area?: string;
    /** Host of the tenant's API. */
    api: string;
    /** Seconds that a token lives. */
    tokenSeconds: number;
  };
  apis: AskedApi[];
  /** Left out where no segment is listed. */
  segments?: SegmentFindings;
  transcripts?: TranscriptFindings;
  /** Without those of the sign-in. */
  calls: { made: number; most: number };
  /** null: no limit was met. */
  rateLimit: MetLimit | null;
}

const CURSOR = {
  inclusive: 'inclusive: a page begins at the millisecond of its cursor',
  exclusive: 'exclusive: a page begins behind the millisecond of its cursor',
  ignored: 'ignored: rows before the cursor come back',
  unknown: 'unknown: too few segments to tell',
};

function counted(counts: Readonly<Record<string, number>>): string {
  const words = Object.entries(counts).map(([name, count]) => `${name} ${count.toLocaleString('en-US')}`);
  return words.length === 0 ? 'none' : words.join(' · ');
}

function segmentLines(segments: SegmentFindings): [string, string][] {
  const { asked, given, largest } = segments.page;
  return [
    ['oldest', `${segments.oldest}, of the last ${segments.spanDays.toLocaleString('en-US')} days`],
    ['newest', segments.newest],
    ['cursor', CURSOR[segments.cursor]],
    ['page size', largest === undefined ? `at least ${given}: there were no more` : `${largest} (asked for ${asked})`],
    ['media', counted(segments.media)],
    ...(segments.unreadable === 0
      ? []
      : ([['unreadable', `${segments.unreadable} rows`]] satisfies [string, string][])),
  ];
}

function transcriptLines({ sample, outcomes, missingShare, languages }: TranscriptFindings): [string, string][] {
  return [
    ['transcripts', `${counted(outcomes)}, of ${sample.length} asked for`],
    ['share of 404', `${Math.round(missingShare * 100)}%`],
    ['languages', counted(languages)],
  ];
}

function limitOf(limit: MetLimit | null): string {
  if (limit === null) return 'none met';
  const { afterCalls, retryAfterSeconds } = limit;
  return `met after ${afterCalls} calls, ${retryAfterSeconds === null ? 'without a word how long to wait' : `asks to wait ${retryAfterSeconds} s`}`;
}

/**
 * The report as lines of text.
 *
 * @example renderProbe(report) // 'issuer        cxone.niceincontact.com\n…'
 */
export function renderProbe(report: ProbeReport): string {
  const { signIn, apis, segments, transcripts, calls, rateLimit } = report;
  const lines: [string, string][] = [
    ['issuer', signIn.issuer ?? 'none: the URL is the base of the API'],
    ['area', signIn.area ?? 'not named'],
    ['API', signIn.api],
    ['signed in', `${signIn.credentials}; a token lives ${signIn.tokenSeconds} s`],
    ...apis.map(({ name, use, verdict, status }): [string, string] => [
      name,
      `${verdict}${verdict === 'ok' ? '' : ` (${status === 0 ? 'no answer' : `status ${status}`})`} · ${use}`,
    ]),
    ...(segments === undefined ? ([['segments', 'none seen']] satisfies [string, string][]) : segmentLines(segments)),
    ...(transcripts === undefined ? [] : transcriptLines(transcripts)),
    ...(apis.some(({ verdict }) => verdict === 'permission missing')
      ? ([['permissions', 'docs/tenant.md says what to ask the administrator for']] satisfies [string, string][])
      : []),
    ['rate limit', limitOf(rateLimit)],
    ['calls', `${calls.made} besides the sign-in, at most ${MOST_CALLS}`],
  ];
  const width = Math.max(...lines.map(([label]) => label.length)) + 2;
  return `${lines.map(([label, text]) => `${label.padEnd(width)}${text}`).join('\n')}\n`;
}
