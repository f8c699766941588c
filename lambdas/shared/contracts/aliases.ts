/** Ids of the vendor's that stand for the same interaction, or for one that it is a part of. */
import * as z from 'zod';
import { InteractionId } from './ids.ts';

/** Part of records: not strict. */
export const Aliases = z.object({
  interactionId: InteractionId.optional(),
  acdContactId: InteractionId.optional(),
});
export type Aliases = { interactionId?: string | undefined; acdContactId?: string | undefined };

/**
 * The ids alone; none where nothing is known.
 *
 * @example idsOf({ interactionId: 'i-1', acdContactId: '4711' }) // ['i-1', '4711']
 */
export function idsOf({ interactionId, acdContactId }: Aliases = {}): string[] {
  return [interactionId, acdContactId].filter((id) => id !== undefined);
}

/**
 * What is known of an interaction from two places; where both know an id, the later one counts.
 *
 * @example mergeAliases({ interactionId: 'i-1' }, { acdContactId: '4711' }) // { interactionId: 'i-1', acdContactId: '4711' }
 */
export function mergeAliases(earlier: Aliases, later: Aliases = {}): Aliases {
  const interactionId = later.interactionId ?? earlier.interactionId;
  const acdContactId = later.acdContactId ?? earlier.acdContactId;
  return { ...(interactionId && { interactionId }), ...(acdContactId && { acdContactId }) };
}
