/** What a call does with a batch of which earlier calls may have stored something. Pure. */
import type { FoundPass, PassRecord } from './pass-record.ts';

export type NextStep =
  /** The records account for every interaction: the receipt is to be written. */
  | { step: 'finish' }
  /** What is asked for was done by an attempt before. */
  | { step: 'answer'; record: PassRecord }
  /** `wanted` is still to be fetched; `replaces` is the record of a pass that is to be done again. */
  | { step: 'fetch'; pass: number; wanted: string[]; replaces?: FoundPass };

/**
 * The step of a call that the state machine made for pass number `asked`.
 *
 * @param passes that have a record, the first one first
 * @example nextStep([], ['seg-1'], 1) // { step: 'fetch', pass: 1, wanted: ['seg-1'] }
 */
export function nextStep(passes: readonly FoundPass[], interactionIds: readonly string[], asked: number): NextStep {
  const sound = passes.filter(({ isSound }) => isSound);
  const settled = new Set(sound.flatMap(({ record }) => record.settled.map(({ interactionId }) => interactionId)));
  const wanted = interactionIds.filter((id) => !settled.has(id));
  const replaces = passes.find(({ isSound }) => !isSound);
  if (replaces) return { step: 'fetch', pass: replaces.record.pass, wanted, replaces };
  if (passes.length > 0 && wanted.length === 0) return { step: 'finish' };
  const done = passes[asked - 1];
  return done ? { step: 'answer', record: done.record } : { step: 'fetch', pass: passes.length + 1, wanted };
}
