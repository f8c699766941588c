import { isPipelineError } from '../errors.ts';
import { pause } from '../pause.ts';
import type { TaskContext } from '../task-middleware.ts';

/** Waits within one call; a vendor that throttles longer is left to the state machine's Retry. */
const MAX_WAITS = 3;
/** What must be left after a wait for the call itself. */
const CALL_MS = 10_000;

/**
 * Runs a call to the vendor, and when it is throttled with a `Retry-After` that fits into the function's time, waits
 * that long and runs it again. For calls whose state has no Wait beside it.
 *
 * @throws PipelineError whatever the call throws once waiting does not help or does not fit
 */
export async function honourRetryAfter<T>(
  task: Pick<TaskContext, 'signal' | 'remainingMs' | 'metrics'>,
  call: () => Promise<T>,
): Promise<T> {
  for (let waits = 0; ; waits += 1) {
    try {
      return await call();
    } catch (error) {
      if (isPipelineError(error, 'VendorThrottled')) task.metrics.addMetric('VendorThrottled', 'Count', 1);
      const waitMs = isPipelineError(error) ? (error.retryAfterSeconds ?? 0) * 1000 : 0;
      if (waitMs === 0 || waits === MAX_WAITS || waitMs + CALL_MS > task.remainingMs()) throw error;
      await pause(waitMs, task.signal);
    }
  }
}
