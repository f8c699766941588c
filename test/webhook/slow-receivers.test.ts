/** Receivers that want it slower, or fail now and then: they get all they allow, and nothing is given up meanwhile. */
import { describe, expect, it } from 'vitest';
import { createRandom } from '../year/random.ts';
import { type Clock, type DeliveryWorld, startWorld } from './delivery-world.ts';

const unsigned = { secret: [] };

/** Takes so many requests in each window of virtual time, and asks for patience beyond that. */
function allow(
  clock: Clock,
  requests: number,
  windowSeconds: number,
  refusal: { status: number; retryAfter: string | null },
) {
  let window = -1;
  let left = 0;
  const taken = { status: 200, retryAfter: null };
  return async () => {
    const now = Math.floor(clock.now / (windowSeconds * 1000));
    if (now !== window) [window, left] = [now, requests];
    left -= 1;
    return left >= 0 ? taken : refusal;
  };
}

/** Answers as `answer` says, by how often it has been asked. */
function answering(
  world: DeliveryWorld,
  answer: (headers: Record<string, string>) => Promise<{ status: number; retryAfter: string | null }>,
) {
  let requests = 0;
  world.transport.client = {
    post: async (headers) => {
      requests += 1;
      return answer(headers);
    },
  };
  return () => requests;
}

describe('a receiver with a hard rate', () => {
  it.each([
    ['429 with seconds', { status: 429, retryAfter: '1' }],
    ['429 with nothing', { status: 429, retryAfter: null }],
    ['503 with seconds', { status: 503, retryAfter: '1' }],
  ])('that says %s gets all it allows within the call', async (_name, refusal) => {
    const world = await startWorld(unsigned);
    for (const batch of [0, 1, 2, 3]) await world.storeBatch('run', batch, 150);
    answering(world, allow(world.clock, 20, 1, refusal));
    const outcome = await world.deliver({ runId: 'run' });
    expect(outcome).toMatchObject({ delivered: 600, parked: 0, executions: 1 });
    expect(outcome.hours * 3600).toBeLessThan((600 / 20) * 1.2);
  });

  it('that is slower than a call goes on with the next one', async () => {
    const world = await startWorld(unsigned);
    for (const batch of [0, 1, 2]) await world.storeBatch('run', batch, 300);
    answering(world, allow(world.clock, 1, 1, { status: 429, retryAfter: '1' }));
    const outcome = await world.deliver({ runId: 'run' });
    expect(outcome).toMatchObject({ delivered: 900, parked: 0 });
    expect(Math.max(...outcome.waits)).toBeLessThanOrEqual(5);
    expect(outcome.hours * 3600).toBeLessThan(900 * 1.25);
  });

  it('takes longer than the delivery would wait for a dead one: nothing is parked', async () => {
    const world = await startWorld(unsigned, { WEBHOOK_GIVE_UP_SECONDS: 3_600 });
    const ids = await world.storeBatch('run', 0, 150);
    const seen = new Set<string>();
    const limit = allow(world.clock, 1, 90, { status: 429, retryAfter: '90' });
    answering(world, async (headers) => {
      const answer = await limit();
      if (answer.status === 200) seen.add(headers['webhook-id'] ?? '');
      return answer;
    });
    const outcome = await world.deliver({ redeliverRun: 'run', only: 'all' }, { name: 'r1' });
    expect(outcome).toMatchObject({ delivered: 150, parked: 0 });
    expect(outcome.hours).toBeGreaterThan(3);
    expect(outcome.executions).toBeGreaterThan(2);
    expect([...seen].filter((id) => ids.includes(id)).length).toBe(150);
  });

  it('does not hold up the extraction for long', async () => {
    const world = await startWorld(unsigned);
    await world.storeBatch('run', 0, 1_000);
    answering(world, allow(world.clock, 1, 1, { status: 429, retryAfter: '1' }));
    const startedAt = world.clock.now;
    const { pending, parked } = await world.deliverBatch('run', 0);
    expect(pending).toBeGreaterThan(0);
    expect(parked).toBe(0);
    expect((world.clock.now - startedAt) / 1000).toBeLessThan(330);
    expect(await world.deliver({ runId: 'run' })).toMatchObject({ delivered: 1_000, parked: 0 });
  });

  it('is asked less and less often while it takes nothing at all', async () => {
    const world = await startWorld(unsigned);
    await world.storeBatch('run', 0, 200);
    const requests = answering(world, async () => ({ status: 429, retryAfter: '1' }));
    expect(await world.deliver({ runId: 'run' })).toMatchObject({ delivered: 0, parked: 200 });
    expect(requests()).toBeLessThan(400);
  });
});

describe('a receiver that fails now and then', () => {
  it.each([
    ['503 with Retry-After', { status: 503, retryAfter: '1' }],
    ['500', { status: 500, retryAfter: null }],
    ['429', { status: 429, retryAfter: null }],
  ])('with %s gets everything, whatever the order', async (_name, refusal) => {
    for (const seed of [1, 2, 3]) {
      const random = createRandom(seed);
      const world = await startWorld(unsigned);
      for (const batch of [0, 1]) await world.storeBatch('run', batch, 100);
      answering(world, async () => (random.chance(1 / 3) ? refusal : { status: 200, retryAfter: null }));
      const outcome = await world.deliver({ runId: 'run' });
      expect(outcome).toMatchObject({ delivered: 200, parked: 0 });
      // A minute and more is for one that is dead.
      expect(Math.max(0, ...outcome.waits)).toBeLessThan(60);
    }
  });

  it('takes all of a small batch within one call when it asks for a second', async () => {
    const world = await startWorld(unsigned);
    await world.storeBatch('run', 0, 12);
    let requests = 0;
    answering(world, async () => {
      requests += 1;
      return requests % 3 === 0 ? { status: 503, retryAfter: '1' } : { status: 200, retryAfter: null };
    });
    expect(await world.deliverBatch('run', 0)).toMatchObject({ calls: 1, pending: 0, parked: 0 });
  });

  it('and never takes one event does not keep the others from their turn', async () => {
    const world = await startWorld(unsigned);
    const [poison] = await world.storeBatch('run', 0, 100);
    await world.storeBatch('run', 1, 100);
    const refusal = { status: 503, retryAfter: '1' };
    answering(world, async ({ 'webhook-id': id }) => (id === poison ? refusal : { status: 200, retryAfter: null }));
    const outcome = await world.deliver({ runId: 'run' });
    expect(outcome).toMatchObject({ delivered: 199, parked: 1 });
    expect((await world.parked('run')).filter(({ object }) => object)).toMatchObject([{ id: poison, lastStatus: 503 }]);
  });
});
