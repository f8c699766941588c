/** A batch: what one child execution extracts. */
import * as z from 'zod';
import { Aliases, idsOf } from './aliases.ts';
import { InteractionId } from './ids.ts';

/** First and last day, UTC, both included: `{ first: '2026-11-20', last: '2026-11-21' }`. Part of records: not strict. */
export const DayRange = z.object({ first: z.iso.date(), last: z.iso.date() });
export type DayRange = z.infer<typeof DayRange>;

/** One line of `batches.jsonl`: what one child execution extracts. `batch` counts from 0. A record: not strict. */
export const Batch = z.object({
  batch: z.int().nonnegative(),
  interactionIds: z.array(InteractionId).min(1).max(1000),
  /** First and last day, UTC, on which these interactions started; left out where one of them is not known. */
  days: DayRange.optional(),
  /** A later run takes what the result of the job lacks once more: it counts as not ready, not as missing. */
  asksAgain: z.literal(true).optional(),
  /** By interaction, the version that the lake holds; of those that are fetched again. */
  versions: z.record(InteractionId, z.string().max(64)).optional(),
  /** When each became available, in ms, in the order of `interactionIds`; 0 where that is not known. */
  availableMs: z.array(z.int().nonnegative()).max(1000).optional(),
  /** Other ids of each, in the order of `interactionIds`: what is erased under any of them is not stored. */
  aliases: z.array(Aliases).max(1000).optional(),
  /** Some of these may be stored already: they are fetched all the same, and replaced where theirs is newer. */
  refetch: z.literal(true).optional(),
});
export type Batch = z.infer<typeof Batch>;

/**
 * The other ids of the interactions of a batch, of those that have any. Pure.
 *
 * @example otherIdsOf({ batch: 0, interactionIds: ['s-1', 's-2'], aliases: [{}, { acdContactId: '4711' }] }) // Map { 's-2' => ['4711'] }
 */
export function otherIdsOf({ interactionIds, aliases = [] }: Batch): Map<string, string[]> {
  const all = interactionIds.map((id, index): [string, string[]] => [id, idsOf(aliases[index])]);
  return new Map(all.filter(([, ids]) => ids.length > 0));
}
