/**
 * Versions of the records in S3. Readers ignore fields that they do not know, so a field that is added raises no version;
 * a higher version says that an older reader would understand the record wrongly, and must leave it alone.
 */
import * as z from 'zod';
import { PipelineError } from '../contracts/errors.ts';

/** What a record is of that says no version, such as a line of `batches.jsonl`. */
const FIRST_VERSION = 1;

/**
 * A `ContractViolation` of a record that a newer version of the pipeline wrote. Nothing is wrong with it: it is there to be
 * read after an upgrade, and not to be taken for damaged or lost.
 */
export class NewerRecord extends PipelineError {
  readonly reason: string;

  /** @param what the record: its key, or a word for it where the key is not known */
  constructor(what: string, reason: string) {
    super('ContractViolation', `${what}: ${reason}`);
    this.reason = reason;
  }
}

/**
 * Why a value cannot be read by this version; undefined where its version is known, or it says none. Pure.
 *
 * @example
 * whyTooNew(Plan, { schemaVersion: 2 })
 * // 'it has schemaVersion 2 and this version of the pipeline knows 1: a newer one wrote it, upgrade to read it'
 * whyTooNew(Plan, { schemaVersion: 1 }) // undefined
 */
export function whyTooNew(schema: z.ZodType, value: unknown): string | undefined {
  const version = (value as { schemaVersion?: unknown } | null | undefined)?.schemaVersion;
  const known = knownVersion(schema);
  if (typeof version !== 'number' || version <= known) return undefined;
  return `it has schemaVersion ${version} and this version of the pipeline knows ${known}: a newer one wrote it, upgrade to read it`;
}

/**
 * Does nothing to a value of a version that this one can read.
 *
 * @throws NewerRecord naming the record, its version and the one that is known
 * @example refuseNewer(Plan, { schemaVersion: 2 }, 'runs/r1/plan.json') // throws `runs/r1/plan.json: it has schemaVersion 2 …`
 */
export function refuseNewer(schema: z.ZodType, value: unknown, what: string): void {
  const reason = whyTooNew(schema, value);
  if (reason !== undefined) throw new NewerRecord(what, reason);
}

function knownVersion(schema: z.ZodType): number {
  const field: unknown = schema instanceof z.ZodObject ? schema.shape.schemaVersion : undefined;
  return field instanceof z.ZodLiteral ? Number(field.value) : FIRST_VERSION;
}
