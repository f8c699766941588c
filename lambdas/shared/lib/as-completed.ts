/**
 * The results of `work` on each item, as they come: whatever takes long holds up no other. The next item is begun when one
 * is done, not when its result is taken; memory holds twice `limit` of them however many there are.
 *
 * @param take the next item; undefined when none is to be begun any more
 * @param limit items under way at a time; asked each time, and taken for one where it is less
 * @param close ends what is under way when the reader goes away, or at an error
 * @throws what `work` throws, once what is under way has ended
 * @example
 * const items = [3, 1, 2];
 * await Array.fromAsync(asCompleted(() => items.shift(), () => 2, async (n) => n * 10)) // [30, 10, 20], in any order
 */
export async function* asCompleted<Item, Result>(
  take: () => Item | undefined,
  limit: () => number,
  work: (item: Item) => Promise<Result>,
  close: () => void = () => {},
): AsyncGenerator<Result> {
  const ready: { result: Result }[] = [];
  let failure: { error: unknown } | undefined;
  let running = 0;
  let isClosed = false;
  let change = Promise.withResolvers<void>();

  const fill = () => {
    const most = Math.max(1, limit());
    while (!isClosed && failure === undefined && running < most && ready.length < most) {
      const item = take();
      if (item === undefined) return;
      running += 1;
      void run(item);
    }
  };
  const run = async (item: Item) => {
    try {
      ready.push({ result: await work(item) });
    } catch (error) {
      failure ??= { error };
    }
    running -= 1;
    fill();
    change.resolve();
  };
  const untilChange = async () => {
    await change.promise;
    change = Promise.withResolvers();
  };

  try {
    for (;;) {
      fill();
      if (failure !== undefined) throw failure.error;
      const next = ready.shift();
      if (next !== undefined) yield next.result;
      else if (running === 0) return;
      else await untilChange();
    }
  } finally {
    isClosed = true;
    close();
    while (running > 0) await untilChange();
  }
}
