import { readFile } from 'node:fs/promises';
import type { JsonValue } from '../../emulator/engine/json.ts';
import { parseExecutionInput } from '../../lambdas/shared/contracts/execution-input.ts';
import { UsageError } from '../process/usage-error.ts';

/** Limit of StartExecution (Step Functions quotas, "Maximum input or output size"). */
const MAX_EVENT_BYTES = 256 * 1024;

/**
 * An execution input, checked as the first state would check it, so that a slip costs no run.
 *
 * @throws UsageError naming the file and every field at fault
 * @example await readEvent('events/manual-interactions.json') // { interactionIds: ['…'] }
 */
export async function readEvent(path: string): Promise<JsonValue> {
  const text = await readFile(path, 'utf8').catch(() => {
    throw new UsageError(`${path}: no such file, or not readable`);
  });
  if (Buffer.byteLength(text) > MAX_EVENT_BYTES) {
    throw new UsageError(
      `${path}: larger than the 256 KiB that an execution may start with; name long lists with interactionIdsFrom`,
    );
  }
  let event: JsonValue;
  try {
    // Editors on Windows begin a file with a byte order mark.
    event = JSON.parse(text.replace(/^\uFEFF/, '')) as JsonValue;
  } catch {
    throw new UsageError(`${path}: not JSON`);
  }
  try {
    parseExecutionInput(event);
  } catch (error) {
    throw new UsageError(`${path}: ${error instanceof Error ? error.message : 'not an execution input'}`);
  }
  return event;
}
