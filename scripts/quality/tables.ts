/** Figures as rows of Markdown. */
import { wilson } from '../../lambdas/shared/lib/wilson.ts';
import type { HalfFigures } from './figures.ts';
import type { Tally } from './score.ts';
import { CASINGS } from './score-items.ts';

/**
 * A share with its 95% interval, in percent.
 *
 * @example share(9, 10) // '90.0% (59.6 to 98.2)'
 */
function share(hits: number, of: number): string {
  if (of === 0) return '–';
  const [from, to] = wilson(hits, of);
  return `${percent(hits / of)}% (${percent(from)} to ${percent(to)})`;
}

function percent(part: number): string {
  return (100 * part).toFixed(1);
}

/** False alarms per 1,000 words, with their interval. */
function alarmRate(alarms: number, words: number): string {
  if (words === 0) return '–';
  const [from, to] = wilson(alarms, words);
  return `${((1000 * alarms) / words).toFixed(2)} (${(1000 * from).toFixed(2)} to ${(1000 * to).toFixed(2)})`;
}

/** The sums over all types of a tally. */
function sums({ byType }: Tally) {
  const rows = Object.values(byType);
  const sum = (of: (row: (typeof rows)[number]) => number) => rows.reduce((total, row) => total + of(row), 0);
  return {
    gold: sum(({ gold }) => gold),
    found: sum(({ found }) => found),
    findings: sum(({ findings }) => findings),
    alarms: sum(({ alarms }) => alarms),
  };
}

const HEADS =
  'found (recall) | of what is masked, rightly (precision) | masked of what should stay (over-masking) | false alarms per 1,000 words';

/** One row of sums: the label, then what {@link HEADS} says. */
function sumRow(label: string, tally: Tally): string {
  const { gold, found, findings, alarms } = sums(tally);
  return `| ${label} | ${found}/${gold}: ${share(found, gold)} | ${share(findings - alarms, findings)} | ${share(tally.overmasked, tally.plain)} | ${alarmRate(alarms, tally.words)} |`;
}

/**
 * The sums by casing, and by medium and casing.
 *
 * @example sumTable(figures).split('\n')[2] // '| all, as written | 1001/1100: 91.0% (…) | … |'
 */
export function sumTable({ all, media }: HalfFigures): string {
  const rows = Object.entries({ all, ...media }).flatMap(([name, tallies]) =>
    CASINGS.map((casing) => sumRow(`${name}, ${casing}`, tallies[casing])),
  );
  return [`| | ${HEADS} |`, '|---|---|---|---|---|', ...rows].join('\n');
}

/**
 * What was found of each type, the commonest first: as written, and in lower case.
 *
 * @example typeTable(figures).split('\n')[2] // '| `PERSON` | 250/260: 96.2% (…) | … |'
 */
export function typeTable({ all }: HalfFigures): string {
  const written = all['as written'];
  const lower = all['lower case'];
  const names = [...new Set([...Object.keys(written.byType), ...Object.keys(lower.byType)])];
  const goldOf = (name: string) => written.byType[name]?.gold ?? 0;
  names.sort((a, b) => goldOf(b) - goldOf(a) || a.localeCompare(b));
  const rows = names.map((name) => {
    const cells = [written, lower].flatMap((tally) => {
      const { gold = 0, found = 0, alarms = 0 } = tally.byType[name] ?? {};
      return [gold === 0 ? '–' : `${found}/${gold}: ${share(found, gold)}`, alarmRate(alarms, tally.words)];
    });
    const { found = 0, typed = 0 } = written.byType[name] ?? {};
    return `| \`${name}\` | ${cells.join(' | ')} | ${found === 0 ? '–' : share(typed, found)} |`;
  });
  return [
    '| type | found | false alarms per 1,000 words | found in lower case | false alarms in lower case | of those found, under this name |',
    '|---|---|---|---|---|---|',
    ...rows,
  ].join('\n');
}

/**
 * One row a version of the rules: what was found of all, in both halves.
 *
 * @example versionRow('1.3.0', undefined, undefined) // '| 1.3.0 | not scored | not scored |'
 */
export function versionRow(version: string, open: HalfFigures | undefined, held: HalfFigures | undefined): string {
  const cells = [open, held].map((half) => {
    if (half === undefined) return 'not scored';
    const [asWritten, lower] = CASINGS.map((casing) => sums(half.all[casing]));
    return `${share(asWritten?.found ?? 0, asWritten?.gold ?? 0)}; lower case ${share(lower?.found ?? 0, lower?.gold ?? 0)}`;
  });
  return `| ${version} | ${cells.join(' | ')} |`;
}
