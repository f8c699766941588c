/** A clock that was never set, or a gap that is filled with year 9999, is no date. */
const PLAUSIBLE = { fromMs: Date.parse('2000-01-01T00:00:00Z'), toMs: Date.parse('3000-01-01T00:00:00Z') };
const DATE_TIME = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)?$/i;
const HAS_OFFSET = /(Z|[+-]\d\d:?\d\d)$/i;
/** Numbers below this are seconds: in ms it is a day of 1973, in seconds one of year 5138. */
const MILLISECONDS_FROM = 100_000_000_000;

/**
 * Milliseconds since the epoch of a time as the vendor writes it: ISO 8601, in UTC where it has no offset, or a number of
 * seconds or milliseconds, as text too. Undefined for anything else, and for a time that cannot be.
 *
 * @example
 * parseTime('2026-11-21T10:00:00.123456+01:00') // 1795251600123
 * parseTime('1795251600') // 1795251600000
 * parseTime('9999-12-31T00:00:00Z') // undefined
 */
export function parseTime(said: unknown): number | undefined {
  const ms = typeof said === 'string' ? parseText(said.trim()) : fromNumber(said);
  return ms !== undefined && ms >= PLAUSIBLE.fromMs && ms < PLAUSIBLE.toMs ? ms : undefined;
}

function parseText(text: string): number | undefined {
  if (/^\d{9,14}(\.\d+)?$/.test(text)) return fromNumber(Number(text));
  if (!DATE_TIME.test(text)) return undefined;
  return Date.parse(HAS_OFFSET.test(text) ? text : `${text}Z`);
}

function fromNumber(said: unknown): number | undefined {
  if (typeof said !== 'number' || !Number.isFinite(said)) return undefined;
  return Math.floor(said < MILLISECONDS_FROM ? said * 1000 : said);
}
