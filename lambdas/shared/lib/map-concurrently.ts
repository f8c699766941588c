/**
 * The results of `work` on each item, in the items' order, at most `limit` of them under way at a time. Items are pulled as
 * results are taken, so that memory holds `limit` of them however many there are.
 *
 * @throws what `work` throws, or reading the items
 * @example await Array.fromAsync(mapConcurrently([3, 1, 2], 2, async (n) => n * 10)) // [30, 10, 20]
 */
export async function* mapConcurrently<Item, Result>(
  items: AsyncIterable<Item> | Iterable<Item>,
  limit: number,
  work: (item: Item) => Promise<Result>,
): AsyncGenerator<Result> {
  const running: Promise<Result>[] = [];
  try {
    for await (const item of items) {
      const result = work(item);
      // Awaited in order below; until then a failure must not count as unhandled.
      result.catch(() => {});
      running.push(result);
      if (running.length >= limit) yield await (running.shift() as Promise<Result>);
    }
    while (running.length > 0) yield await (running.shift() as Promise<Result>);
  } finally {
    await Promise.allSettled(running);
  }
}
