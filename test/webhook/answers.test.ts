/** What each kind of answer, or of silence, comes to. */
import { describe, expect, it } from 'vitest';
import { keys } from '../../lambdas/shared/storage/layout.ts';
import { serve } from '../serve.ts';
import { type DeliveryWorld, startWorld } from './delivery-world.ts';

const unsigned = { secret: [] };

async function ledgerOf(world: DeliveryWorld, batch = 0) {
  const found = await world.store.readText(keys.delivery('run', batch));
  return JSON.parse(found?.text ?? '{}') as { segments: unknown[] };
}

describe('an answer', () => {
  it.each([
    ['400', 400],
    ['404', 404],
    ['413', 413],
    ['422', 422],
  ])('of %s parks that event at once and no other', async (_name, status) => {
    const world = await startWorld(unsigned);
    const ids = await world.storeBatch('run', 0, 5);
    world.receiver.behave([{ id: ids[2] as string, do: { status } }]);
    expect(await world.deliverBatch('run', 0)).toMatchObject({ calls: 1, pending: 0, parked: 1 });
    expect((await ledgerOf(world)).segments).toContainEqual({
      from: 2,
      to: 2,
      state: 'parked',
      attempts: 1,
      last: status,
      names: expect.any(String),
    });
    expect(world.receiver.requests).toHaveLength(5);
  });

  it.each([
    ['408', { status: 408 }],
    ['425', { status: 425 }],
    ['429', { status: 429 }],
    ['500', { status: 500 }],
    ['503', { status: 503 }],
    ['101', { status: 101 }],
    ['a redirect', { status: 302, location: 'http://127.0.0.1:9/' }],
    ['a reset', { reset: true }],
    ['a reset after it was taken', { reset: true, afterReceiving: true }],
    ['a time-out after it was taken', { delayMs: 1_000, afterReceiving: true }],
  ])('of %s is tried again with the same id', async (_name, effect) => {
    const world = await startWorld(unsigned);
    const ids = await world.storeBatch('run', 0, 4);
    world.receiver.behave([{ id: ids[1] as string, attempt: 1, times: 1, do: effect }]);
    expect(await world.deliverBatch('run', 0)).toMatchObject({ pending: 0, parked: 0 });
    expect([...world.receiver.uniqueIds].sort()).toEqual([...ids].sort());
    const others = world.receiver.received.filter(({ id }) => id !== ids[1]);
    expect(others).toHaveLength(3);
  });

  it('of 410 ends the run: nothing more is sent, everything is parked', async () => {
    const world = await startWorld({ ...unsigned, behaviour: [{ do: { status: 410 } }] });
    await world.storeBatch('run', 0, 50);
    await world.storeBatch('run', 1, 50);
    expect(await world.deliverBatch('run', 0)).toMatchObject({ calls: 1, pending: 0, parked: 50 });
    const sent = world.receiver.requests.length;
    expect(sent).toBeLessThanOrEqual(8);
    expect(await world.deliverBatch('run', 1)).toMatchObject({ calls: 1, pending: 0, parked: 50 });
    expect(world.receiver.requests).toHaveLength(sent);

    world.receiver.behave([]);
    const again = await world.deliver({ redeliverRun: 'run', only: 'parked' }, { name: 'r1' });
    expect(again).toMatchObject({ delivered: 100, parked: 0 });
  });

  it('is not waited for when the run to deliver again is not there', async () => {
    const world = await startWorld(unsigned);
    await expect(world.deliver({ redeliverRun: 'no-such-run', only: 'all' }, { name: 'r1' })).rejects.toMatchObject({
      name: 'InputInvalid',
    });
    expect(world.receiver.requests).toEqual([]);
  });

  it('of 410 to the first delivery of a whole run parks what is left of it', async () => {
    const world = await startWorld({ ...unsigned, behaviour: [{ from: 21, do: { status: 410 } }] });
    await world.storeBatch('run', 0, 20);
    await world.storeBatch('run', 1, 20);
    expect(await world.deliver({ runId: 'run' })).toMatchObject({ calls: 1, delivered: 20, parked: 20 });
    expect((await world.parked('run')).every(({ lastStatus }) => lastStatus === 410)).toBe(true);
  });

  it('that trickles in does not hold its request for ever', async () => {
    const endless = await serve((_request, response) => {
      response.writeHead(200);
      const timer = setInterval(() => response.write('x'.repeat(100_000)), 5);
      response.on('close', () => clearInterval(timer));
    });
    const { WebhookClient } = await import('../../lambdas/shared/delivery/webhook-client.ts');
    const client = new WebhookClient({ url: new URL(endless.url), connections: 1, timeoutMs: 2_000 });
    const answer = await client.post({}, Buffer.from('{}'));
    client.close();
    expect(answer.status).toBe(200);
  });
});

