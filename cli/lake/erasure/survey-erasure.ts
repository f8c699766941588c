/**
 * Finds what is to be erased, before anything is changed.
 *
 * A run is taken whole or not at all: if one of its records or parts cannot be gone by, what is left of it could not be
 * put right afterwards. Such a run is left alone, and what is wrong with it named.
 */

import * as z from 'zod';
import { idsOf } from '../../../lambdas/shared/contracts/aliases.ts';
import type { AffectedReceipt, AffectedRun } from '../../../lambdas/shared/erasure/affected-run.ts';
import { mapConcurrently } from '../../../lambdas/shared/lib/map-concurrently.ts';
import { ownValue } from '../../../lambdas/shared/lib/own-value.ts';
import { keys } from '../../../lambdas/shared/storage/layout.ts';
import { parseJson, readRecord, UnreadableObject } from '../../../lambdas/shared/storage/read-record.ts';
import { whyTooNew } from '../../../lambdas/shared/storage/record-version.ts';
import { BatchReceipt, type StoredPart, TranscriptRow } from '../../../lambdas/shared/storage/records.ts';
import { listRuns, readManifest } from '../list-runs.ts';
import type { Lake } from '../open-lake.ts';
import { scanPart } from '../verification/scan-part.ts';
import type { Targets } from './targets.ts';

const READS_AT_ONCE = 32;

/** An object because of which something could not be looked into. */
export interface LeftAlone {
  key: string;
  reason: string;
}

/** What a row says of whose it is. */
const RowIds = TranscriptRow.pick({ interaction: true }).extend({ interactionId: z.string() });

/** A run that has some of the interactions, by its receipts. */
export interface SurveyedRun extends AffectedRun {
  /** Rows of the interactions that are there now. */
  rows: ReadonlyMap<string, number>;
  /** The same by interaction and part. */
  found: ReadonlyMap<string, ReadonlyMap<string, number>>;
}

export interface ErasureSurvey {
  /** In the order of their ids. */
  runs: SurveyedRun[];
  leftAlone: LeftAlone[];
}

/**
 * The runs to erase from, and the objects that kept others from being looked into.
 *
 * @param targets gets the interactions that the ids stand for
 * @throws PipelineError `DataLakeUnavailable`, `DataLakeRejected`
 * @example (await surveyErasure(lake, new Targets(['int-1']))).runs.map(({ runId }) => runId) // ['r1']
 */
export async function surveyErasure(lake: Lake, targets: Targets): Promise<ErasureSurvey> {
  for (;;) {
    const before = targets.cameTo;
    const survey = await surveyOnce(lake, targets);
    // Runs that were looked at before may have stored the same interaction without its other ids.
    if (targets.cameTo === before) return survey;
  }
}

async function surveyOnce(lake: Lake, targets: Targets): Promise<ErasureSurvey> {
  const survey: ErasureSurvey = { runs: [], leftAlone: [] };
  for await (const runId of listRuns(lake)) {
    const { receipts, unreadable } = await readReceiptsOf(lake, runId, targets);
    const run = unreadable.length > 0 ? undefined : await surveyRun(lake, runId, receipts, targets, unreadable);
    survey.leftAlone.push(...unreadable);
    if (run) survey.runs.push(run);
  }
  return survey;
}

async function readReceiptsOf(
  { store }: Lake,
  runId: string,
  targets: Targets,
): Promise<{ receipts: AffectedReceipt[]; unreadable: LeftAlone[] }> {
  const receipts: AffectedReceipt[] = [];
  const unreadable: LeftAlone[] = [];
  const found = mapConcurrently(store.list(keys.receipts(runId)), READS_AT_ONCE, ({ key }) =>
    unlessUnreadable(unreadable, async () => {
      const receipt = await readRecord(store, key, BatchReceipt);
      return receipt && { key, ...receipt };
    }),
  );
  for await (const receipt of found) if (receipt && names(receipt.value, targets)) receipts.push(receipt);
  return { receipts, unreadable };
}

/** Looks at every interaction: one id may stand for several. */
function names({ interactionIds, aliases = {} }: BatchReceipt, targets: Targets): boolean {
  return interactionIds.filter((id) => targets.take(id, ownValue(aliases, id))).length > 0;
}

async function surveyRun(
  lake: Lake,
  runId: string,
  receipts: AffectedReceipt[],
  targets: Targets,
  unreadable: LeftAlone[],
): Promise<SurveyedRun | undefined> {
  if (receipts.length === 0) return undefined;
  const found = new Map<string, Map<string, number>>();
  await unlessUnreadable(unreadable, async () => void (await readManifest(lake, runId)));
  for (const part of receipts.flatMap(({ value }) => value.parts)) {
    await unlessUnreadable(unreadable, () => countRows(lake, part, targets, found));
  }
  const sum = (ofParts: ReadonlyMap<string, number>) =>
    [...ofParts.values()].reduce((total, count) => total + count, 0);
  const rows = new Map([...found].map(([interactionId, ofParts]) => [interactionId, sum(ofParts)]));
  return unreadable.length === 0 ? { runId, receipts, rows, found } : undefined;
}

async function countRows(
  { store }: Lake,
  { key, sha256 }: StoredPart,
  targets: Targets,
  found: Map<string, Map<string, number>>,
): Promise<void> {
  const facts = await scanPart(store, key, (line) => {
    const row = parseJson(line);
    const tooNew = whyTooNew(TranscriptRow, row);
    // Its ids may be in other fields.
    if (tooNew !== undefined) throw new UnreadableObject(key, `one of its rows: ${tooNew}`);
    const { data } = RowIds.safeParse(row);
    if (!data) throw new UnreadableObject(key, 'one of its rows is not as documented');
    const { interactionId, interaction } = data;
    if (!targets.take(interactionId, idsOf(interaction))) return;
    const ofParts = found.get(interactionId) ?? new Map<string, number>();
    found.set(interactionId, ofParts.set(key, (ofParts.get(key) ?? 0) + 1));
  }).catch((error: unknown) => {
    throw isOfZlib(error) ? new UnreadableObject(key, 'it cannot be unpacked') : error;
  });
  // A part that an erasure has rewritten before it broke off says itself what it was written as.
  if (!facts || facts.sha256 === sha256) return;
  const head = await store.head(key);
  if (head?.metadata.sha256 !== facts.sha256) throw new UnreadableObject(key, 'it is not the object that was written');
}

function isOfZlib(error: unknown): boolean {
  return /^Z_/.test(String((error as NodeJS.ErrnoException | null)?.code));
}

async function unlessUnreadable<Result>(
  unreadable: LeftAlone[],
  work: () => Promise<Result>,
): Promise<Result | undefined> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof UnreadableObject)) throw error;
    unreadable.push({ key: error.key, reason: error.reason });
    return undefined;
  }
}
