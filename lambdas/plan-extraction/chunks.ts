/**
 * The items in lists of `size`; the last one may be shorter. Holds one list at a time.
 *
 * @example chunks([1, 2, 3], 2) // yields [1, 2], [3]
 */
export async function* chunks<T>(items: AsyncIterable<T> | Iterable<T>, size: number): AsyncGenerator<T[]> {
  let chunk: T[] = [];
  for await (const item of items) {
    chunk.push(item);
    if (chunk.length < size) continue;
    yield chunk;
    chunk = [];
  }
  if (chunk.length > 0) yield chunk;
}
