import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { WebhookClient } from '../../lambdas/shared/delivery/webhook-client.ts';

const fixture = (name: string) => readFileSync(new URL(`../fixtures/tls/${name}`, import.meta.url), 'utf8');
const [cert, key] = [fixture('self-signed.cert.pem'), fixture('self-signed.key.pem')];

async function serveTls() {
  const server = createServer({ cert, key }, (request, response) => {
    request.resume();
    response.writeHead(200).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return new URL(`https://127.0.0.1:${(server.address() as AddressInfo).port}/`);
}

function clientFor(url: URL, ca?: string) {
  const client = new WebhookClient({ url, connections: 1, timeoutMs: 3_000, ...(ca && { ca }) });
  onTestFinished(() => client.close());
  return client;
}

describe('TLS', () => {
  it('is refused by name when no authority vouches for the certificate', async () => {
    const client = clientFor(await serveTls());
    const reason = 'tls:DEPTH_ZERO_SELF_SIGNED_CERT';
    await expect(client.post({}, Buffer.from('{}'))).rejects.toMatchObject({ name: 'NoAnswer', reason });
  });

  it('is accepted with a certificate that is trusted', async () => {
    const client = clientFor(await serveTls(), cert);
    await expect(client.post({}, Buffer.from('{}'))).resolves.toMatchObject({ status: 200 });
  });

  it('is not what a plain server speaks', async () => {
    const { serve } = await import('../serve.ts');
    const plain = await serve((_request, response) => response.end());
    const client = clientFor(new URL(plain.url.replace('http:', 'https:')));
    await expect(client.post({}, Buffer.from('{}'))).rejects.toMatchObject({ reason: expect.stringMatching(/^tls:/) });
  });
});
