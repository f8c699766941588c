/**
 * The value that a plain object has of its own under a name from outside; undefined for what every object inherits, so that
 * `constructor` is a name like any other.
 *
 * @example
 * ownValue({ lt: '<' }, 'lt') // '<'
 * ownValue({ lt: '<' }, 'toString') // undefined
 */
export function ownValue<Value>(values: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(values, name) ? values[name] : undefined;
}
