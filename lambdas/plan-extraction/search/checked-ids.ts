/** What the vendor says of many ids, asked over as many calls of the planner as it takes. */
import { createHash } from 'node:crypto';
import * as z from 'zod';
import { DayRange } from '../../shared/contracts/batch.ts';
import { InteractionId } from '../../shared/contracts/ids.ts';
import { DecidedOutcome } from '../../shared/runs/run-records.ts';
import { keys } from '../../shared/storage/layout.ts';
import { readJsonLines } from '../../shared/storage/read-json.ts';
import { createJsonLines } from '../../shared/storage/write-json-lines.ts';
import { chunks } from '../chunks.ts';
import type { Planner } from '../planner.ts';
import { hasTime } from '../planning.ts';
import type { Candidate } from '../select/selection.ts';
import { checkIds } from './check-ids.ts';

/** Ids whose answers are kept together: twenty searches, which the slowest vendor answers in a part of a call. */
const PORTION = 10_000;

const CheckedLine = z.object({
  interactionId: InteractionId,
  days: DayRange.optional(),
  decided: DecidedOutcome.optional(),
  error: z.string().optional(),
});

type Ids = AsyncIterable<string> | Iterable<string>;

/**
 * Asks about the ids that no call before this one has asked about. The answers are kept under a hash of the ids, so a
 * file that changes in between is asked about anew.
 *
 * @returns false when a further call has to go on
 */
export async function checkInPortions(planner: Planner, runId: string, ids: Ids): Promise<boolean> {
  for await (const portion of chunks(ids, PORTION)) {
    const key = keyOf(runId, portion);
    if (await planner.store.head(key)) continue;
    if (!hasTime(planner)) return false;
    const candidates = await Array.fromAsync(checkIds(portion, planner.searchByIds, planner.nowMs));
    await createJsonLines(planner.store, key, candidates);
  }
  return true;
}

/** The ids as candidates, in their order, once {@link checkInPortions} has come to its end. */
export async function* checkedIds({ store }: Planner, runId: string, ids: Ids): AsyncGenerator<Candidate> {
  for await (const portion of chunks(ids, PORTION)) {
    for await (const { interactionId, days, decided, error } of readJsonLines(
      store,
      keyOf(runId, portion),
      CheckedLine,
    )) {
      yield { interactionId, ...(days && { days }), ...(decided && { decided }), ...(error && { error }) };
    }
  }
}

function keyOf(runId: string, portion: readonly string[]): string {
  return keys.searched(runId, `ids-${createHash('sha256').update(portion.join('\n')).digest('hex').slice(0, 32)}`);
}
