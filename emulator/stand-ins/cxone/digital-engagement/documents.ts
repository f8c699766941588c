/** How the API writes ids, times and errors. */
import { createRandom } from '../generator/random.ts';

/** `2026-11-20T10:00:00+00:00`: an offset in numbers, and no milliseconds. */
export const seconds = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}+00:00`;

/** `2026-11-20T10:00:00.123+00:00`. */
export const milliseconds = (ms: number): string => `${new Date(ms).toISOString().slice(0, 23)}+00:00`;

/** A UUID that depends on the seed and what it stands for alone. */
export function uuidOf(seed: string, kind: string, id: string): string {
  const hex = createRandom(`${seed}:uuid:${kind}:${id}`).hex(32);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** The body of a refusal: `{errors: [{message, errorCode}], uid}`. */
export const refusal = (errorCode: string, message: string) => ({
  errors: [{ errorCode, message }],
  uid: uuidOf('errors', errorCode, message),
});
