/** JSON values and the sizes that AWS measures them by. */

export type JsonValue = string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue };
export type JsonObject = { [key: string]: JsonValue };

/**
 * Whether the value is an object of JSON: no array, not null.
 *
 * @example isJsonObject({}) // true
 * @example isJsonObject([]) // false
 */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Bytes of the value's JSON text in UTF-8.
 *
 * @example jsonBytes('é') // 4
 */
export function jsonBytes(value: JsonValue): number {
  return Buffer.byteLength(JSON.stringify(value));
}
