import { setTimeout as sleep } from 'node:timers/promises';
import { PipelineError } from '../contracts/errors.ts';

/**
 * Resolves after so many milliseconds.
 *
 * @throws PipelineError `VendorUnavailable` when `signal` ends the wait: the function's time is up, and the state is
 *   tried again
 * @example await pause(2_000, signal);
 */
export async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  try {
    await sleep(milliseconds, undefined, { signal });
  } catch {
    throw new PipelineError('VendorUnavailable', 'The function ran out of time while it waited');
  }
}
