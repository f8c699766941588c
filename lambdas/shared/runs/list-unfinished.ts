/** The interactions of a run that a later one is to take again. */
import { idsOf } from '../contracts/aliases.ts';
import { Batch } from '../contracts/batch.ts';
import { isNameless } from '../contracts/nameless-row.ts';
import { ownValue } from '../lib/own-value.ts';
import type { ObjectStorage } from '../storage/object-store.ts';
import { readJsonLines, readJsonLinesIfAny } from '../storage/read-json.ts';
import { ERASED } from '../storage/tombstones.ts';
import { type AttemptLimit, giveUp } from './merge-backlog.ts';
import { DecidedLine, type Plan, UnfinishedLine } from './run-records.ts';
import type { Tally, Unstored } from './tally.ts';

/** Why an interaction was left to another run that is at it; that is no attempt of this one. */
export const TAKEN_BY_OTHER_RUN = 'TakenByOtherRun';

/**
 * The interactions whose transcript could not be stored, and those that are not ready. A schedule asks again for what
 * the vendor listed without having a transcript of it, a limited number of times; what is still missing then stays on
 * the list as given up, or the next search would find it once more.
 *
 * @throws PipelineError `DataLakeUnavailable`, `DataLakeRejected`, `ContractViolation`
 * @example
 * await listUnfinished(store, plan, tally, limit)
 * // [{ interactionId: 'int-7', outcome: 'failed', attempts: 1, … }]
 */
export async function listUnfinished(
  store: ObjectStorage,
  plan: Plan,
  tally: Pick<Tally, 'unstored'>,
  limit: AttemptLimit,
): Promise<UnfinishedLine[]> {
  const attemptsBefore = await readAttempts(store, plan.takenOverKey);
  const lines: UnfinishedLine[] = [];
  for await (const { unstored, batch } of unstoredByBatch(store, plan, tally)) {
    for (const { interactionId, outcome, error, isBatchFailure } of unstored) {
      const attempts = (attemptsBefore.get(interactionId) ?? 0) + 1;
      const line = { interactionId, ...(error && { error }), attempts, ...plannedFacts(batch, interactionId) };
      if (outcome !== 'missing')
        lines.push(giveUp({ ...line, outcome }, isBatchFailure || outcome === 'notReady', limit));
      else if (plan.source === 'schedule' && error !== ERASED)
        lines.push({ ...line, outcome: 'notReady', givenUpAt: limit.at });
    }
  }
  for await (const line of decidedUnfinished(store, plan)) lines.push(giveUpDecided(line, limit));
  return lines;
}

async function readAttempts(store: ObjectStorage, key: string | undefined): Promise<Map<string, number>> {
  const attempts = new Map<string, number>();
  if (key === undefined) return attempts;
  for await (const { interactionId, attempts: before } of readJsonLinesIfAny(store, key, UnfinishedLine)) {
    attempts.set(interactionId, before);
  }
  return attempts;
}

async function* unstoredByBatch(
  store: ObjectStorage,
  plan: Plan,
  tally: Pick<Tally, 'unstored'>,
): AsyncGenerator<{ unstored: Unstored[]; batch: Batch }> {
  if (tally.unstored.size === 0) return;
  for await (const batch of readJsonLines(store, plan.batchesKey, Batch)) {
    const unstored = tally.unstored.get(batch.batch);
    if (unstored) yield { unstored, batch };
  }
}

/** What the plan knows of an interaction, and no later run would find out by its id alone. */
function plannedFacts(
  { interactionIds, days, aliases, availableMs, versions }: Batch,
  interactionId: string,
): Pick<UnfinishedLine, 'days' | 'aliases' | 'availableMs' | 'heldVersion'> {
  const place = interactionIds.indexOf(interactionId);
  const [own, since = 0] = [aliases?.[place], availableMs?.[place]];
  const heldVersion = ownValue(versions ?? {}, interactionId);
  return {
    ...(days && { days }),
    ...(own && idsOf(own).length > 0 && { aliases: own }),
    ...(since > 0 && { availableMs: since }),
    ...(heldVersion && { heldVersion }),
  };
}

/** What had no batch and is to be taken again all the same. */
async function* decidedUnfinished(store: ObjectStorage, plan: Plan): AsyncGenerator<UnfinishedLine> {
  if (plan.decidedKey === undefined || plan.decided.notReady + plan.decided.quarantined === 0) return;
  for await (const { outcome, attempts, ...line } of readJsonLines(store, plan.decidedKey, DecidedLine)) {
    if (outcome !== 'notReady' && outcome !== 'quarantined') continue;
    yield { ...line, outcome, attempts: line.error === TAKEN_BY_OTHER_RUN ? attempts : attempts + 1 };
  }
}

/** Nothing can be asked for by a row that does not say whose it is. */
function giveUpDecided(line: UnfinishedLine, limit: AttemptLimit): UnfinishedLine {
  if (isNameless(line.interactionId)) return { ...line, givenUpAt: limit.at };
  return giveUp(line, line.error === TAKEN_BY_OTHER_RUN, limit);
}
