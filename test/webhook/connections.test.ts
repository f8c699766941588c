import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { NoAnswer, WebhookClient } from '../../lambdas/shared/delivery/webhook-client.ts';
import { MISBEHAVIOUR, serveBadly } from '../misbehaviour.ts';

async function listen(answer: (count: number, socket: Socket) => boolean) {
  const sockets = new Set<Socket>();
  let requests = 0;
  const server = createServer((request, response) => {
    requests += 1;
    request.resume();
    if (answer(requests, request.socket)) response.end();
  });
  server.on('connection', (socket) => sockets.add(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  const client = new WebhookClient({ url, connections: 3, timeoutMs: 2_000 });
  onTestFinished(() => {
    client.close();
    server.closeAllConnections();
    server.close();
  });
  return { client, sockets, requests: () => requests };
}

describe('connections', () => {
  it('stay open, and are no more than allowed', async () => {
    const { client, sockets } = await listen(() => true);
    await Promise.all(Array.from({ length: 60 }, () => client.post({}, Buffer.from('{}'))));
    expect(sockets.size).toBeLessThanOrEqual(3);
  });

  it('that the server closed just then cost nothing', async () => {
    // The second request comes on a connection that the server gives up at that moment.
    const { client, requests } = await listen((count, socket) => {
      if (count === 2) socket.destroy();
      return count !== 2;
    });
    await client.post({}, Buffer.from('{}'));
    await expect(client.post({}, Buffer.from('{}'))).resolves.toMatchObject({ status: 200 });
    expect(requests()).toBe(3);
  });

  it('are given up after the time-out', async () => {
    const { client } = await listen(() => false);
    const impatient = client;
    await expect(impatient.post({}, Buffer.from('{}'))).rejects.toMatchObject({ reason: 'timeout' });
  });
});

describe('a receiver that', () => {
  const statusOrReason = (client: WebhookClient) =>
    client.post({}, Buffer.from('{}')).then(
      ({ status }) => status,
      (error: unknown) => (error instanceof NoAnswer ? error.reason : error),
    );

  it.each(MISBEHAVIOUR)('%s holds neither its request nor the next one', async (_name, misbehave) => {
    const client = new WebhookClient({ url: await serveBadly(misbehave), connections: 1, timeoutMs: 250 });
    onTestFinished(() => client.close());
    expect([101, 200, 'timeout', 'reset', 'network']).toContain(await statusOrReason(client));
    await expect(statusOrReason(client)).resolves.toBe(200);
  });
});
