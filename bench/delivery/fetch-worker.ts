/** A process that posts the bodies of the run in a bare `fetch` loop, each time it is asked to. */
import { eventBodies } from './rows.ts';

const bodies = eventBodies().map((body) => new Uint8Array(body));

/** @returns requests a second */
async function post(url: string, count: number, concurrency: number): Promise<number> {
  const startedAt = performance.now();
  let next = 0;
  const lane = async () => {
    while (next < count) {
      const body = bodies[next++] as Uint8Array<ArrayBuffer>;
      const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
      await response.arrayBuffer();
    }
  };
  await Promise.all(Array.from({ length: concurrency }, lane));
  return (1000 * count) / (performance.now() - startedAt);
}

process.on('message', async ({ url, concurrency }: { url: string; concurrency: number }) => {
  process.send?.({ rate: await post(url, bodies.length, concurrency) });
});
process.send?.({ bodies: bodies.length, bytes: bodies.reduce((sum, body) => sum + body.length, 0) });
