/**
 * What the vendor's search has found, slice by slice of the span: one object each, below `runs/<runId>/search/`.
 *
 * A slice is written once, whole, and never crosses midnight. So a call that is killed or repeated loses at most the
 * slice it was at, and slices of two attempts may overlap: {@link readSlices} takes each interaction once.
 */
import * as z from 'zod';
import { Aliases } from '../../shared/contracts/aliases.ts';
import { InteractionId } from '../../shared/contracts/ids.ts';
import { keys } from '../../shared/storage/layout.ts';
import type { ObjectStorage } from '../../shared/storage/object-store.ts';
import { readJsonLines } from '../../shared/storage/read-json.ts';
import { createJsonLines } from '../../shared/storage/write-json-lines.ts';
import type { Discovery, FoundInteraction } from '../../shared/vendor/transcript-source.ts';

/** A slice of time that was searched, half-open, in ms since the epoch, and how many interactions it holds. */
export interface Slice {
  fromMs: number;
  toMs: number;
  rows: number;
  key: string;
}

const SearchedLine = z.object({
  interactionId: InteractionId,
  /** 0 where the vendor does not say. */
  availableMs: z.number().optional(),
  /** Left out where the vendor does not say, and in what versions before have found. */
  startMs: z.number().optional(),
  aliases: Aliases.optional(),
  /** Its row cannot be read. */
  unreadable: z.literal(true).optional(),
});
type SearchedLine = z.infer<typeof SearchedLine>;

/** ISO 8601 without punctuation, which many tools stumble over. */
const SLICE_KEY = /\/(\d{8}T\d{9}Z)-(\d{8}T\d{9}Z)-(\d+)\.jsonl\.gz$/;

function basic(ms: number): string {
  return new Date(ms).toISOString().replaceAll(/[-:.]/g, '');
}

function parseBasic(text: string): number {
  return Date.parse(text.replace(/^(....)(..)(..T..)(..)(..)(...Z)$/, '$1-$2-$3:$4:$5.$6'));
}

/**
 * The slice that a key names, or undefined for another key.
 *
 * @example "runs/r/search/20261001T000000000Z-20261002T000000000Z-17.jsonl.gz" -> 17 rows of 1 October
 */
export function parseSliceKey(key: string): Slice | undefined {
  const [, from, to, rows] = SLICE_KEY.exec(key) ?? [];
  if (from === undefined || to === undefined) return undefined;
  return { fromMs: parseBasic(from), toMs: parseBasic(to), rows: Number(rows), key };
}

/**
 * The slices that were searched for a run, by their keys alone.
 *
 * @throws PipelineError `DataLakeUnavailable`, `DataLakeRejected`
 */
export async function listSlices(store: ObjectStorage, runId: string): Promise<Slice[]> {
  const slices: Slice[] = [];
  for await (const { key } of store.list(keys.search(runId))) {
    const slice = parseSliceKey(key);
    if (slice) slices.push(slice);
  }
  return slices;
}

/**
 * The slice `[fromMs, toMs)`, written with what it holds.
 *
 * @throws PipelineError `DataLakeUnavailable`, `DataLakeRejected`
 */
export async function writeSlice(
  store: ObjectStorage,
  runId: string,
  fromMs: number,
  toMs: number,
  { found, unreadable }: Pick<Discovery, 'found' | 'unreadable'>,
): Promise<Slice> {
  const rows = found.size + unreadable.size;
  const key = keys.searched(runId, `${basic(fromMs)}-${basic(toMs)}-${rows}`);
  await keepFound(store, key, { found, unreadable });
  return { fromMs, toMs, rows, key };
}

/**
 * Keeps what the vendor has found, where nothing is kept yet: what an attempt before has found is as good.
 *
 * @throws PipelineError `DataLakeUnavailable`, `DataLakeRejected`
 */
export async function keepFound(
  store: ObjectStorage,
  key: string,
  { found, unreadable }: Pick<Discovery, 'found' | 'unreadable'>,
): Promise<void> {
  const lines: SearchedLine[] = [
    ...[...found.values()].map(({ availableMs, ...one }) => ({ ...one, ...(availableMs > 0 && { availableMs }) })),
    ...[...unreadable].map((interactionId) => ({ interactionId, unreadable: true as const })),
  ];
  await createJsonLines(store, key, lines);
}

/**
 * What the slices hold together, each interaction once.
 *
 * @throws PipelineError `DataLakeUnavailable`, `DataLakeRejected`, `ContractViolation`
 */
export async function readSlices(
  store: ObjectStorage,
  slices: readonly Slice[],
): Promise<Pick<Discovery, 'found' | 'unreadable'>> {
  return readFound(
    store,
    slices.filter(({ rows }) => rows > 0).map(({ key }) => key),
  );
}

/**
 * What was kept under these keys, each interaction once.
 *
 * @throws PipelineError `DataLakeUnavailable`, `DataLakeRejected`, `ContractViolation`
 */
export async function readFound(
  store: ObjectStorage,
  kept: readonly string[],
): Promise<Pick<Discovery, 'found' | 'unreadable'>> {
  const found = new Map<string, FoundInteraction>();
  const unreadable = new Set<string>();
  for (const key of kept) {
    for await (const line of readJsonLines(store, key, SearchedLine)) {
      const { unreadable: isUnreadable = false, availableMs = 0, ...one } = line;
      const known = found.get(one.interactionId);
      if (isUnreadable) unreadable.add(one.interactionId);
      else if (!known || availableMs < known.availableMs) found.set(one.interactionId, { ...one, availableMs });
    }
  }
  for (const id of found.keys()) unreadable.delete(id);
  return { found, unreadable };
}

/**
 * How far from `fromMs` on, up to `toMs`, everything was searched. Pure.
 *
 * @example slices 0-5, 3-7 and 9-12, from 0 to 20 -> 7
 */
export function reachOf(slices: readonly Pick<Slice, 'fromMs' | 'toMs'>[], fromMs: number, toMs: number): number {
  let reachedMs = fromMs;
  for (const slice of slices.toSorted((a, b) => a.fromMs - b.fromMs)) {
    if (slice.fromMs > reachedMs) break;
    reachedMs = Math.max(reachedMs, slice.toMs);
  }
  return Math.min(reachedMs, toMs);
}

/**
 * The slices that lie in the span.
 *
 * @example within([{ fromMs: 2, toMs: 4, … }, { fromMs: 4, toMs: 8, … }], { fromMs: 0, toMs: 6 }) // the first one
 */
export function within(slices: readonly Slice[], { fromMs, toMs }: { fromMs: number; toMs: number }): Slice[] {
  return slices.filter((slice) => slice.fromMs >= fromMs && slice.toMs <= toMs);
}

/**
 * The slices that have a part in the span: those of a look-back may reach beyond what is fetched again.
 *
 * @example overlapping([{ fromMs: 2, toMs: 4, … }, { fromMs: 4, toMs: 8, … }], { fromMs: 0, toMs: 6 }) // both
 */
export function overlapping(slices: readonly Slice[], { fromMs, toMs }: { fromMs: number; toMs: number }): Slice[] {
  return slices.filter((slice) => slice.fromMs < toMs && slice.toMs > fromMs);
}
