/** The end of a run as people read it. Pure. */

import pc from '../terminal/colours.ts';
import { formatDuration } from '../terminal/format-duration.ts';
import { plural } from '../terminal/plural.ts';
import { adviceFor } from './advice.ts';
import { beyondRetention } from './beyond-retention.ts';
import type { RunReport } from './report.ts';

const BAR_WIDTH = 24;
const COLUMNS = 80;

const number = (value: number) => value.toLocaleString('en-US');

/** `name` counts in words; zeros are left out. */
function countsInWords(counts: readonly (readonly [number, string])[]): string {
  return counts
    .filter(([count]) => count > 0)
    .map(([count, word]) => `${number(count)} ${word}`)
    .join(' · ');
}

/** {@link countsInWords} after another count. */
function continued(counts: readonly (readonly [number, string])[]): string {
  const words = countsInWords(counts);
  return words === '' ? '' : ` · ${words}`;
}

function findingRows(findings: Record<string, number>, columns: number): string[] {
  const rows = Object.entries(findings).sort(([, a], [, b]) => b - a);
  const largest = rows[0]?.[1] ?? 1;
  const nameWidth = Math.max(0, ...rows.map(([type]) => type.length));
  // A line that is broken over two makes bars of no bar; the last column stays free.
  const room = columns - 1 - `    ${' '.repeat(nameWidth)}  ${number(largest)}`.length;
  const barWidth = Math.max(1, Math.min(BAR_WIDTH, room));
  return rows.map(([type, count]) => {
    const bar = '█'.repeat(Math.max(1, Math.round((count / largest) * barWidth)));
    return `    ${type.padEnd(nameWidth)} ${pc.cyan(bar)} ${number(count)}`;
  });
}

function heading({ status, runId, durationMs }: RunReport): string {
  const badge = status === 'SUCCEEDED' ? pc.green(status) : pc.red(status);
  return `${badge}  ${pc.bold(runId)}  in ${formatDuration(durationMs)}`;
}

function failure({ error, cause }: RunReport): string[] {
  if (error === null) return [];
  const advice = adviceFor(error);
  return [
    '',
    `  ${pc.red(error)}${cause === null ? '' : `: ${cause}`}`,
    ...(advice === undefined ? [] : [`  ${pc.yellow('→')} ${advice}`]),
  ];
}

/** What is not at the webhook yet never fails a run, but must not go unseen either. */
function undelivered({ counts: { pending, parked }, runId }: RunReport, where: string): string[] {
  if (pending + parked === 0) return [];
  const what = parked > 0 ? 'The webhook did not take them: they are parked' : 'The webhook did not take them yet';
  return [
    '',
    `  ${pc.yellow(`${number(pending + parked)} not delivered`)}: ${what}; the transcripts themselves are stored.`,
    `  ${pc.yellow('→')} When the webhook is well again: npm run -s transcripts -- redeliver ${runId}${where}`,
  ];
}

/** What the run found and did not ask for: without it, a run with nothing to do looks like one that found nothing. */
function leftOut({ leftOut: { stored, givenUp, erased, taken } }: RunReport): string[] {
  const reasons = countsInWords([
    [stored, 'stored by earlier runs'],
    [givenUp, 'given up after several runs'],
    [erased, 'erased on request'],
    [taken, 'being extracted by another run'],
  ]);
  return reasons === '' ? [] : [`  Left out       ${reasons}`];
}

/** Newer versions of transcripts that were stored before: they are among the stored. */
function superseded({ counts }: RunReport): string[] {
  return counts.superseded === 0 ? [] : [`  Superseded     ${plural(counts.superseded, 'older version')}`];
}

/** What CXone says it has analysed, and what of it is not in the lake. */
function reconciled({ reconciliation }: RunReport): string[] {
  if (reconciliation === undefined) return [];
  const { note } = reconciliation;
  if ('status' in reconciliation) return [`  Reconciled     no: ${note ?? reconciliation.status}`];
  const { expected, stored, empty, pending = 0, missing, notProcessed } = reconciliation;
  return [
    `  Reconciled     ${number(expected)} contacts${continued([
      [stored, 'stored'],
      [empty, 'empty'],
      [pending, 'pending'],
      [missing, 'missing'],
      [notProcessed, 'not processed yet'],
    ])}`,
    ...(note === undefined ? [] : [`                 ${note}`]),
  ];
}

/** Errors that the summary names; the manifest has all. */
const NAMED_FAILURES = 5;

