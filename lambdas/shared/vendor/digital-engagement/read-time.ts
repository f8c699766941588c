/** Before and after these a time is a gap that was filled, or a wrong calendar. */
const PLAUSIBLE = { fromMs: Date.parse('2000-01-01T00:00:00Z'), toMs: Date.parse('3000-01-01T00:00:00Z') };

const FORM = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}:\d{2})(?:\.(\d{1,9}))?\s*(Z|[+-]\d{2}:?\d{2})?$/i;

/**
 * Ms since the epoch of a time as the API writes it, to the millisecond; UTC where it names no zone; undefined for what is no
 * plausible time.
 *
 * @example
 * readTime('2026-11-20T10:00:00+00:00') // Date.parse('2026-11-20T10:00:00Z')
 * readTime('2026-11-20T10:00:00.123456+0000') // Date.parse('2026-11-20T10:00:00.123Z')
 * readTime('0000-00-00T00:00:00+00:00') // undefined
 */
export function readTime(text: string): number | undefined {
  const [, day, clock, fraction = '0', zone = 'Z'] = FORM.exec(text) ?? [];
  if (day === undefined || clock === undefined) return undefined;
  const offset = /^z$/i.test(zone) ? 'Z' : `${zone.slice(0, 3)}:${zone.slice(-2)}`;
  const ms = Date.parse(`${day}T${clock}.${fraction.slice(0, 3).padEnd(3, '0')}${offset}`);
  return ms >= PLAUSIBLE.fromMs && ms < PLAUSIBLE.toMs ? ms : undefined;
}
