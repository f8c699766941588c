import { describe, expect, it } from 'vitest';
import { nameOfPart, nextRunOf, type WindowInput } from '../../../../lambdas/plan-extraction/next-run.ts';
import { parseExecutionInput } from '../../../../lambdas/shared/contracts/execution-input.ts';
import { RunId } from '../../../../lambdas/shared/contracts/ids.ts';

const at = (day: number) => new Date(Date.UTC(2026, 9, day)).toISOString();
const span = { from: at(1), to: at(9) };
const parse = (change: object = {}) => parseExecutionInput({ window: span, ...change }) as WindowInput;

describe('nextRunOf', () => {
  it.each([
    ['the rest behind what was reached', { from: at(3), to: at(9) }],
    ['the rest before it, of a window that began at its end', { from: at(1), to: at(4) }],
  ])('goes on with %s', (_name, rest) => {
    const input = parse({ order: 'newest', refetch: true, batchSize: 50, mediaTypes: ['chat'] });
    const next = nextRunOf('backfill', input, { span, notSearched: [rest] });
    expect(next).toEqual({
      runId: 'backfill-part2',
      input: { ...input, window: rest, continues: { run: 'backfill', part: 2 } },
    });
    // It is an input like any other, and its own next one is the third part of the same run.
    const third = nextRunOf('backfill-part2', parseExecutionInput(next?.input) as WindowInput, {
      span: rest,
      notSearched: [{ ...rest, from: at(2), to: at(3) }],
    });
    expect(third?.runId).toBe('backfill-part3');
  });

  it.each([
    ['nothing is left', undefined],
    ['no day was taken: the next one would take none either', [span]],
    [
      'more than one part is left',
      [
        { from: at(1), to: at(2) },
        { from: at(8), to: at(9) },
      ],
    ],
  ])('does not where %s', (_name, notSearched) => {
    expect(nextRunOf('backfill', parse(), { span, notSearched })).toBeUndefined();
  });
});

describe('nameOfPart', () => {
  it('is a name that an execution may have, and another one for each run and part', () => {
    const long = 'x'.repeat(79);
    const names = ['a', `${long}a`, `${long}b`].flatMap((run) =>
      [2, 3, 1_000_000].map((part) => nameOfPart(run, part)),
    );
    for (const name of names) expect(RunId.safeParse(name).success).toBe(true);
    expect(new Set(names).size).toBe(names.length);
    expect(nameOfPart('a', 2)).toBe('a-part2');
  });
});
