/** The run that goes on with a window where one run has come to its limits. Pure. */
import { createHash } from 'node:crypto';
import type { ExecutionInput } from '../shared/contracts/execution-input.ts';
import type { Plan, TimeWindow } from '../shared/runs/run-records.ts';

/** The input of a run over a window. */
export type WindowInput = Extract<ExecutionInput, { window: object }>;

/** What Step Functions takes for a name. */
const LONGEST_NAME = 80;
/** Of a name that is too long, so that two of them stay apart. */
const DIGEST_LETTERS = 8;

/**
 * The name of a further part of a window: the same whoever starts it, so that a second start finds the first.
 *
 * @param run that has begun the window
 * @example nameOfPart('backfill', 2) // 'backfill-part2'
 */
export function nameOfPart(run: string, part: number): string {
  const suffix = `-part${part}`;
  if (run.length + suffix.length <= LONGEST_NAME) return run + suffix;
  const digest = createHash('sha256').update(run).digest('hex').slice(0, DIGEST_LETTERS);
  return `${run.slice(0, LONGEST_NAME - suffix.length - DIGEST_LETTERS - 1)}-${digest}${suffix}`;
}

/**
 * Name and input of the run that goes on with the rest; undefined where there is none, and where the run has come nowhere:
 * the next one would do no better.
 *
 * @param input of the run, or of the one whose work it has taken over
 * @param searched the span that the run was to search, and what of it was not searched
 * @example
 * nextRunOf('backfill', input, { span: years, notSearched: [lastYear] })
 * // { runId: 'backfill-part2', input: { …input, window: lastYear, continues: { run: 'backfill', part: 2 } } }
 */
export function nextRunOf(
  runId: string,
  input: WindowInput,
  { span, notSearched }: { span: TimeWindow; notSearched: readonly TimeWindow[] | undefined },
): Plan['next'] {
  const [rest, ...others] = notSearched ?? [];
  if (rest === undefined || others.length > 0) return undefined;
  if (rest.from === span.from && rest.to === span.to) return undefined;
  const { run, part } = input.continues ?? { run: runId, part: 1 };
  const window = { from: rest.from, to: rest.to };
  return {
    runId: nameOfPart(run, part + 1),
    input: { ...input, window, continues: { run, part: part + 1 } },
  };
}
