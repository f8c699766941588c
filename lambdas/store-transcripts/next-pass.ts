/** What a call does with a batch of which earlier calls may have stored something. Pure. */
import type { PassRecord } from './pass-record.ts';

export type NextStep =
  /** The records account for every interaction: the receipt is to be written. */
  | { step: 'finish' }
  /** What is asked for was done by an attempt before. */
  | { step: 'answer'; record: PassRecord }
  /** `wanted` is still to be fetched. */
  | { step: 'fetch'; pass: number; wanted: string[] };

/**
 * The step of a call that the state machine made for pass number `asked`.
 *
 * @param passes that have a record, the first one first
 * @example nextStep([], ['seg-1'], 1) // { step: 'fetch', pass: 1, wanted: ['seg-1'] }
 */
export function nextStep(passes: readonly PassRecord[], interactionIds: readonly string[], asked: number): NextStep {
  const settled = new Set(passes.flatMap((pass) => pass.settled.map(({ interactionId }) => interactionId)));
  const wanted = interactionIds.filter((id) => !settled.has(id));
  if (passes.length > 0 && wanted.length === 0) return { step: 'finish' };
  const record = passes[asked - 1];
  return record ? { step: 'answer', record } : { step: 'fetch', pass: passes.length + 1, wanted };
}
