import type * as z from 'zod';
import { parseOrThrow } from '../../contracts/validation.ts';

/**
 * What a function is told by its environment, read through a schema: `{BATCH_SIZE: '25'}` -> `{BATCH_SIZE: 25}`.
 *
 * @throws PipelineError `ConfigInvalid` naming every variable at fault
 */
export function readConfig<Schema extends z.ZodType>(
  schema: Schema,
  environment: Record<string, string | undefined> = process.env,
): z.output<Schema> {
  return parseOrThrow(schema, environment, 'ConfigInvalid', 'environment of the function');
}
