/** Interactions of a span of time: a backfill's window, or what is new for a schedule. */

import { PipelineError } from '../../shared/contracts/errors.ts';
import { type ExecutionInput, jobOptionsOf } from '../../shared/contracts/execution-input.ts';
import { dayOf, daySlices } from '../../shared/lib/days.ts';
import { IdSet } from '../../shared/lib/id-set.ts';
import type { UnfinishedLine } from '../../shared/runs/run-records.ts';
import { storedAmong, storedVersions } from '../../shared/runs/stored-ids.ts';
import { readBacklog, readWatermark } from '../../shared/runs/watermark.ts';
import type { Discovery } from '../../shared/vendor/transcript-source.ts';
import type { WindowInput } from '../next-run.ts';
import type { Planner } from '../planner.ts';
import type { SearchSpan } from '../planning.ts';
import { searchedFromEnd } from '../search/newest-first.ts';
import { listSlices, overlapping, reachOf, readSlices, type Slice, within } from '../search/search-slices.ts';
import { assertKnownForm } from './assert-known-form.ts';
import { decideFound, type FoundInteraction, type Knowledge } from './decide-outcome.ts';
import { type Candidate, nothingRead, type Selection } from './selection.ts';
import { takeBacklog } from './take-backlog.ts';
import { lateOf, takeLate, takeOut } from './take-late.ts';
import { type TakesAgain, takesAgainOf } from './takes-again.ts';
import { unreadableRows } from './unreadable-rows.ts';

type ScheduleInput = Extract<ExecutionInput, { schedule: object }>;
type Surroundings = Pick<Knowledge, 'claimed' | 'isErased'>;

/** The interactions of a backfill: what the span holds and no run has stored yet. */
export function selectWindow(
  planner: Planner,
  runId: string,
  input: WindowInput,
  span: SearchSpan,
  around: Surroundings,
): Selection {
  if (input.refetch && planner.newVersions === 'never') throw hasNoVersions();
  const selection = searchedSelection('window', {}, input, span);
  selection.rest = { input, span };
  selection.candidates = foundCandidates(planner, runId, selection, span, around, []);
  return selection;
}

/**
 * The interactions of a scheduled run: first what is new, then what came late, then what the runs before it left. What
 * has failed before is likeliest to fail again, and must not stop the run before it has come to what is new.
 *
 * @throws PipelineError `DataLakeUnavailable`, `DataLakeRejected`, `ContractViolation`
 */
export async function selectScheduled(
  planner: Planner,
  runId: string,
  input: ScheduleInput,
  span: SearchSpan | undefined,
  around: Surroundings,
): Promise<Selection> {
  const { name, time } = input.schedule;
  const reference = { schedule: name, time: iso(Date.parse(time)) };
  const watermark = (await readWatermark(planner.store, name))?.value;
  if (!span) return emptySelection({ ...reference, nothingSince: watermark?.watermark ?? '' }, input);

  const found = await readBacklog(planner.store, watermark?.backlogKey);
  if (!found) planner.note('The backlog that the watermark names is gone: going on without it', reference);
  const backlog = found ?? [];
  const selection = searchedSelection('schedule', reference, input, span);
  if (watermark?.backlogKey !== undefined) selection.takenOverKey = watermark.backlogKey;
  const late = await lateOf(planner, runId, name);
  const searched = foundCandidates(planner, runId, selection, span, around, backlog);
  async function* candidates() {
    yield* takeOut(late, searched);
    yield* takeLate(planner, late, backlog, selection, around);
    yield* takeBacklog(planner, backlog, selection, around);
  }
  selection.candidates = candidates();
  return selection;
}

/**
 * A selection of nothing, for the reason that the reference tells.
 *
 * @example emptySelection({ schedule: 'daily', time, takenBy: 'daily-1' }, input).candidates // []
 */
export function emptySelection(reference: Record<string, string>, input: ScheduleInput): Selection {
  return { source: 'schedule', reference, options: jobOptionsOf(input), candidates: [], ...nothingRead() };
}

function hasNoVersions(): PipelineError {
  return new PipelineError(
    'InputInvalid',
    'Invalid execution input: refetch is for sources whose transcripts have versions, which bulk jobs have not: leave it out',
  );
}

function searchedSelection(
  source: 'window' | 'schedule',
  reference: Record<string, string>,
  input: WindowInput | ScheduleInput,
  { from, to, order, refetch }: SearchSpan,
): Selection {
  const options = jobOptionsOf(input);
  const how = { ...(order && { order }), ...(refetch && { refetch }) };
  return { source, reference, window: { from, to }, ...how, options, candidates: [], ...nothingRead() };
}

/**
 * What the search of the span has found, day by day, so that one day of interactions is in memory at a time; each
 * interaction once, whatever the vendor's clock did to it between two calls.
 *
 * @param backlog interactions that are taken care of otherwise
 * @throws PipelineError `ContractViolation` for rows of an unknown form, `DataLakeUnavailable`, `DataLakeRejected`
 */
