/** Ids that make a log line findable, from the input of a state. Pure. */
import * as z from 'zod';
import { RunId } from '../contracts/ids.ts';

/** What is not of the right form is left out: an input that was not checked yet may hold any text. */
const maybe = <Schema extends z.ZodType>(schema: Schema) => schema.optional().catch(undefined);
const maybeObject = <Shape extends z.ZodRawShape>(shape: Shape) => maybe(z.object(shape));

const BatchNumber = z.int().nonnegative();
const Input = maybeObject({
  runId: maybe(RunId),
  /** The number alone, or the line of the plan. */
  batch: maybe(z.union([BatchNumber, z.object({ batch: BatchNumber }).transform(({ batch }) => batch)])),
  job: maybeObject({ jobId: maybe(z.string().max(256)) }),
  delivery: maybeObject({
    name: maybe(RunId),
    input: maybeObject({ runId: maybe(RunId), redeliverRun: maybe(RunId) }),
  }),
});

export interface LogKeys {
  runId: string | undefined;
  batch: number | undefined;
  jobId: string | undefined;
  /** Execution of TranscriptDelivery: a run may have several. */
  delivery: string | undefined;
}

/**
 * The ids for the log lines of a state, from its input; undefined for those that are missing or not of the right form.
 *
 * @example logKeys({ runId: 'daily-1', batch: { batch: 7 } }) // { runId: 'daily-1', batch: 7, … }
 */
export function logKeys(event: unknown): LogKeys {
  const { runId, batch, job, delivery } = Input.parse(event) ?? {};
  return {
    runId: runId ?? delivery?.input?.runId ?? delivery?.input?.redeliverRun,
    batch,
    jobId: job?.jobId,
    delivery: delivery?.name,
  };
}
