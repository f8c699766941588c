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
