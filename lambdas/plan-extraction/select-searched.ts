/** Interactions of a span of time: a backfill's window, or what is new for a schedule. */

import type { DayRange } from '../shared/contracts.ts';
import { PipelineError } from '../shared/errors.ts';
import { type ExecutionInput, jobOptionsOf } from '../shared/execution-input.ts';
import { daySlices, daysBetween } from '../shared/runs/days.ts';
import type { UnfinishedLine } from '../shared/runs/run-records.ts';
import { storedAmong } from '../shared/runs/stored-ids.ts';
import { readBacklog, readWatermark } from '../shared/runs/watermark.ts';
import type { Planner } from './planner.ts';
import { scheduleWindow } from './schedule-window.ts';
import { searchWindow } from './search-window.ts';
import { type Candidate, nothingLeftOut, type Selection } from './selection.ts';
import { type FoundInteraction, type Knowledge, siftFound } from './sift.ts';

type WindowInput = Extract<ExecutionInput, { window: object }>;
type ScheduleInput = Extract<ExecutionInput, { schedule: object }>;
type Surroundings = Pick<Knowledge, 'claimed' | 'isErased'>;

/** What one run takes at most; a schedule that has more to catch up on goes on with its next run. */
const MAX_INTERACTIONS = 1_000_000;
/** Searching another day is not begun with less time left than this. */
const RESERVED_MS = 180_000;

/** A backfill: what the span holds and no run has stored yet. */
export function selectWindow(planner: Planner, input: WindowInput, around: Surroundings): Selection {
  const [fromMs, toMs] = [Date.parse(input.window.from), Date.parse(input.window.to)];
  const selection = searchedSelection('window', {}, jobOptionsOf(input), fromMs, toMs);
  selection.candidates = searchDays(planner, selection, around, new Map(), () => {
    throw new PipelineError('InputInvalid', 'The window holds more than one run can take: split it into smaller ones');
  });
  return selection;
}

/** A scheduled run: first what the runs before it left, then what is new. */
export async function selectScheduled(
  planner: Planner,
  input: ScheduleInput,
  around: Surroundings,
): Promise<Selection> {
  const { store, settings } = planner;
  const { name } = input.schedule;
  const scheduledMs = Date.parse(input.schedule.time);
  const reference = { schedule: name, time: new Date(scheduledMs).toISOString() };
  const watermark = (await readWatermark(store, name))?.value;
  const watermarkMs = watermark && Date.parse(watermark.watermark);
  const span = scheduleWindow(scheduledMs, planner.nowMs(), watermarkMs, settings);
  if (!span) return emptySelection({ ...reference, nothingSince: watermark?.watermark ?? '' }, input);

  const found = await readBacklog(store, watermark?.backlogKey);
  if (!found) planner.note('The backlog that the watermark names is gone: going on without it', reference);
  const backlog = found ?? [];
  const { fromMs, toMs } = span;
  const selection = searchedSelection('schedule', reference, jobOptionsOf(input), fromMs, toMs);
  if (watermark?.backlogKey !== undefined) selection.takenOverKey = watermark.backlogKey;
  async function* candidates() {
    yield* takeBacklog(planner, backlog, selection, around);
    const listed = new Map(backlog.map((line) => [line.interactionId, line.givenUpAt !== undefined]));
    yield* searchDays(planner, selection, around, listed, (reachedMs) => {
      selection.window = { from: iso(fromMs), to: iso(reachedMs) };
    });
  }
  selection.candidates = candidates();
  return selection;
}

/** Nothing to do, for the reason that the reference tells. */
export function emptySelection(reference: Record<string, string>, input: ScheduleInput): Selection {
  return { source: 'schedule', reference, options: jobOptionsOf(input), candidates: [], leftOut: nothingLeftOut() };
}

function searchedSelection(
  source: 'window' | 'schedule',
  reference: Record<string, string>,
  options: Selection['options'],
  fromMs: number,
  toMs: number,
): Selection {
  const window = { from: iso(fromMs), to: iso(toMs) };
  return { source, reference, window, options, candidates: [], leftOut: nothingLeftOut() };
}

/**
 * Searches the selection's span day by day, so that one day of interactions is in memory at a time.
 *
 * @param listed interactions that are taken care of otherwise, and whether they were given up
 * @param stop called with how far the search has come, when the rest is too much for one run
 */
async function* searchDays(
  planner: Planner,
  selection: Selection,
  around: Surroundings,
  listed: ReadonlyMap<string, boolean>,
  stop: (reachedMs: number) => void,
): AsyncGenerator<Candidate> {
  const { window, leftOut, options } = selection;
  if (!window) return;
  let taken = 0;
  const slices = daySlices(Date.parse(window.from), Date.parse(window.to));
  for (const [index, { day, fromMs, toMs }] of slices.entries()) {
    if (index > 0 && (taken >= MAX_INTERACTIONS || planner.remainingMs() < RESERVED_MS)) {
      stop(fromMs);
      return;
    }
    const found = await searchWindow(planner.search, { fromMs, toMs, mediaTypes: options.mediaTypes });
    for (const [id, isGivenUp] of listed) if (found.delete(id) && isGivenUp) leftOut.givenUp += 1;
    for await (const id of storedAmong(planner.store, [day], found)) if (found.delete(id)) leftOut.stored += 1;
    const knowledge = { ...around, nowMs: planner.nowMs() };
    for (const candidate of siftFound(foundOn(day, found), knowledge, leftOut)) {
      taken += 1;
      yield candidate;
    }
  }
}

function* foundOn(day: string, found: ReadonlyMap<string, number>): Generator<FoundInteraction> {
  for (const [interactionId, availableMs] of found) {
    yield { interactionId, days: { first: day, last: day }, availableMs };
  }
}

/** What earlier runs could not finish, those with the fewest attempts first. */
export async function* takeBacklog(
  planner: Planner,
  lines: readonly UnfinishedLine[],
  { leftOut }: Pick<Selection, 'leftOut'>,
  around: Surroundings,
): AsyncGenerator<Candidate> {
  const open = lines.filter(({ givenUpAt }) => givenUpAt === undefined);
  const wanted = new Set(open.map(({ interactionId }) => interactionId));
  for await (const id of storedAmong(planner.store, daysOf(open), wanted)) if (wanted.delete(id)) leftOut.stored += 1;
  const due = open.filter(({ interactionId }) => wanted.has(interactionId)).sort((a, b) => a.attempts - b.attempts);
  const interactions = due.map(({ interactionId, days, attempts }) => ({
    interactionId,
    attempts,
    ...(days && { days }),
  }));
  yield* siftFound(interactions, { ...around, nowMs: planner.nowMs() }, leftOut);
}

function daysOf(lines: readonly { days?: DayRange | undefined }[]): Set<string> {
  return new Set(lines.flatMap(({ days }) => (days ? daysBetween(days) : [])));
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
