/** From a sheet that was filled in to counts, recall and precision. Pure. */
import type { SheetLine } from './sheet.ts';

/** Counts of places. */
export interface PlaceCounts {
  masked: number;
  /** Of these, what should have stayed. */
  wrong: number;
  /** Should have been masked. */
  missed: number;
}

/** All that is kept of a sample: no id, no text. */
export interface SampleCounts {
  /** Interactions that were drawn, and that somebody has looked at: something is written in one of their lines. */
  drawn: number;
  checked: number;
  all: PlaceCounts;
  /** Shares of all rows of the lake, not of the sample: each interaction counts for as many as it stands for. */
  estimate: { recall: Share; precision: Share };
  byType: Record<string, PlaceCounts>;
  byMedium: Record<string, PlaceCounts>;
}

/** A share by weight, and the number of places, equally weighted, that would tell as much. */
export interface Share {
  share: number;
  places: number;
}

/**
 * What a sheet comes to. An interaction without a figure in any of its lines was not looked at, and counts nowhere; where one has a
 * figure, an empty cell is 0.
 *
 * @example countSheet(readSheet(text)).byType.PERSON // { masked: 40, wrong: 1, missed: 3 }
 */
export function countSheet(lines: readonly SheetLine[]): SampleCounts {
  const interactions = [...Map.groupBy(lines, ({ number }) => number).values()];
  const checked = interactions.filter((own) => own.some(({ wrong, missed }) => (wrong ?? missed) !== undefined));
  const seen = checked.flat();
  const group = (nameOf: (line: SheetLine) => string) => {
    const groups = [...Map.groupBy(seen, nameOf)].filter(([name]) => name !== '');
    return Object.fromEntries(groups.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, own]) => [name, sum(own)]));
  };
  return {
    drawn: interactions.length,
    checked: checked.length,
    all: sum(seen),
    estimate: {
      recall: weighted(seen, rightly, ({ missed = 0 }) => missed),
      precision: weighted(seen, rightly, ({ wrong = 0 }) => wrong),
    },
    byType: group(({ type }) => type),
    byMedium: group(({ mediaType }) => mediaType),
  };
}

function rightly({ masked, wrong = 0 }: SheetLine): number {
  return masked - wrong;
}

function sum(lines: readonly SheetLine[]): PlaceCounts {
  const total = (of: (line: SheetLine) => number) => lines.reduce((before, line) => before + of(line), 0);
  return {
    masked: total(({ masked }) => masked),
    wrong: total(({ wrong = 0 }) => wrong),
    missed: total(({ missed = 0 }) => missed),
  };
}

/** The share of good places by weight; the number of places after Kish: the square of the sum over the sum of squares. */
function weighted(
  lines: readonly SheetLine[],
  good: (line: SheetLine) => number,
  bad: (line: SheetLine) => number,
): Share {
  let hits = 0;
  let all = 0;
  let squares = 0;
  for (const line of lines) {
    const places = good(line) + bad(line);
    hits += line.weight * good(line);
    all += line.weight * places;
    squares += line.weight * line.weight * places;
  }
  return all === 0 ? { share: 0, places: 0 } : { share: hits / all, places: (all * all) / squares };
}
