import type { Mutant } from './find-mutants.ts';

/**
 * What became of a mutant. `refused`: the type checker does not take it, so it could not have been shipped; like `broken`,
 * where the tests gave no result, it does not count.
 */
export type Verdict = 'killed' | 'survived' | 'timed out' | 'refused' | 'broken';

export interface Result {
  area: string;
  mutant: Mutant;
  verdict: Verdict;
  /** The test that noticed it. */
  by?: string;
  ms: number;
}

export interface Score {
  area: string;
  mutants: number;
  killed: number;
  survived: number;
  timedOut: number;
  refused: number;
  broken: number;
  /** Share of the counted ones that were noticed: killed or timed out. 1 where none counts. */
  score: number;
}

/**
 * One score for each area in order of appearance, and one of all.
 *
 * @example scoresOf(results).map(({ area }) => area) // ['decisions', …, 'all']
 */
export function scoresOf(results: readonly Result[]): Score[] {
  const areas = [...new Set(results.map(({ area }) => area))];
  return [
    ...areas.map((area) =>
      scoreOf(
        area,
        results.filter((one) => one.area === area),
      ),
    ),
    scoreOf('all', results),
  ];
}

function scoreOf(area: string, results: readonly Result[]): Score {
  const count = (verdict: Verdict) => results.filter((one) => one.verdict === verdict).length;
  const [killed, survived, timedOut] = [count('killed'), count('survived'), count('timed out')];
  const noticed = killed + timedOut;
  const score = noticed + survived === 0 ? 1 : noticed / (noticed + survived);
  return {
    area,
    mutants: results.length,
    killed,
    survived,
    timedOut,
    refused: count('refused'),
    broken: count('broken'),
    score,
  };
}

/**
 * A mutant and what became of it, for one line of progress.
 *
 * @example renderResult(result) // 'killed      1.2 s  decisions  lambdas/a.ts:12  boundary'
 */
export const renderResult = ({ area, mutant, verdict, ms }: Result): string =>
  `${verdict.padEnd(9)} ${(ms / 1000).toFixed(1).padStart(5)} s  ${area}  ${mutant.file}:${mutant.line}  ${mutant.operator}`;

/**
 * The survivors with their sources, then the table by area.
 *
 * @example renderReport(results) // 'Survivors:\n\ndecisions  lambdas/a.ts:12  boundary\n  - …\n  + …\n\n…'
 */
export function renderReport(results: readonly Result[]): string {
  const survivors = results.filter(({ verdict }) => verdict === 'survived');
  const listed = survivors.map(
    ({ area, mutant }) =>
      `${area}  ${mutant.file}:${mutant.line}  ${mutant.operator}\n  - ${mutant.before}\n  + ${mutant.after}\n`,
  );
  return `${listed.length > 0 ? `Survivors:\n\n${listed.join('\n')}\n` : ''}${renderTable(scoresOf(results))}`;
}

const COLUMNS = ['area', 'mutants', 'killed', 'survived', 'timed out', 'refused', 'broken', 'score'];

function renderTable(scores: readonly Score[]): string {
  const rows = scores.map((one) => [
    one.area,
    ...[one.mutants, one.killed, one.survived, one.timedOut, one.refused, one.broken].map(String),
    `${(one.score * 100).toFixed(1)}%`,
  ]);
  const line = (cells: readonly string[]) =>
    cells.map((cell, i) => (i === 0 ? cell.padEnd(10) : cell.padStart(10))).join('');
  return `${[COLUMNS, ...rows].map(line).join('\n')}\n`;
}
