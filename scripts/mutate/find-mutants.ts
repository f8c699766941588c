import { isNoise } from './noise.ts';
import { OPERATORS } from './operators.ts';
import { sitesOf } from './syntax.ts';

/** A source with one change. */
export interface Mutant {
  /** From the project's folder. */
  file: string;
  /** From 1. */
  line: number;
  operator: string;
  /** The change: this part of the source becomes `text`. */
  start: number;
  end: number;
  text: string;
  /** The lines of the change, without and with it, clipped. */
  before: string;
  after: string;
}

const CLIPPED = 160;

/**
 * All mutants of a source, in its order; wording and log lines are left alone.
 *
 * @example
 * findMutants('a.ts', 'export const isLong = (text: string) => text.length > 80;')
 * // three: `<= 80`, `>= 80`, `> 160` and `> 40`, each with operator, line and both texts
 */
export function findMutants(file: string, source: string): Mutant[] {
  const found = new Map<string, Mutant>();
  for (const site of sitesOf(source)) {
    if (isNoise(site)) continue;
    for (const [operator, changesTo] of Object.entries(OPERATORS)) {
      for (const change of changesTo(site, source)) {
        const { start, end, text } = change;
        if (source.slice(start, end) === text) continue;
        const id = `${start} ${end} ${text}`;
        if (!found.has(id)) found.set(id, { file, operator, ...change, ...shown(source, start, end, text) });
      }
    }
  }
  return [...found.values()].sort((a, b) => a.start - b.start || a.end - b.end);
}

/**
 * The source with the change of the mutant.
 *
 * @example mutated('a < b', { …, start: 2, end: 3, text: '<=' }) // 'a <= b'
 */
export const mutated = (source: string, { start, end, text }: Mutant): string =>
  source.slice(0, start) + text + source.slice(end);

function shown(source: string, start: number, end: number, text: string): Pick<Mutant, 'line' | 'before' | 'after'> {
  const from = source.lastIndexOf('\n', start - 1) + 1;
  const to = source.indexOf('\n', end) < 0 ? source.length : source.indexOf('\n', end);
  return {
    line: source.slice(0, start).split('\n').length,
    before: clip(source.slice(from, to)),
    after: clip(source.slice(from, start) + text + source.slice(end, to)),
  };
}

function clip(lines: string): string {
  const line = lines.trim().replace(/\s+/g, ' ');
  return line.length <= CLIPPED ? line : `${line.slice(0, CLIPPED - 1)}…`;
}
