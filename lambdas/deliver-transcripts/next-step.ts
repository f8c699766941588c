/** When to try again, and when to leave it. The waiting itself is the state machine's. Pure. */

/** What one call came to. */
export interface CallResult {
  /** Events that the receiver took in this call. */
  delivered: number;
  pending: number;
  /** The endpoint failed so often, or asked to be left alone, that the call ended early. */
  circuitOpen: boolean;
  /** Longest time that the endpoint asked us to wait. */
  retryAfterSeconds?: number | undefined;
  /** The function's time was up before everything had been sent. */
  outOfTime: boolean;
}

export interface NextStep {
  again: boolean;
  waitSeconds: number;
}

const DONE: NextStep = { again: false, waitSeconds: 1 };

/** Waits of 5, 10 and 20 s: a restart of the receiver. What takes longer is left to the delivery of the whole run. */
const BATCH_BASE_SECONDS = 5;
const BATCH_ATTEMPTS = 4;
const BATCH_MAX_WAIT_SECONDS = 60;

/**
 * Within the extraction of a batch, which must not wait for the webhook.
 *
 * @param attempt calls for this batch, this one included
 * @param isKnownDown another batch of the run has already waited in vain
 */
export function nextStepOfBatch(result: CallResult, attempt: number, isKnownDown: boolean): NextStep {
  if (result.pending === 0 || result.outOfTime || attempt >= BATCH_ATTEMPTS) return DONE;
  if (isKnownDown && result.circuitOpen) return DONE;
  const waitSeconds = Math.max(BATCH_BASE_SECONDS * 2 ** (attempt - 1), result.retryAfterSeconds ?? 0);
  return waitSeconds > BATCH_MAX_WAIT_SECONDS ? DONE : { again: true, waitSeconds };
}

/** 1, 2, 4 … 256 minutes and then 6 hours: about 20 calls in three days. */
const RUN_BASE_SECONDS = 60;
export const RUN_MAX_WAIT_SECONDS = 6 * 3600;
/** An execution has at most 25,000 events; a call with its wait is nine of them. */
const RUN_ATTEMPTS = 2_500;

export interface RunProgress {
  /** Calls of this delivery, this one included. */
  attempt: number;
  /** Calls in a row, this one included, in which nothing was delivered. */
  failures: number;
  nowMs: number;
  /** When the delivery is given up. */
  deadlineMs: number;
}

/** @param random from 0 to 1: deliveries that failed together shall not come back together */
export function nextStepOfRun(result: CallResult, progress: RunProgress, random: number): NextStep {
  const secondsLeft = Math.ceil((progress.deadlineMs - progress.nowMs) / 1000);
  if (result.pending === 0 || secondsLeft <= 0 || progress.attempt >= RUN_ATTEMPTS) return DONE;
  if (result.outOfTime && result.delivered > 0 && !result.circuitOpen) return { again: true, waitSeconds: 1 };
  const backOff = Math.min(RUN_BASE_SECONDS * 2 ** Math.max(0, progress.failures - 1), RUN_MAX_WAIT_SECONDS);
  const jittered = Math.ceil(backOff * (0.5 + random / 2));
  const asked = Math.min(result.retryAfterSeconds ?? 0, RUN_MAX_WAIT_SECONDS);
  return { again: true, waitSeconds: Math.min(Math.max(jittered, asked), secondsLeft) };
}
