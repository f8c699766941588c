/** What the vendor says of many ids, asked over as many calls of the planner as it takes. */
import { createHash } from 'node:crypto';
import * as z from 'zod';
import { Aliases } from '../../shared/contracts/aliases.ts';
import { DayRange } from '../../shared/contracts/batch.ts';
import { isPipelineError, type PipelineError } from '../../shared/contracts/errors.ts';
import { InteractionId } from '../../shared/contracts/ids.ts';
import { mapConcurrently } from '../../shared/lib/map-concurrently.ts';
import { DecidedOutcome } from '../../shared/runs/run-records.ts';
import { keys } from '../../shared/storage/layout.ts';
import type { ObjectStorage } from '../../shared/storage/object-store.ts';
import { readJsonLines } from '../../shared/storage/read-json.ts';
import { createJsonLines } from '../../shared/storage/write-json-lines.ts';
import { chunks } from '../chunks.ts';
import type { Planner } from '../planner.ts';
import { hasTime, type Planning } from '../planning.ts';
import type { Candidate } from '../select/selection.ts';
import { breakOff } from './break-off.ts';
import { IDS_PER_SEARCH, judgeIds, SEARCHES_AT_ONCE } from './check-ids.ts';

/**
 * Ids whose answers are read together in the end: twenty searches. Each of them is kept as well, so that a vendor which
 * answers fewer at a time than that does not keep the run from getting on.
 */
const PORTION = 10_000;

const CheckedLine = z.object({
  interactionId: InteractionId,
  days: DayRange.optional(),
  decided: DecidedOutcome.optional(),
  error: z.string().optional(),
  aliases: Aliases.optional(),
});

type Ids = AsyncIterable<string> | Iterable<string>;

/**
 * True when the vendor was asked about all ids, false when a further call has to go on. The answers are kept under a
 * hash of the ids, so a file that changes in between is asked about anew.
 *
 * @throws PipelineError what the vendor's search throws; what it has answered before that is kept
 */
export async function checkInPortions(planner: Planner, runId: string, planning: Planning, ids: Ids): Promise<boolean> {
  let hasGotOn = false;
  for await (const portion of chunks(ids, PORTION)) {
    const key = keyOf(runId, portion);
    if (await planner.store.head(key)) continue;
    if (!hasTime(planner)) return false;
    const searches = mapConcurrently(chunks(portion, IDS_PER_SEARCH), SEARCHES_AT_ONCE, async (asked) => {
      const kept = await askOnce(planner, keyOf(runId, asked), asked);
      hasGotOn ||= kept.isNew;
      return kept.candidates;
    });
    try {
      await keep(planner.store, key, (await Array.fromAsync(searches)).flat());
    } catch (error) {
      await breakOff(planner, runId, planning, error, hasGotOn);
    }
  }
  return true;
}

/** One search, unless a call before this one has its answer. */
async function askOnce({ store, searchByIds, nowMs }: Planner, key: string, ids: string[]) {
  if (await store.head(key)) return { candidates: await Array.fromAsync(readKept(store, key)), isNew: false };
  const candidates = judgeIds(ids, await searchByIds(ids), nowMs());
  await keep(store, key, candidates);
  return { candidates, isNew: true };
}

async function keep(store: ObjectStorage, key: string, candidates: readonly Candidate[]): Promise<void> {
  await createJsonLines(store, key, candidates);
}

async function* readKept(store: ObjectStorage, key: string): AsyncGenerator<Candidate> {
  for await (const { interactionId, days, decided, error, aliases } of readJsonLines(store, key, CheckedLine)) {
    yield {
      interactionId,
      ...(days && { days }),
      ...(decided && { decided }),
      ...(error && { error }),
      ...(aliases && { aliases }),
    };
  }
}

/**
 * The ids as candidates, in their order, once {@link checkInPortions} has come to its end.
 *
 * @param replaced what it means that the ids are others than those
 * @throws PipelineError as `replaced` says, `DataLakeUnavailable`, `DataLakeRejected`, `ContractViolation`
 */
export async function* checkedIds(
  { store }: Pick<Planner, 'store'>,
  runId: string,
  ids: Ids,
  replaced: () => PipelineError,
): AsyncGenerator<Candidate> {
  for await (const portion of chunks(ids, PORTION)) {
    try {
      yield* readKept(store, keyOf(runId, portion));
    } catch (error) {
      throw isPipelineError(error, 'DataLakeRejected') && error.status === 404 ? replaced() : error;
    }
  }
}

function keyOf(runId: string, portion: readonly string[]): string {
  return keys.searched(runId, `ids-${createHash('sha256').update(portion.join('\n')).digest('hex').slice(0, 32)}`);
}