describe('Retry-After', () => {
  const hours = 3600;
  const date = (seconds: number) => new Date(Date.parse('2026-11-20T04:00:00.000Z') + seconds * 1000).toUTCString();

  it.each([
    ['seconds', '40', 40],
    ['a date', date(50), 50],
  ])('of many seconds in %s is a Wait of the batch', async (_name, retryAfter, seconds) => {
    const world = await startWorld({ ...unsigned, behaviour: [{ times: 1, do: { status: 429, retryAfter } }] });
    await world.storeBatch('run', 0, 20);
    expect(await world.deliverBatch('run', 0)).toMatchObject({ waits: [seconds], pending: 0 });
  });

  it.each([
    ['a few seconds', '7', 7],
    ['a date that is near', date(20), 20],
    ['no seconds', '0', 1],
    ['a date gone by', date(-20), 1],
    ['garbage', 'soon', 1],
    ['a negative number', '-5', 1],
    ['nothing', undefined, 1],
  ])('of %s is waited out within the call', async (_name, retryAfter, seconds) => {
    const effect = { status: 429, ...(retryAfter !== undefined && { retryAfter }) };
    const world = await startWorld({ ...unsigned, behaviour: [{ times: 1, do: effect }] });
    await world.storeBatch('run', 0, 20);
    const startedAt = world.clock.now;
    expect(await world.deliverBatch('run', 0)).toMatchObject({ calls: 1, waits: [], pending: 0 });
    // What comes after it comes more slowly.
    const waitedMs = world.clock.now - startedAt - seconds * 1000;
    expect(waitedMs >= 0 && waitedMs <= 5_000).toBe(true);
  });

  it.each([
    ['ten years in seconds', String(10 * 365 * 24 * hours)],
    ['ten years as a date', new Date(Date.UTC(2036, 10, 20)).toUTCString()],
  ])('of %s is left to the delivery of the run, and clamped there', async (_name, retryAfter) => {
    const world = await startWorld({ ...unsigned, behaviour: [{ times: 9, do: { status: 429, retryAfter } }] });
    await world.storeBatch('run', 0, 20);
    expect(await world.deliverBatch('run', 0)).toMatchObject({ calls: 1 });
    world.receiver.behave([{ times: 1, do: { status: 503, retryAfter } }]);
    const { waits, delivered } = await world.deliver({ runId: 'run' });
    expect(waits).toEqual([6 * hours]);
    expect(delivered).toBe(20);
  });

  it('ends the call for all events: nothing is sent after it in the same call', async () => {
    const world = await startWorld({
      ...unsigned,
      behaviour: [{ from: 10, times: 1, do: { status: 429, retryAfter: 31 } }],
    });
    await world.storeBatch('run', 0, 200);
    let answeredAt = 0;
    const { waits } = await world.deliver(
      { runId: 'run' },
      { before: () => (answeredAt ||= world.receiver.requests.length) },
    );
    expect(waits).toEqual([31]);
    // Eight were under way at most when the tenth was answered; all others came after the wait.
    expect(world.receiver.requests.filter(({ status }) => status === 429)).toHaveLength(1);
    expect(answeredAt).toBeLessThanOrEqual(18);
  });
});

describe('events that always fail', () => {
  it('do not keep the others from their turn', async () => {
    const world = await startWorld(unsigned);
    const ids = [...(await world.storeBatch('run', 0, 20)), ...(await world.storeBatch('run', 1, 20))];
    // The first eight in order: enough to open the circuit before anything else is sent.
    world.receiver.behave(ids.slice(0, 8).map((id) => ({ id, do: { status: 500 } })));
    const outcome = await world.deliver({ runId: 'run' });
    expect(outcome).toMatchObject({ delivered: 32, parked: 8 });
    const attempts = (await world.parked('run')).map((line) => line.attempts);
    expect(Math.min(...attempts)).toBeGreaterThan(3);
  });
});

describe('no connection', () => {
  it.each([
    ['to a port that is closed', 'http://127.0.0.1:9/', 'refused'],
    ['to a name that does not exist', 'https://nowhere.invalid/', 'dns'],
    ['to a private address', 'https://10.1.2.3/', 'address-refused'],
    ['to the metadata service', 'https://169.254.169.254/', 'address-refused'],
    ['to a loopback address behind a public-looking one', 'https://[::ffff:127.0.0.1]/', 'address-refused'],
  ])('%s is named and never counts as delivered', async (_name, url, reason) => {
    const { WebhookClient } = await import('../../lambdas/shared/delivery/webhook-client.ts');
    const client = new WebhookClient({ url: new URL(url), connections: 2, timeoutMs: 3_000 });
    await expect(client.post({}, Buffer.from('{}'))).rejects.toMatchObject({ name: 'NoAnswer', reason });
    client.close();
  });
});

describe('an event', () => {
  it('that is too large goes without its row', async () => {
    const world = await startWorld({ ...unsigned, keepBodies: true }, { WEBHOOK_MAX_EVENT_BYTES: 4_096 });
    await world.storeBatch('run', 0, 2, (row) => (row === 0 ? 'long '.repeat(2_000) : 'short'));
    await world.deliverBatch('run', 0);
    const bodies = world.receiver.received.map(({ body }) => (body as { data: Record<string, unknown> }).data);
    const large = bodies.find(({ interactionId }) => interactionId === 'int-0-0');
    const small = bodies.find(({ interactionId }) => interactionId === 'int-0-1');
    expect(small).toHaveProperty('row.transcript');
    expect(large).not.toHaveProperty('row');
    expect(large).toMatchObject({ object: { bucket: 'test-lake', line: 1 }, contentSha256: expect.any(String) });
  });
});