export async function* foundCandidates(
  planner: Planner,
  runId: string,
  selection: Selection,
  span: SearchSpan,
  around: Surroundings,
  backlog: readonly UnfinishedLine[],
): AsyncGenerator<Candidate> {
  const { leftOut } = selection;
  const [fromMs, sinceMs, toMs] = [Date.parse(span.from), Date.parse(span.since), Date.parse(span.to)];
  const slices = await listSlices(planner.store, runId);
  const listed = new Map(backlog.map((line) => [line.interactionId, line]));
  const taken = new IdSet();
  const unreadable = new Set<string>();
  let readable = 0;
  const isNewest = span.order === 'newest';
  const isRefetch = span.refetch === true;
  const newDays = isNewest
    ? searchedFromEnd(slices, sinceMs, toMs)
    : daySlices(sinceMs, reachOf(slices, sinceMs, toMs));
  const lastDay = newDays.at(-1);
  let reachedMs = isNewest ? (lastDay?.fromMs ?? toMs) : (lastDay?.toMs ?? sinceMs);
  const lookedBackMs = reachOf(slices, fromMs, sinceMs);

  const parts = [
    { days: newDays, isAgain: isRefetch, holding: within },
    { days: daySlices(fromMs, lookedBackMs), isAgain: isRefetch, holding: within },
    { days: recheckedDays(slices, span), isAgain: true, holding: overlapping },
  ];
  for (const { days: part, isAgain, holding } of parts) {
    const takesAgain = takesAgainOf(planner.newVersions, isAgain);
    for (const { day, ...slice } of part) {
      // What came late is a small part of what was new, and the next run would not look for it any more.
      if ((isNewest || slice.fromMs > sinceMs) && taken.size >= planner.settings.maxInteractions) {
        reachedMs = isNewest ? slice.toMs : slice.fromMs;
        break;
      }
      const result = await readSlices(planner.store, holding(slices, slice));
      for (const id of result.unreadable) unreadable.add(id);
      readable += result.found.size;
      const days = new Set(
        [...result.found.values()].map(({ startMs }) => (startMs === undefined ? day : dayOf(startMs))),
      );
      const held = await removeSettled(planner, result.found, days, listed, leftOut, takesAgain);
      const fresh = [...foundOn(day, result.found, held, planner)].filter(({ interactionId }) =>
        taken.add(interactionId),
      );
      const knowledge = { ...around, leavesClaimed: selection.source !== 'schedule', nowMs: planner.nowMs() };
      yield* decideFound(byStartDay(fresh), knowledge, leftOut);
    }
  }
  assertKnownForm(readable, unreadable);
  noteReach(selection, span, reachedMs, lookedBackMs);
  for (const id of unreadable) if (taken.has(id)) unreadable.delete(id);
  yield* unreadableRows(planner, { ids: unreadable, span, listed }, selection, around);
}

/**
 * By the day of their start: what became available on a day began on several, and a batch notes, and is looked for under, each
 * day that it holds. Those of one day stay in the order in which they became available: the source lists them once more.
 */
function byStartDay(found: readonly FoundInteraction[]): FoundInteraction[] {
  const dayOfStart = ({ days }: FoundInteraction) => days?.first ?? '';
  return found.toSorted((a, b) => Number(dayOfStart(a) > dayOfStart(b)) - Number(dayOfStart(a) < dayOfStart(b)));
}

/** What was searched of what is to be fetched again; a rest of it is left: it was taken once. */
function recheckedDays(slices: readonly Slice[], { recheck }: SearchSpan): ReturnType<typeof daySlices> {
  if (!recheck) return [];
  const fromMs = Date.parse(recheck.from);
  return daySlices(fromMs, reachOf(slices, fromMs, Date.parse(recheck.to)));
}

/** Takes out what is listed or stored, and counts it. Returns the version of what is stored and to be fetched again. */
async function removeSettled(
  { store }: Planner,
  found: Discovery['found'],
  days: Iterable<string>,
  listed: ReadonlyMap<string, UnfinishedLine>,
  leftOut: Selection['leftOut'],
  takesAgain: TakesAgain | undefined,
): Promise<Map<string, string>> {
  for (const [id, { givenUpAt }] of listed) if (found.delete(id) && givenUpAt !== undefined) leftOut.givenUp += 1;
  if (takesAgain === undefined) {
    for await (const id of storedAmong(store, days, found)) if (found.delete(id)) leftOut.stored += 1;
    return new Map();
  }
  const held = new Map<string, string>();
  for await (const { interactionId, version = '' } of storedVersions(store, days, found)) {
    if (version >= (held.get(interactionId) ?? '')) held.set(interactionId, version);
  }
  for (const [id, version] of held) {
    const one = found.get(id);
    if (one && takesAgain(one, version)) continue;
    if (found.delete(id)) leftOut.stored += 1;
    held.delete(id);
  }
  return held;
}

/** The watermark moves as far as the new part was searched; what of the span was not searched is told. */
function noteReach(
  selection: Selection,
  { from, since, to, order }: SearchSpan,
  reachedMs: number,
  lookedBackMs: number,
): void {
  if (order === 'newest') {
    // A window has no look-back: what is left lies before what was reached.
    selection.window = { from: iso(reachedMs), to };
    if (from < iso(reachedMs)) selection.notSearched = [{ from, to: iso(reachedMs) }];
    return;
  }
  selection.window = { from, to: iso(reachedMs) };
  const spans = [
    { from: iso(reachedMs), to },
    { from: iso(lookedBackMs), to: since },
  ];
  const notSearched = spans.filter((span) => span.from < span.to);
  if (notSearched.length > 0) selection.notSearched = notSearched;
}

/** @param day of those whose start the vendor does not say */
function* foundOn(
  day: string,
  found: Discovery['found'],
  held: ReadonlyMap<string, string>,
  { nowMs, newVersions }: Planner,
): Generator<FoundInteraction> {
  for (const { interactionId, startMs, availableMs, aliases } of found.values()) {
    const start = startMs === undefined ? day : dayOf(startMs);
    const version = held.get(interactionId);
    // Where a job has it, its availability says no more once it has come.
    const isToKnow = newVersions !== 'never' || availableMs > nowMs();
    yield {
      interactionId,
      days: { first: start, last: start },
      ...(isToKnow && { availableMs }),
      ...(aliases && { aliases }),
      ...(version !== undefined && { heldVersion: version }),
    };
  }
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
