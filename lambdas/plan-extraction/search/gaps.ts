/** Contacts that the last run of a schedule has missed: the vendor analysed them and never listed them. They are looked up by their ids. */
import { createHash } from 'node:crypto';
import { dayOf } from '../../shared/lib/days.ts';
import { type AskedGap, MAX_TRIES, Reconciliation } from '../../shared/runs/reconciliation-record.ts';
import { readWatermark } from '../../shared/runs/watermark.ts';
import { keys } from '../../shared/storage/layout.ts';
import type { ObjectStorage } from '../../shared/storage/object-store.ts';
import { readJson } from '../../shared/storage/read-json.ts';
import type { Discovery, FoundInteraction } from '../../shared/vendor/transcript-source.ts';
import type { Planner } from '../planner.ts';
import { hasTime, type Planning } from '../planning.ts';
import { breakOff } from './break-off.ts';
import { keepFound, readFound } from './search-slices.ts';

/** What one run looks for: each day of them takes the vendor a walk through its list. */
const MAX_ASKED = 5_000;

/**
 * The gaps that the next run of a schedule asks for: those of the last one, but for what was asked for too often.
 *
 * @throws PipelineError `DataLakeUnavailable`, `DataLakeRejected`, `ContractViolation`
 */
export async function openGaps(store: ObjectStorage, schedule: string): Promise<AskedGap[]> {
  const last = (await readWatermark(store, schedule))?.value.runId;
  const record = last === undefined ? undefined : await readJson(store, keys.reconciliation(last), Reconciliation);
  const gaps = record?.value.gaps ?? [];
  return gaps.filter(({ tries }) => tries < MAX_TRIES).slice(0, MAX_ASKED);
}

/**
 * True when all gaps were asked for, false when a further call has to go on. What the vendor lists of them is kept.
 *
 * @throws PipelineError what the vendor's search throws, put off where it passes by itself
 */
export async function askForGaps(
  planner: Planner,
  runId: string,
  planning: Planning,
  gaps: readonly AskedGap[],
): Promise<boolean> {
  let hasGotOn = false;
  for (const { key, around, ids } of questionsOf(runId, gaps)) {
    if (await planner.store.head(key)) continue;
    if (!hasTime(planner)) return false;
    try {
      const answer = await planner.searchByIds(ids, { around });
      const found: Discovery['found'] = new Map();
      for (const { askedAs: _, ...one } of answer?.interactions ?? []) {
        // One of which nothing but the id that was asked for is known was not found.
        if (one.availableMs > 0) found.set(one.interactionId, one);
      }
      await keepFound(planner.store, key, { found, unreadable: new Set() });
      hasGotOn = true;
    } catch (error) {
      await breakOff(planner, runId, planning, error, hasGotOn);
    }
  }
  return true;
}

/**
 * What the vendor lists of the gaps by now, once {@link askForGaps} has come to its end.
 *
 * @throws PipelineError `DataLakeUnavailable`, `DataLakeRejected`, `ContractViolation`
 */
export async function foundOfGaps(
  store: ObjectStorage,
  runId: string,
  gaps: readonly AskedGap[],
): Promise<Map<string, FoundInteraction>> {
  const all = new Map<string, FoundInteraction>();
  for (const { key } of questionsOf(runId, gaps)) {
    // Another run of the schedule may have ended since, and left other gaps: those are for a later one.
    if (!(await store.head(key))) continue;
    for (const [id, one] of (await readFound(store, [key])).found) all.set(id, one);
  }
  return all;
}

/** One for each day on which the vendor analysed some of them. */
function questionsOf(runId: string, gaps: readonly AskedGap[]): { key: string; around: string; ids: string[] }[] {
  const byDay = Map.groupBy(gaps, ({ processedAt }) => dayOf(Date.parse(processedAt)));
  return [...byDay].map(([day, some]) => {
    const ids = some.map(({ contactId }) => contactId);
    const hash = createHash('sha256').update(ids.join('\n')).digest('hex').slice(0, 32);
    return { key: keys.searched(runId, `gaps-${hash}`), around: `${day}T12:00:00.000Z`, ids };
  });
}