/** Why interactions are not stored. */
function failures({ failures: all }: RunReport): string[] {
  const named = all.slice(0, NAMED_FAILURES);
  const nameWidth = Math.max(0, ...named.map(({ error }) => error.length));
  return named.map(({ error, interactions, batches }, row) => {
    const where = batches === 0 ? '' : ` in ${number(batches)} ${batches === 1 ? 'batch' : 'batches'}`;
    return `  ${row === 0 ? 'Not stored  ' : ' '.repeat(12)}   ${error.padEnd(nameWidth)} ${number(interactions)}${where}`;
  });
}

function whatWasDone({ counts, findings, masking, stateTransitions }: RunReport, columns: number): string[] {
  const found = Object.values(findings).reduce((sum, count) => sum + count, 0);
  // Below a full batch the figure says nothing about what a transcript costs.
  const perTranscript = counts.stored >= 100 ? `, ${(stateTransitions / counts.stored).toFixed(2)} a transcript` : '';
  return [
    `  Delivered      ${number(counts.delivered)} to the webhook${continued([
      [counts.pending, 'pending'],
      [counts.parked, 'parked'],
    ])}`,
    `  State machine  ${number(stateTransitions)} transitions${perTranscript}`,
    `  Personal data  ${found === 0 ? 'none found' : `${number(found)} places masked`}`,
    ...findingRows(findings, columns),
    ...masking.map(
      ({ rules, types, optionsHash }) =>
        `  Masked with    rules ${rules}, ${plural(types.length, 'type')} on, options ${optionsHash}`,
    ),
  ];
}

function whatWouldBeDone({ interactions, batches }: NonNullable<RunReport['dryRun']>): string[] {
  const parts = batches === undefined ? '' : ` in ${plural(batches, 'batch')}`;
  return [`  Dry run        ${number(interactions)} would be extracted${parts}; nothing was`];
}

/** A run that found nothing looks like one that works: what may be behind it. */
function hint({
  status,
  manifestKey,
  counts,
  leftOut: { stored, givenUp, erased, taken },
  tooOld,
  source,
}: RunReport): string[] {
  // A redelivery has none: it looks for nothing.
  if (status !== 'SUCCEEDED' || manifestKey === null) return [];
  const arrow = pc.yellow('→');
  if (tooOld !== null) return ['', `  ${arrow} ${beyondRetention(tooOld)}.`];
  if (counts.requested === 0 && stored + givenUp + erased + taken === 0) {
    return [
      '',
      `  ${arrow} Nothing was found. Does CXone, or the file of --transcripts, hold anything of that time and those media?${
        source === null || source === 'bulk-job'
          ? ''
          : ' What it has removed by age is gone: probe shows the oldest that is left.'
      }`,
    ];
  }
  if (counts.requested > 0 && counts.missing === counts.requested) {
    return ['', `  ${arrow} CXone has no transcript of any of them: check the ids and the media types.`];
  }
  return [];
}

/**
 * The summary of a run, as lines of text. Pure.
 *
 * @param places labels and paths of what to look at next
 * @param where option that names the lake to another command, such as ` --out DIR`
 * @param columns of the terminal
 * @example renderSummary(report, [['transcripts', 'out/data-lake/transcripts']]) // '\n…  Interactions   600 requested …'
 */
export function renderSummary(
  report: RunReport,
  places: readonly (readonly [string, string])[],
  where = '',
  columns = COLUMNS,
): string {
  const { counts } = report;
  const labelWidth = Math.max(0, ...places.map(([label]) => label.length));
  return [
    '',
    heading(report),
    ...failure(report),
    '',
    `  Interactions   ${number(counts.requested)} requested${continued([
      [counts.stored, 'stored'],
      [counts.missing, 'missing'],
      [counts.failed, 'failed'],
      [counts.quarantined, 'quarantined'],
      [counts.notReady, 'not ready yet'],
      [counts.duplicate, 'stored before'],
      [counts.empty, 'empty'],
      [counts.unchanged, 'unchanged'],
    ])}`,
    ...superseded(report),
    ...failures(report),
    ...leftOut(report),
    ...reconciled(report),
    ...(report.dryRun === null ? whatWasDone(report, columns) : whatWouldBeDone(report.dryRun)),
    ...hint(report),
    ...undelivered(report, where),
    '',
    ...places.map(([label, path]) => `  ${label.padEnd(labelWidth)}  ${path}`),
    '',
  ].join('\n');
}
