/**
 * The value with each number in it written in a way that the specification does not allow: every other one as text, a share
 * of a hundred in place of a whole number.
 *
 * @example withOddNumbers({ confidence: 93, acdContactId: 600000000004 }) // { confidence: 0.93, acdContactId: '600000000004' }
 */
export function withOddNumbers(value: unknown, name = ''): unknown {
  if (typeof value === 'number') return name === 'confidence' ? value / 100 : String(value);
  if (Array.isArray(value)) return value.map((item) => withOddNumbers(item, name));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withOddNumbers(item, key)]));
}
