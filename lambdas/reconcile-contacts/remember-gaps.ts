/** What the next run of the schedule is to look for once more. Pure. */
import type { Gap } from '../shared/runs/contact-tally.ts';
import type { AskedGap } from '../shared/runs/reconciliation-record.ts';

/** What is remembered of a very bad day; the ids are all in the list of what is missing. */
const MAX_GAPS = 10_000;

/**
 * The gaps with how often they were asked for: the run that found them again has asked for those of the run before.
 *
 * @param gaps undefined where nothing could be compared: then those of before stay
 * @example
 * rememberGaps([{ contactId: '4711', … }], [{ contactId: '4711', tries: 1, … }]) // [{ contactId: '4711', tries: 2, … }]
 */
export function rememberGaps(gaps: readonly Gap[] | undefined, before: readonly AskedGap[]): AskedGap[] {
  const tries = new Map(before.map((gap) => [gap.contactId, gap.tries + 1]));
  if (gaps === undefined) return before.map((gap) => ({ ...gap, tries: gap.tries + 1 }));
  // Those that were asked for least come first: they are to be remembered.
  const remembered = gaps.map(({ processedMs, ...gap }) => ({
    ...gap,
    processedAt: new Date(processedMs).toISOString(),
    tries: tries.get(gap.contactId) ?? 0,
  }));
  return remembered.sort((a, b) => a.tries - b.tries).slice(0, MAX_GAPS);
}
