const TIME_DIGITS = 9;
const COUNT_DIGITS = 4;

/**
 * The id of a version that sorts after `newest`, the newest one of its key: time, count within a millisecond, chance.
 * A clock that stands still or goes back, or another process in the same millisecond, does not change the order.
 *
 * @example versionIdAfter(undefined, Date.UTC(2026, 10, 21), 'c0ffee00') // '0mwpn5s000000c0ffee00'
 * @param newest undefined for the first version of a key
 * @param nowMs milliseconds since 1970
 * @param chance lower-case letters and digits
 */
export function versionIdAfter(newest: string | undefined, nowMs: number, chance: string): string {
  const now = nowMs.toString(36).padStart(TIME_DIGITS, '0');
  const last = newest?.slice(0, TIME_DIGITS) ?? '';
  if (now > last) return `${now}${'0'.repeat(COUNT_DIGITS)}${chance}`;
  const count = Number.parseInt(newest?.slice(TIME_DIGITS, TIME_DIGITS + COUNT_DIGITS) ?? '', 36) + 1;
  return `${last}${count.toString(36).padStart(COUNT_DIGITS, '0')}${chance}`;
}
