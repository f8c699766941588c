/**
 * The rate that a receiver bears, learnt from what it refuses, where nobody says what it is: cut to a part of what it was
 * last known to bear, then back to that, ever more slowly, and past it, ever faster (the cubic increase of RFC 9438, in the
 * place of an additive one: most of the time is spent close to the limit). The way back is a matter of time alone. Pure.
 */

/** Of the ceiling, what a refusal takes away. */
const DECREASE = 0.1;
/** From the cut back to the ceiling: longer would find a limit that was raised later, shorter be refused more often. */
const PROBE_MS = 20_000;
/** After a single refusal while others were taken: it may have been an exception. */
const DOUBTFUL_PROBE_MS = 4_000;
/** So long after the cut a refusal says that the limit is about here; before that, that the ceiling was wrong. */
const SETTLED_MS = 5_000;
/** One request in five seconds: what bears less says for how long it is to be left alone. */
const SLOWEST = 0.2;
/** What was taken, averaged, is a little less than the rate it was sent at. */
const AVERAGED = 1.1;

/** What refusals have taught. Rates are requests per second, times ms of the epoch. */
export interface LearntRate {
  /** What the receiver was last known to bear. */
  ceiling: number;
  /** End of the pause after the refusal. */
  fromMs: number;
  /** From there until the rate is back at the ceiling, in ms. */
  probeMs: number;
}

/** What the receiver took lately, per second. */
export interface TakenLately {
  /** In the last second. */
  atOnce: number;
  /** On average over the last five. */
  averaged: number;
}

/**
 * Requests per second that may be sent now.
 *
 * @example
 * const learnt = { ceiling: 20, fromMs: 0, probeMs: 20_000 };
 * [0, 20_000, 60_000].map((ms) => learntRateAt(learnt, ms)) // [18, 20, 36]
 */
export function learntRateAt({ ceiling, fromMs, probeMs }: LearntRate, nowMs: number): number {
  const sinceMs = Math.max(0, nowMs - fromMs);
  return ceiling * (1 + DECREASE * ((sinceMs - probeMs) / probeMs) ** 3);
}

/**
 * What a refusal teaches.
 *
 * @param learnt undefined while nothing has been refused
 * @param resumeMs when the next request is sent
 * @returns undefined while nothing was taken either: what the receiver bears will be seen after the pause
 * @example learnFromRefusal(undefined, { atOnce: 20, averaged: 4 }, 0, 1_000) // { ceiling: 20, fromMs: 1_000, probeMs: 4_000 }
 */
export function learnFromRefusal(
  learnt: LearntRate | undefined,
  { atOnce, averaged }: TakenLately,
  nowMs: number,
  resumeMs: number,
): LearntRate | undefined {
  if (learnt === undefined) {
    return atOnce === 0 ? undefined : { ceiling: atOnce, fromMs: resumeMs, probeMs: DOUBTFUL_PROBE_MS };
  }
  const rate = learntRateAt(learnt, nowMs);
  const isSettled = nowMs - learnt.fromMs >= SETTLED_MS;
  const borne = isSettled ? averaged * AVERAGED : Math.max(atOnce, rate / 2);
  return { ceiling: Math.max(SLOWEST, Math.min(rate, borne)), fromMs: resumeMs, probeMs: PROBE_MS };
}

/**
 * What one more refusal adds, of a request that was under way with the one that taught it: it was no exception.
 *
 * @example confirmRefusal({ ceiling: 20, fromMs: 1_000, probeMs: 4_000 }, 2_000) // { ceiling: 20, fromMs: 2_000, probeMs: 20_000 }
 */
export function confirmRefusal(learnt: LearntRate, resumeMs: number): LearntRate {
  return { ...learnt, fromMs: Math.max(learnt.fromMs, resumeMs), probeMs: PROBE_MS };
}

/**
 * What it adds that a request was taken which was under way with the refused one: the receiver bears so much more.
 *
 * @example raiseCeiling({ ceiling: 7, fromMs: 1_000, probeMs: 4_000 }) // { ceiling: 8, fromMs: 1_000, probeMs: 4_000 }
 */
export function raiseCeiling(learnt: LearntRate): LearntRate {
  return { ...learnt, ceiling: learnt.ceiling + 1 };
}
