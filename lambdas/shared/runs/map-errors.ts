/** Why children of the Distributed Map failed, from what it wrote to S3. */
import * as z from 'zod';
import { keys } from '../storage/layout.ts';
import type { ObjectStorage } from '../storage/object-store.ts';

/** A file of failures above this is not read: its children then fail without a name, which loses nothing else. */
const MAX_BYTES = 64 * 1024 * 1024;

const Failures = z.array(z.object({ Input: z.string(), Error: z.string().max(256).optional() }));
const ChildInput = z.object({ batch: z.object({ batch: z.int().nonnegative() }) });

/**
 * Error names by batch. Best effort: the run is recorded all the same when the files are missing or of another form.
 *
 * @throws PipelineError `DataLakeUnavailable`, `DataLakeRejected`
 * @example await readMapErrors(store, 'daily-1') // Map { 7 => 'TranscriptJobFailed' }
 */
export async function readMapErrors(store: ObjectStorage, runId: string): Promise<Map<number, string>> {
  const errors = new Map<number, string>();
  for await (const { key, bytes } of store.list(keys.mapResults(runId))) {
    if (!/\/FAILED_\d+\.json$/.test(key) || bytes > MAX_BYTES) continue;
    const text = (await store.readText(key))?.text ?? '';
    for (const [batch, error] of failuresIn(text)) errors.set(batch, error);
  }
  return errors;
}

/**
 * Batch and error name of each failed child in a result file of the Distributed Map; nothing of a file of another form.
 * Pure.
 *
 * @example failuresIn('[{"Input":"{\\"batch\\":{\\"batch\\":7}}","Error":"TranscriptJobFailed"}]') // [[7, 'TranscriptJobFailed']]
 */
function failuresIn(text: string): [batch: number, error: string][] {
  try {
    return Failures.parse(JSON.parse(text)).flatMap(({ Input, Error: error }) => {
      const child = ChildInput.safeParse(JSON.parse(Input));
      return child.success && error !== undefined ? [[child.data.batch.batch, error] as [number, string]] : [];
    });
  } catch {
    return [];
  }
}
