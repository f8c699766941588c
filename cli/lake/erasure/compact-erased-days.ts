/**
 * Compacted files hold what was erased too. Their days are marked before anything is erased, so that an erasure that
 * breaks off knows them when it is done again, whatever the records list by then.
 */

import { MEDIA_TYPES } from '../../../lambdas/shared/contracts/job-options.ts';
import { compareAndSwap, unchanged } from '../../../lambdas/shared/storage/compare-and-swap.ts';
import { keys } from '../../../lambdas/shared/storage/layout.ts';
import { readRecord, UnreadableObject } from '../../../lambdas/shared/storage/read-record.ts';
import { compactDay } from '../compaction/compact-day.ts';
import { Compaction, OUTDATED } from '../compaction/compaction.ts';
import { RowsAtStake } from '../compaction/keep-rows.ts';
import type { Lake } from '../open-lake.ts';
import type { LeftAlone, SurveyedRun } from './survey-erasure.ts';

const MAX_TRIES = 5;

/** Marks the compactions of the days that rows are taken from: whatever they were made from, they are to be made again. */
export async function outdateCompactions(
  lake: Lake,
  runs: readonly SurveyedRun[],
  leftAlone: LeftAlone[],
): Promise<void> {
  const changing = runs.filter(({ rows }) => rows.size > 0);
  for (const day of daysOf(changing)) await namingUnreadable(leftAlone, () => outdate(lake, day));
}

/**
 * The days whose files were made again, in order: those of the runs that were compacted, and those that an earlier erasure
 * has marked.
 *
 * @param leftAlone gets the objects that kept a day from being compacted
 * @example await compactAgain(lake, runs, at, leftAlone) // ['2026-11-20', '2026-11-21']
 */
export async function compactAgain(
  lake: Lake,
  runs: readonly SurveyedRun[],
  at: string,
  leftAlone: LeftAlone[],
): Promise<string[]> {
  const days = new Set(await outdatedDays(lake, leftAlone));
  // A compaction that broke off leaves a file without a record.
  for (const day of daysOf(runs)) if (await hasFile(lake, day)) days.add(day);
  const compacted: string[] = [];
  for (const day of [...days].sort()) {
    await namingUnreadable(leftAlone, async () => {
      if (await compactIfWhole(lake, day, at)) compacted.push(day);
    });
  }
  return compacted;
}

/** Where the parts of the day are gone, its files cannot be made anew: they are erased from as they are. */
async function compactIfWhole(lake: Lake, day: string, at: string): Promise<boolean> {
  try {
    return (await compactDay(lake, day, at)).isNew;
  } catch (error) {
    if (error instanceof RowsAtStake) return false;
    throw error;
  }
}

function daysOf(runs: readonly SurveyedRun[]): Set<string> {
  return new Set(runs.flatMap(({ receipts }) => receipts.flatMap(({ value }) => value.parts.map(({ day }) => day))));
}

async function outdate({ store }: Lake, day: string): Promise<void> {
  const key = keys.compaction(day);
  const attempt = async () => {
    const found = await readRecord(store, key, Compaction);
    if (!found || found.value.fingerprint === OUTDATED) return undefined;
    const body = JSON.stringify({ ...found.raw, fingerprint: OUTDATED });
    return store.write(key, body, unchanged(found), { metadata: { day } });
  };
  await compareAndSwap(attempt, 'The record of a compaction kept changing', MAX_TRIES);
}

async function outdatedDays({ store }: Lake, leftAlone: LeftAlone[]): Promise<string[]> {
  const days: string[] = [];
  for await (const { key } of store.list('compactions/')) {
    await namingUnreadable(leftAlone, async () => {
      const compaction = (await readRecord(store, key, Compaction))?.value;
      if (compaction?.fingerprint === OUTDATED) days.push(compaction.day);
    });
  }
  return days;
}

async function hasFile({ store }: Lake, day: string): Promise<boolean> {
  for (const mediaType of MEDIA_TYPES) if (await store.head(keys.compacted(mediaType, day))) return true;
  return false;
}

/** What cannot be gone by is named, each object once; the other days are seen to all the same. */
export async function namingUnreadable(leftAlone: LeftAlone[], work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof UnreadableObject)) throw error;
    if (!leftAlone.some(({ key }) => key === error.key)) leftAlone.push({ key: error.key, reason: error.reason });
  }
}
