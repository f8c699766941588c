/** The span of time that a scheduled run searches. Pure; all times in ms since the epoch. */

export interface ScheduleSettings {
  /** How long after an interaction its transcript may still turn up. */
  lookBackMs: number;
  /** What has only just started is left to the next run: the vendor is still at it. */
  settleMs: number;
  /** Nothing before it is ever searched; also where the first run begins. */
  startMs: number | undefined;
}

/**
 * What of the past is fetched again by a run that has `[sinceMs, toMs)` new: what was new so long before; undefined where
 * that is nothing, also since the schedule began later.
 *
 * @param afterMs 0 where nothing is fetched again
 * @example recheckWindow({ sinceMs: 24, toMs: 48 }, 20, 10) // { fromMs: 10, toMs: 28 }
 */
export function recheckWindow(
  { sinceMs, toMs }: { sinceMs: number; toMs: number },
  afterMs: number,
  startMs: number | undefined,
): { fromMs: number; toMs: number } | undefined {
  if (afterMs === 0) return undefined;
  const again = { fromMs: Math.max(sinceMs - afterMs, startMs ?? 0), toMs: toMs - afterMs };
  return again.fromMs < again.toMs ? again : undefined;
}

/**
 * The span from a look-back before the watermark to a settle delay before the moment the schedule fired for, and
 * `sinceMs`, where what no run has searched yet begins in it; undefined when there is nothing new: the schedule has
 * been further already.
 *
 * The end never lies in the future, whatever moment the schedule names: a clock that ran ahead must not move the
 * watermark past interactions that are still to come.
 *
 * @example in hours: fired at 50, watermark at 24, look-back of 12, settle delay of 2 -> from 12, since 24, to 48
 */
export function scheduleWindow(
  scheduledMs: number,
  nowMs: number,
  watermarkMs: number | undefined,
  { lookBackMs, settleMs, startMs }: ScheduleSettings,
): { fromMs: number; sinceMs: number; toMs: number } | undefined {
  const toMs = Math.min(scheduledMs, nowMs) - settleMs;
  if (watermarkMs !== undefined && toMs <= watermarkMs) return undefined;
  const fromMs = watermarkMs === undefined ? (startMs ?? toMs - lookBackMs) : watermarkMs - lookBackMs;
  const boundedMs = Math.max(fromMs, startMs ?? fromMs);
  const sinceMs = Math.max(boundedMs, watermarkMs ?? boundedMs);
  return boundedMs < toMs ? { fromMs: boundedMs, sinceMs, toMs } : undefined;
}
