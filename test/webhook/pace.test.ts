/** Requests come as fast as the receiver takes them: over real sockets, by the virtual clock. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { WebhookClient } from '../../lambdas/shared/delivery/webhook-client.ts';
import { createRandom } from '../year/random.ts';
import { type DeliveryWorld, startWorld } from './delivery-world.ts';

interface Answer {
  status: number;
  retryAfter?: string;
}

interface Tally {
  requests: number;
  refused: number;
  ids: Set<string>;
}

/** Puts a receiver in the place of the world's own that answers as `answer` says. */
async function receive(world: DeliveryWorld, answer: (nowMs: number) => Answer): Promise<Tally> {
  const tally: Tally = { requests: 0, refused: 0, ids: new Set() };
  const server: Server = createServer((request, response) => {
    request.resume().once('end', () => {
      const { status, retryAfter } = answer(world.clock.now);
      tally.requests += 1;
      if (status < 300) tally.ids.add(String(request.headers['webhook-id']));
      else tally.refused += 1;
      response.writeHead(status, retryAfter === undefined ? {} : { 'retry-after': retryAfter }).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const client = new WebhookClient({ url: new URL(`http://127.0.0.1:${port}/`), connections: 8, timeoutMs: 60_000 });
  world.transport.client = client;
  onTestFinished(() => {
    client.close();
    server.close();
  });
  return tally;
}

type Limiter = (nowMs: number) => boolean;

/** So many in each second of the clock. */
const fixedWindow = (perSecond: number): Limiter => {
  let [second, left] = [-1, 0];
  return (nowMs) => {
    const now = Math.floor(nowMs / 1_000);
    if (now !== second) [second, left] = [now, perSecond];
    left -= 1;
    return left >= 0;
  };
};

/** So many in any second. */
const slidingWindow = (perSecond: number): Limiter => {
  const taken: number[] = [];
  return (nowMs) => {
    while (taken.length > 0 && (taken[0] ?? 0) <= nowMs - 1_000) taken.shift();
    if (taken.length >= perSecond) return false;
    taken.push(nowMs);
    return true;
  };
};

/** So many a second, and three seconds of that at once after a lull. */
const tokenBucket = (perSecond: number): Limiter => {
  let [tokens, filledMs] = [3 * perSecond, 0];
  return (nowMs) => {
    tokens = Math.min(3 * perSecond, tokens + ((nowMs - (filledMs || nowMs)) * perSecond) / 1_000);
    filledMs = nowMs;
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  };
};

const RUN = 'run';
/** What the receiver was sent in the virtual seconds that it took: in the extraction of a batch, or afterwards. */
const DELIVERIES = {
  'in the delivery of its batch': async (world: DeliveryWorld) => world.deliverBatch(RUN, 0),
  'in the delivery of its run': async (world: DeliveryWorld) => world.deliver({ runId: RUN }),
};
type Place = keyof typeof DELIVERIES;

describe('a receiver with a hard rate, of which it tells by refusals alone', () => {
  const tooFast = { status: 429, retryAfter: '1' };
  it.each<[string, (perSecond: number) => Limiter, number, Answer, Place]>([
    ['20 in each second', fixedWindow, 20, tooFast, 'in the delivery of its batch'],
    ['20 in each second', fixedWindow, 20, tooFast, 'in the delivery of its run'],
    ['100 in each second', fixedWindow, 100, tooFast, 'in the delivery of its batch'],
    ['100 in any second', slidingWindow, 100, tooFast, 'in the delivery of its run'],
    ['50 in any second, with 503', slidingWindow, 50, { status: 503, retryAfter: '1' }, 'in the delivery of its run'],
    ['40 a second, and more at once', tokenBucket, 40, tooFast, 'in the delivery of its batch'],
    ['40 without Retry-After', fixedWindow, 40, { status: 429 }, 'in the delivery of its run'],
  ])('%s gets nearly all of that', async (_name, limiterOf, perSecond, refusal, place) => {
    const world = await startWorld({ secret: [] });
    const ids = await world.storeBatch(RUN, 0, 1_000);
    const isAllowed = limiterOf(perSecond);
    const tally = await receive(world, (nowMs) => (isAllowed(nowMs) ? { status: 204 } : refusal));
    const startedMs = world.clock.now;
    const outcome = await DELIVERIES[place](world);
    const seconds = (world.clock.now - startedMs) / 1_000;
    expect(outcome).toMatchObject({ calls: 1, parked: 0 });
    expect(tally.ids).toEqual(new Set(ids));
    expect(ids.length / seconds / perSecond).toBeGreaterThan(0.85);
    expect(tally.refused / tally.requests).toBeLessThan(0.1);
  });

  it('tells the calls that come after', async () => {
    const world = await startWorld({ secret: [] });
    for (const batch of [0, 1, 2, 3]) await world.storeBatch(RUN, batch, 30);
    const isAllowed = slidingWindow(20);
    const tally = await receive(world, (nowMs) => (isAllowed(nowMs) ? { status: 204 } : tooFast));
    await world.deliverBatch(RUN, 0);
    const { refused } = tally;
    for (const batch of [1, 2]) expect(await world.deliverBatch(RUN, batch)).toMatchObject({ calls: 1, pending: 0 });
    expect(await world.deliver({ runId: RUN })).toMatchObject({ calls: 1, delivered: 120 });
    // One that knew nothing would send eight at once, each time.
    expect(tally.refused - refused).toBeLessThan(4);
  });

  it('that is raised later gets the more soon', async () => {
    const world = await startWorld({ secret: [] });
    await world.storeBatch(RUN, 0, 1_000);
    const startedMs = world.clock.now;
    const [slow, quick] = [fixedWindow(2), fixedWindow(500)];
    await receive(world, (nowMs) =>
      (nowMs < startedMs + 10_000 ? slow : quick)(nowMs) ? { status: 204 } : { status: 429, retryAfter: '1' },
    );
    expect(await world.deliver({ runId: RUN })).toMatchObject({ calls: 1, delivered: 1_000 });
    expect((world.clock.now - startedMs) / 1_000).toBeLessThan(200);
  });
});

describe('a receiver that fails every third request at random', () => {
  const failures: [string, Answer][] = [
    ['503 and Retry-After', { status: 503, retryAfter: '1' }],
    ['503', { status: 503 }],
    ['500', { status: 500 }],
  ];
  it.each(
    failures.flatMap(([name, answer]) =>
      (Object.keys(DELIVERIES) as Place[]).map((place): [string, Place, Answer] => [name, place, answer]),
    ),
  )('with %s gets everything at its own speed, %s', async (_name, place, failure) => {
    const world = await startWorld({ secret: [] });
    const ids = await world.storeBatch(RUN, 0, 600);
    const random = createRandom(5);
    const tally = await receive(world, () => (random.chance(1 / 3) ? failure : { status: 204 }));
    const startedMs = world.clock.now;
    expect(await DELIVERIES[place](world)).toMatchObject({ calls: 1, parked: 0, waits: [] });
    expect(tally.ids).toEqual(new Set(ids));
    expect(tally.requests).toBeLessThan(ids.length * 1.6);
    // Time goes by in waits alone: those for the last few.
    expect((world.clock.now - startedMs) / 1_000).toBeLessThan(8);
  });
});
