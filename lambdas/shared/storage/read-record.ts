/**
 * Reads a record of the pipeline for a command that deletes or rewrites. What this version cannot read (damaged, of a
 * newer pipeline, not the object that was written) is named and left alone: nothing is concluded from it.
 */
import type { z } from 'zod';
import { PipelineError } from '../contracts/errors.ts';
import { describeIssues } from '../contracts/validation.ts';
import type { ObjectStorage } from './object-store.ts';
import { whyTooNew } from './record-version.ts';

/** A `ContractViolation` of an object that cannot be gone by. Its message is the key and the reason, never content. */
export class UnreadableObject extends PipelineError {
  readonly key: string;
  readonly reason: string;

  constructor(key: string, reason: string) {
    super('ContractViolation', `${key}: ${reason}`);
    this.key = key;
    this.reason = reason;
  }
}

export interface FoundRecord<Value> {
  value: Value;
  /** With the fields that this version does not know: a rewritten record keeps them. */
  raw: Record<string, unknown>;
  etag: string;
}

/**
 * The record with its ETag, or undefined where there is none.
 *
 * @throws UnreadableObject when it is not of the form that this version knows
 * @throws PipelineError `DataLakeUnavailable`, `DataLakeRejected`
 * @example
 * await readRecord(store, 'runs/r1/manifest.json', Manifest) // throws `runs/r1/manifest.json: it is not JSON`
 */
export async function readRecord<Schema extends z.ZodType>(
  store: Pick<ObjectStorage, 'readText'>,
  key: string,
  schema: Schema,
): Promise<FoundRecord<z.output<Schema>> | undefined> {
  const found = await store.readText(key);
  if (!found) return undefined;
  const raw = parseJson(found.text);
  const tooNew = whyTooNew(schema, raw);
  if (tooNew !== undefined) throw new UnreadableObject(key, tooNew);
  const parsed = schema.safeParse(raw);
  if (!parsed.success) throw new UnreadableObject(key, whyUnreadable(raw, parsed.error));
  return { value: parsed.data, raw: raw as Record<string, unknown>, etag: found.etag };
}

/**
 * The value of a JSON text; undefined when it is not JSON.
 *
 * @example parseJson('{') // undefined
 */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function whyUnreadable(raw: unknown, error: z.ZodError): string {
  if (raw === undefined) return 'it is not JSON';
  return `it is not as documented: ${describeIssues(error)}`;
}
