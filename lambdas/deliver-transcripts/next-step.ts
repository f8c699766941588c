/** When to try again, and when to leave it. The waiting itself is the state machine's. Pure. */
import { MAX_ASKED_SECONDS } from '../shared/delivery/destination.ts';

/** What one call came to. */
export interface CallResult {
  /** Events that are over since this call: the receiver took them, or refused them for good. */
  settled: number;
  pending: number;
  /** The circuit opened: the call ended early. */
  circuitOpen: boolean;
  /** How long the endpoint is to be left alone, where the call did not wait itself. */
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
 * Whether the state machine calls again, and after how many seconds: within the extraction of a batch, which must not
 * wait for the webhook.
 *
 * @param attempt calls for this batch, this one included
 * @param isKnownDown another batch of the run has already waited in vain
 * @example
 * const result = { settled: 3, pending: 2, circuitOpen: false, outOfTime: false };
 * nextStepOfBatch(result, 2, false) // { again: true, waitSeconds: 10 }
 * nextStepOfBatch(result, 4, false) // { again: false, waitSeconds: 1 }
 */
export function nextStepOfBatch(result: CallResult, attempt: number, isKnownDown: boolean): NextStep {
  if (result.pending === 0 || result.outOfTime || attempt >= BATCH_ATTEMPTS) return DONE;
  if (isKnownDown && result.circuitOpen) return DONE;
  const waitSeconds = Math.max(BATCH_BASE_SECONDS * 2 ** (attempt - 1), result.retryAfterSeconds ?? 0);
  return waitSeconds > BATCH_MAX_WAIT_SECONDS ? DONE : { again: true, waitSeconds };
}

/** 1, 2, 4 … 256 minutes and then 6 hours where the circuit opened: about 20 calls in three days without an answer. */
const RUN_BASE_SECONDS = 60;
/** Where the endpoint lives, and takes these few events not: 10, 20, 40 s … and then 6 hours. */
const RUN_LIVE_BASE_SECONDS = 10;
/** While events are being taken: for those that failed alone. */
const RUN_PROGRESS_SECONDS = 5;
/** An execution has at most 25,000 events; a call with its wait is nine of them. */
const RUN_ATTEMPTS = 2_500;

export interface RunProgress {
  /** Calls of this execution, this one included. */
  attempt: number;
  /** Calls in a row, this one included, in which nothing was settled. */
  failures: number;
  nowMs: number;
  /** When this execution began. */
  startedAtMs: number;
  /** When something was last settled; its beginning before that. */
  progressAtMs: number;
}

/** `moveOn`: after the wait another execution goes on, since this one has had its share. */
export type NextStepOfRun = NextStep & { moveOn: boolean };

/**
 * Whether the state machine calls again for a run, and after how many seconds. A delivery is given up after
 * `giveUpSeconds` without progress, however long it takes with it.
 *
 * @param random from 0 to 1: deliveries that failed together shall not come back together
 * @example an endpoint without any answer, third failure in a row, `random` 1 -> { again: true, waitSeconds: 240, … }
 */
export function nextStepOfRun(
  result: CallResult,
  progress: RunProgress,
  giveUpSeconds: number,
  random: number,
): NextStepOfRun {
  const { attempt, failures, nowMs, startedAtMs, progressAtMs } = progress;
  const secondsLeft = giveUpSeconds - Math.floor((nowMs - progressAtMs) / 1000);
  if (result.pending === 0 || secondsLeft <= 0) return { ...DONE, moveOn: false };
  const base = result.circuitOpen ? RUN_BASE_SECONDS : RUN_LIVE_BASE_SECONDS;
  const backOff = Math.min(base * 2 ** Math.max(0, failures - 1), MAX_ASKED_SECONDS);
  const jittered = Math.ceil(backOff * (0.5 + random / 2));
  const whileItGoesOn = result.outOfTime ? 1 : RUN_PROGRESS_SECONDS;
  const own = result.settled > 0 && !result.circuitOpen ? whileItGoesOn : jittered;
  const asked = Math.min(result.retryAfterSeconds ?? 0, MAX_ASKED_SECONDS);
  const moveOn = attempt >= RUN_ATTEMPTS || nowMs - startedAtMs >= giveUpSeconds * 1000;
  return { again: true, waitSeconds: Math.min(Math.max(own, asked), secondsLeft), moveOn };
}
