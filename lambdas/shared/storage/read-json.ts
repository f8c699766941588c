/** Reads our own records back from S3. They are checked like anything from outside: a person may have edited them. */
import type { z } from 'zod';
import { isPipelineError, PipelineError } from '../contracts/errors.ts';
import { parseOrThrow } from '../contracts/validation.ts';
import type { ObjectStorage } from './object-store.ts';
import { refuseNewer } from './record-version.ts';

/**
 * A small JSON object with its ETag, or undefined where there is none.
 *
 * @throws PipelineError `ContractViolation` when it is not of the form that was written; a NewerRecord when a newer
 *   version of the pipeline wrote it
 * @example await readJson(store, keys.plan('daily-1'), Plan) // { value: { runId: 'daily-1', … }, etag: '"a1"' }
 */
export async function readJson<Schema extends z.ZodType>(
  store: ObjectStorage,
  key: string,
  schema: Schema,
): Promise<{ value: z.output<Schema>; etag: string } | undefined> {
  const found = await store.readText(key);
  return found && { value: parseRecord(schema, found.text, key), etag: found.etag };
}

/**
 * The records of a JSON Lines object, one in memory at a time.
 *
 * @throws PipelineError `ContractViolation` for a line that is not of the form that was written; `DataLakeRejected` where
 *   there is no object
 * @example for await (const { batch } of readJsonLines(store, plan.batchesKey, Batch)) … // 0, 1, 2
 */
export async function* readJsonLines<Schema extends z.ZodType>(
  store: ObjectStorage,
  key: string,
  schema: Schema,
): AsyncGenerator<z.output<Schema>> {
  for await (const line of store.readLines(key)) yield parseRecord(schema, line, key);
}

/**
 * The records of {@link readJsonLines}, none where the object is not there: another record names it, but the two may
 * expire on different days.
 *
 * @throws PipelineError as {@link readJsonLines}, but not for an object that is gone
 */
export async function* readJsonLinesIfAny<Schema extends z.ZodType>(
  store: ObjectStorage,
  key: string,
  schema: Schema,
): AsyncGenerator<z.output<Schema>> {
  try {
    yield* readJsonLines(store, key, schema);
  } catch (error) {
    if (!isPipelineError(error, 'DataLakeRejected') || error.status !== 404) throw error;
  }
}

function parseRecord<Schema extends z.ZodType>(schema: Schema, text: string, key: string): z.output<Schema> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new PipelineError('ContractViolation', `A record of the pipeline in S3 is not JSON: ${key}`);
  }
  refuseNewer(schema, value, key);
  return parseOrThrow(schema, value, 'ContractViolation', `record of the pipeline in S3, ${key}`);
}
