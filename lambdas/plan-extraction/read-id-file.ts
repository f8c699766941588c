/** Reads interaction ids from a CSV or JSON Lines file of any size. */
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { type Options, parse } from 'csv-parse';
import { InteractionId } from '../shared/contracts.ts';
import { PipelineError } from '../shared/errors.ts';
import { IdSet } from '../shared/id-set.ts';
import type { ObjectStorage } from '../shared/object-store.ts';
import { ID_COLUMNS, idColumn, idOfJson } from './id-of-record.ts';
import type { Planner } from './planner.ts';

/** One planning holds the ids it has seen, so that each comes once. */
const MAX_IDS = 5_000_000;
const MAX_FAULTS = 10;

const CSV_OPTIONS: Options = { bom: true, relax_column_count: true, skip_empty_lines: true, trim: true };

/**
 * The file's ids, each once, in the file's order.
 *
 * CSV has a header with a column `interactionId`, `interaction_id` or `id`; JSON Lines hold a string or an object with
 * such a field. `.gz` is unpacked.
 *
 * @param url `s3://bucket/key`; `s3:///key` is in the data lake
 * @throws PipelineError `InputInvalid` when the file is missing, has no such column, or holds what is no id: lines are
 *   named, content is not; `DataLakeRejected` when it may not be read
 */
export async function* readIdFile(
  { store: own, storeOf }: Pick<Planner, 'store' | 'storeOf'>,
  url: string,
): AsyncGenerator<string> {
  const [, bucket = '', key = ''] = /^s3:\/\/([^/]*)\/(.+)$/.exec(url) ?? [];
  const store = bucket === '' ? own : storeOf(bucket);
  const isCsv = /\.csv(\.gz)?$/.test(key);
  const seen = new IdSet();
  const faults: number[] = [];
  let faultCount = 0;
  for await (const { id, line } of isCsv ? idsOfCsv(store, key) : idsOfJsonLines(store, key)) {
    const { success } = InteractionId.safeParse(id);
    if (!success) {
      faultCount += 1;
      if (faults.length < MAX_FAULTS) faults.push(line);
      continue;
    }
    if (faultCount > 0 || !seen.add(id as string)) continue;
    if (seen.size > MAX_IDS) throw invalid(`interactionIdsFrom holds more than ${MAX_IDS} ids: split the file`);
    yield id as string;
  }
  if (faultCount > 0) {
    const more = faultCount > faults.length ? ` and ${faultCount - faults.length} more` : '';
    throw invalid(`interactionIdsFrom: no interaction id in line ${faults.join(', ')}${more}`);
  }
  if (seen.size === 0) throw invalid('interactionIdsFrom holds no interaction id');
}

interface IdLine {
  id: unknown;
  line: number;
}

async function* idsOfJsonLines(store: ObjectStorage, key: string): AsyncGenerator<IdLine> {
  await openFile(store, key).then(({ destroy }) => destroy());
  let line = 0;
  for await (const text of store.readLines(key)) {
    line += 1;
    yield { id: idOfJson(text), line };
  }
}

async function* idsOfCsv(store: ObjectStorage, key: string): AsyncGenerator<IdLine> {
  const { body, destroy } = await openFile(store, key);
  const records = body.pipe(parse(CSV_OPTIONS));
  body.once('error', (error) => records.destroy(error));
  let column: number | undefined;
  try {
    for await (const record of records as AsyncIterable<string[]>) {
      if (column === undefined) {
        column = idColumn(record);
        if (column === undefined) {
          throw invalid(`interactionIdsFrom: the header has none of the columns ${ID_COLUMNS.join(', ')}`);
        }
        continue;
      }
      yield { id: record[column], line: records.info.lines };
    }
  } catch (error) {
    if (error instanceof PipelineError) throw error;
    const isMalformed =
      typeof (error as { code?: unknown }).code === 'string' && /^CSV_/.test((error as { code: string }).code);
    if (isMalformed) throw invalid(`interactionIdsFrom is not well-formed CSV near line ${records.info.lines}`);
    throw new PipelineError('DataLakeUnavailable', 'The file of ids could not be read to its end');
  } finally {
    destroy();
  }
}

async function openFile(store: ObjectStorage, key: string): Promise<{ body: Readable; destroy(): void }> {
  const found = await store.open(key);
  if (!found) throw invalid('interactionIdsFrom names a file that is not there');
  if (!key.endsWith('.gz')) return { body: found.body, destroy: () => void found.body.destroy() };
  const body = found.body.pipe(createGunzip());
  found.body.once('error', (error) => body.destroy(error));
  return { body, destroy: () => void found.body.destroy() };
}

function invalid(message: string): PipelineError {
  return new PipelineError('InputInvalid', `Invalid execution input: ${message}`);
}
