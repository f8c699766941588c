/** The spans of time that runs search. */
import { PipelineError } from '../../shared/contracts/errors.ts';
import type { ExecutionInput } from '../../shared/contracts/execution-input.ts';
import type { Plan, TimeWindow } from '../../shared/runs/run-records.ts';
import { readWatermark } from '../../shared/runs/watermark.ts';
import type { WindowInput } from '../next-run.ts';
import type { Planner } from '../planner.ts';
import type { SearchSpan } from '../planning.ts';
import { recheckWindow, scheduleWindow } from './schedule-window.ts';

type ScheduleInput = Extract<ExecutionInput, { schedule: object }>;

/**
 * The span of a backfill: all of it is new.
 *
 * @example
 * spanOfWindow({ window: { from: '2026-11-20T00:00:00+01:00', to: '2026-11-21T00:00:00Z' }, … })
 * // { from: '2026-11-19T23:00:00.000Z', since: '2026-11-19T23:00:00.000Z', to: '2026-11-21T00:00:00.000Z' }
 */
export function spanOfWindow({ window, order, refetch }: WindowInput): SearchSpan {
  const [from, to] = [iso(Date.parse(window.from)), iso(Date.parse(window.to))];
  return { from, since: from, to, ...(order === 'newest' && { order }), ...(refetch && { refetch }) };
}

/**
 * The span of a scheduled run, as far as its schedule has come; undefined when there is nothing new.
 *
 * @throws PipelineError `DataLakeUnavailable`, `DataLakeRejected`, `ContractViolation`
 */
export async function spanOfSchedule(planner: Planner, input: ScheduleInput): Promise<SearchSpan | undefined> {
  const { store, settings, nowMs } = planner;
  if (settings.recheckAfterMs > 0 && planner.newVersions === 'never') throw cannotRecheck();
  const { name, time } = input.schedule;
  const watermark = (await readWatermark(store, name))?.value;
  const watermarkMs = watermark && Date.parse(watermark.watermark);
  const span = scheduleWindow(Date.parse(time), nowMs(), watermarkMs, settings);
  if (!span) return undefined;
  const recheck = recheckWindow(span, settings.recheckAfterMs, settings.startMs);
  return {
    from: iso(span.fromMs),
    since: iso(span.sinceMs),
    to: iso(span.toMs),
    ...(recheck && { recheck: { from: iso(recheck.fromMs), to: iso(recheck.toMs) } }),
  };
}

/**
 * What an earlier run was to search and has not, undefined where that is nothing. What lies between two such parts is
 * searched again with the look-back: what is stored by then is left out. It is searched in the way of the earlier run.
 *
 * @param plan of the earlier run
 * @example [10-12 o'clock, which was new; 3-5 o'clock, of the look-back] -> new from 10 to 12, look-back from 3 on
 */
export function spanOfRest(
  notSearched: readonly TimeWindow[] | undefined,
  { order, refetch }: Pick<Plan, 'order' | 'refetch'>,
): SearchSpan | undefined {
  if (!notSearched || notSearched.length === 0) return undefined;
  const starts = notSearched.map(({ from }) => from).sort();
  const ends = notSearched.map(({ to }) => to).sort();
  const rest = { from: starts[0] as string, since: starts.at(-1) as string, to: ends.at(-1) as string };
  return { ...rest, ...(order && { order }), ...(refetch && { refetch }) };
}

function cannotRecheck(): PipelineError {
  return new PipelineError(
    'ConfigInvalid',
    'Invalid configuration: RECHECK_AFTER_DAYS is for sources whose transcripts have versions, which bulk jobs have not: set it to 0',
  );
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
