/**
 * A duration in the unit that suits it.
 *
 * @example formatDuration(245_000) // '4 min 05 s'
 */
export function formatDuration(milliseconds: number): string {
  if (milliseconds < 1_000) return `${Math.round(milliseconds)} ms`;
  if (milliseconds < 60_000) return `${(milliseconds / 1_000).toFixed(1)} s`;
  const seconds = Math.round(milliseconds / 1_000);
  return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`;
}

/**
 * A wait in whole seconds, or in minutes.
 *
 * @example formatWait(600) // '10 min 00 s'
 */
export function formatWait(seconds: number): string {
  return seconds < 60 ? `${seconds} s` : formatDuration(seconds * 1_000);
}
