/** What an earlier run left undone. */

import { PipelineError } from '../../shared/contracts/errors.ts';
import { parseExecutionInput } from '../../shared/contracts/execution-input.ts';
import { isNameless } from '../../shared/contracts/nameless-row.ts';
import { findPlan } from '../../shared/runs/read-plan.ts';
import { Manifest, type Plan, type TimeWindow, type UnfinishedLine } from '../../shared/runs/run-records.ts';
import { readBacklog } from '../../shared/runs/watermark.ts';
import { keys } from '../../shared/storage/layout.ts';
import { readJson } from '../../shared/storage/read-json.ts';
import type { WindowInput } from '../next-run.ts';
import type { Planner } from '../planner.ts';
import type { SearchSpan } from '../planning.ts';
import { checkedIds } from '../search/checked-ids.ts';
import type { Knowledge } from './decide-outcome.ts';
import { foundCandidates } from './select-searched.ts';
import { type Candidate, nothingRead, type Selection } from './selection.ts';
import { takeBacklog } from './take-backlog.ts';

/** What a recorded run has left. */
export interface Unfinished {
  plan: Plan;
  manifest: Manifest;
  lines: UnfinishedLine[];
  /** What it has not searched, and no run that it has started has begun with. */
  rest?: TimeWindow[];
  /** What the run that was to go on with the rest of a window is told. */
  restInput?: WindowInput;
}

/**
 * The plan and the manifest of a recorded run, and what it could not finish, given up or not: a person wants it now.
 * Rows that did not say whose they were are left out: nothing can be asked for by them.
 *
 * @throws PipelineError `InputInvalid` when the run has left nothing to go by
 */
export async function readUnfinished({ store }: Planner, otherRunId: string): Promise<Unfinished> {
  const plan = await findPlan(store, otherRunId);
  const manifest = (await readJson(store, keys.manifest(otherRunId), Manifest))?.value;
  if (!plan || !manifest) {
    throw new PipelineError(
      'InputInvalid',
      'retryRun names a run of which too little is left to go by: start it again with its own input',
    );
  }
  const lines = await readBacklog(store, manifest.unfinishedKey);
  if (!lines) {
    throw new PipelineError('InputInvalid', 'retryRun names a run whose list of unfinished interactions has expired');
  }
  const isGoneOnWith = manifest.continuedBy !== undefined && (await store.head(keys.input(manifest.continuedBy)));
  const restInput = plan.next && parseExecutionInput(plan.next.input);
  return {
    plan,
    manifest,
    lines: lines.filter(({ interactionId }) => !isNameless(interactionId)),
    ...(manifest.notSearched && !isGoneOnWith && { rest: manifest.notSearched }),
    ...(restInput && 'window' in restInput && { restInput }),
  };
}

/**
 * The ids of those that may still be too early: they are looked up once more.
 *
 * @example waitingAmong([{ interactionId: 'int-1', outcome: 'notReady', attempts: 1 }]) // ['int-1']
 */
export function waitingAmong(lines: readonly UnfinishedLine[]): string[] {
  return lines.filter(({ outcome }) => outcome === 'notReady').map(({ interactionId }) => interactionId);
}

/**
 * The unfinished interactions of a run, each taken once more, and then what the run was to search and has not.
 *
 * @throws PipelineError as {@link readUnfinished}
 */
export async function selectRetry(
  planner: Planner,
  runId: string,
  otherRunId: string,
  span: SearchSpan | undefined,
  around: Pick<Knowledge, 'claimed' | 'isErased'>,
): Promise<Selection> {
  const { plan, manifest, lines, restInput } = await readUnfinished(planner, otherRunId);
  const selection: Selection = {
    source: 'retryRun',
    reference: { run: otherRunId },
    options: plan.options,
    ...(plan.order && { order: plan.order }),
    ...(plan.refetch && { refetch: plan.refetch }),
    candidates: [],
    ...nothingRead(),
    ...(manifest.unfinishedKey !== undefined && { takenOverKey: manifest.unfinishedKey }),
    ...(span && restInput && { rest: { input: restInput, span } }),
  };
  const due = lines.map(({ givenUpAt: _, ...line }) => line);
  async function* candidates() {
    yield* setEarlyAside(planner, runId, lines, takeBacklog(planner, due, selection, around));
    if (span) yield* foundCandidates(planner, runId, selection, span, around, due);
  }
  selection.candidates = candidates();
  return selection;
}

/**
 * The retry may come too early: what was not ready is looked up once more. A job would only lack it, which looks as if
 * there were no transcript, and no later run would come back.
 */
async function* setEarlyAside(
  planner: Planner,
  runId: string,
  lines: readonly UnfinishedLine[],
  candidates: AsyncIterable<Candidate>,
): AsyncGenerator<Candidate> {
  const early = new Set<string>();
  for await (const { interactionId, decided } of checkedIds(planner, runId, waitingAmong(lines), listReplaced)) {
    if (decided === 'notReady') early.add(interactionId);
  }
  for await (const candidate of candidates) {
    const isEarly = candidate.decided === undefined && early.has(candidate.interactionId);
    yield isEarly ? { ...candidate, decided: 'notReady' } : candidate;
  }
}

/** The other run was recorded once more in between: the next attempt goes by its new list. */
function listReplaced(): PipelineError {
  return new PipelineError('DataLakeUnavailable', 'The list of what the other run left was written anew');
}
