/** Reads interaction ids from a CSV or JSON Lines file of any size. */
import type { Readable } from 'node:stream';
import { type Options, parse } from 'csv-parse';
import { PipelineError } from '../../shared/contracts/errors.ts';
import { InteractionId } from '../../shared/contracts/ids.ts';
import { IdSet } from '../../shared/lib/id-set.ts';
import { gunzip } from '../../shared/storage/gunzip.ts';
import { LineTooLong, linesOf } from '../../shared/storage/lines.ts';
import type { ObjectStorage } from '../../shared/storage/object-store.ts';
import type { Planner } from '../planner.ts';
import { ID_COLUMNS, idColumn, idOfJson } from './id-of-record.ts';

/** One planning holds the ids it has seen, so that each comes once. */
const MAX_IDS = 5_000_000;
const MAX_FAULTS = 10;
/** Of one line or record: an id and what a list may say beside it. The memory of a reading does not grow beyond it. */
const MAX_LINE_CHARACTERS = 1_048_576;

const CSV_OPTIONS: Options = {
  bom: true,
  relax_column_count: true,
  skip_empty_lines: true,
  trim: true,
  max_record_size: MAX_LINE_CHARACTERS,
};

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
  const { body, destroy } = await openFile(store, key);
  let line = 0;
  try {
    for await (const text of linesOf(body, MAX_LINE_CHARACTERS)) {
      line += 1;
      if (text.length > 0) yield { id: idOfJson(text), line };
    }
  } catch (error) {
    if (error instanceof PipelineError) throw error;
    if (error instanceof LineTooLong) throw tooLong(line + 1);
    throw brokeOff();
  } finally {
    destroy();
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
    const { code } = error as { code?: unknown };
    const near = records.info.lines;
    if (code === 'CSV_MAX_RECORD_SIZE') throw tooLong(near);
    if (typeof code === 'string' && code.startsWith('CSV_')) {
      throw invalid(`interactionIdsFrom is not well-formed CSV near line ${near}`);
    }
    throw brokeOff();
  } finally {
    destroy();
  }
}

async function openFile(store: ObjectStorage, key: string): Promise<{ body: Readable; destroy(): void }> {
  const found = await store.open(key);
  if (!found) throw invalid('interactionIdsFrom names a file that is not there');
  const body = key.endsWith('.gz') ? gunzip(found.body) : found.body;
  return { body, destroy: () => void found.body.destroy() };
}

function tooLong(line: number): PipelineError {
  return invalid(`interactionIdsFrom: line ${line} is longer than ${MAX_LINE_CHARACTERS} characters`);
}

function brokeOff(): PipelineError {
  return new PipelineError('DataLakeUnavailable', 'The file of ids could not be read to its end');
}

function invalid(message: string): PipelineError {
  return new PipelineError('InputInvalid', `Invalid execution input: ${message}`);
}
