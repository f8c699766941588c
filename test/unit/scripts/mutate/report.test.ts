import { expect, it } from 'vitest';
import { type Result, renderReport, scoresOf, type Verdict } from '../../../../scripts/mutate/report.ts';

const result = (area: string, verdict: Verdict): Result => ({
  area,
  verdict,
  ms: 1_234,
  mutant: {
    file: 'lib/a.ts',
    line: 3,
    operator: 'boundary',
    start: 0,
    end: 1,
    text: '<',
    before: 'a > b',
    after: 'a >= b',
  },
});

it('counts what was noticed among what could have been', () => {
  const results = (['killed', 'killed', 'timed out', 'survived', 'refused', 'broken'] as const).map((verdict) =>
    result('lake', verdict),
  );
  const [lake, stack, all] = scoresOf([...results, result('stack', 'refused')]);
  expect(lake).toEqual({
    area: 'lake',
    mutants: 6,
    killed: 2,
    survived: 1,
    timedOut: 1,
    refused: 1,
    broken: 1,
    score: 0.75,
  });
  expect(stack).toMatchObject({ mutants: 1, score: 1 });
  expect(all).toMatchObject({ area: 'all', mutants: 7, refused: 2, score: 0.75 });
});

it('lists survivors with both lines, then a table', () => {
  expect(renderReport([result('lake', 'survived'), result('lake', 'killed')])).toBe(`Survivors:

lake  lib/a.ts:3  boundary
  - a > b
  + a >= b

area         mutants    killed  survived timed out   refused    broken     score
lake               2         1         1         0         0         0     50.0%
all                2         1         1         0         0         0     50.0%
`);
});
