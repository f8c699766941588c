import { mkdir, mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Webhook } from 'standardwebhooks';
import { afterEach, describe, expect, it } from 'vitest';
import {
  startWebhookReceiver,
  type WebhookReceiver,
  type WebhookReceiverOptions,
} from '../../../emulator/stand-ins/webhook-receiver.ts';

const KEY = `whsec_${Buffer.alloc(32, 1).toString('base64')}`;
const NEXT_KEY = `whsec_${Buffer.alloc(32, 2).toString('base64')}`;

let receiver: WebhookReceiver;
afterEach(() => receiver?.close());

async function start(options: WebhookReceiverOptions = {}): Promise<void> {
  receiver = await startWebhookReceiver(options);
}

const post = (id: string, body = '{"n":1}', init: RequestInit = {}) =>
  fetch(receiver.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-request-id': id },
    body,
    redirect: 'manual',
    ...init,
  });

function signed(id: string, keys: string[], at = new Date()): Promise<Response> {
  const body = JSON.stringify({ id });
  return post(id, body, {
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'webhook-id': id,
      'x-request-id': id,
      'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
      'webhook-signature': keys.map((key) => new Webhook(key).sign(id, at, body)).join(' '),
    },
  });
}

it('goes on where it cannot write down what it received, and says so when it is closed', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'receiver-'));
  await mkdir(join(dir, 'received.jsonl'));
  const unwritable = await startWebhookReceiver({ dir });
  for (const id of ['a', 'b']) {
    const headers = { 'content-type': 'application/json', 'x-request-id': id };
    expect((await fetch(unwritable.url, { method: 'POST', headers, body: '{}' })).status).toBe(200);
  }
  await expect(unwritable.close()).rejects.toMatchObject({ code: 'EISDIR' });
});

describe('what it checks', () => {
  const json = { 'content-type': 'application/json', 'x-request-id': 'a' };
  it.each<[string, RequestInit, number]>([
    ['another method', { method: 'PUT', headers: json, body: '{}' }, 405],
    ['another content type', { headers: { 'x-request-id': 'a' }, body: '{}' }, 415],
    ['an empty body', { headers: json, body: '' }, 400],
    ['no JSON', { headers: json, body: '{' }, 400],
    ['no id', { headers: { 'content-type': 'application/json' }, body: '{}' }, 400],
    ['two ids', { headers: { ...json, 'webhook-id': 'b' }, body: '{}' }, 400],
    ['a large body', { headers: json, body: `"${'x'.repeat(2_000)}"` }, 413],
  ])('refuses %s', async (_name, init, status) => {
    await start({ maxBytes: 1_000 });
    expect((await post('a', '', init)).status).toBe(status);
    expect(receiver.received).toEqual([]);
    expect(receiver.requests).toMatchObject([{ status, problem: expect.any(String) }]);
  });

  it('verifies signatures by any of its keys', async () => {
    await start({ secret: KEY });
    expect((await post('unsigned')).status).toBe(401);
    expect((await signed('a', [KEY])).status).toBe(200);
    expect((await signed('b', [NEXT_KEY])).status).toBe(401);
    expect((await signed('c', [NEXT_KEY, KEY])).status).toBe(200);
    expect((await signed('d', [KEY], new Date(Date.now() - 600_000))).status).toBe(401);
    receiver.setSecret([NEXT_KEY, KEY]);
    expect((await signed('e', [NEXT_KEY])).status).toBe(200);
    expect(receiver.received.map(({ id, verified }) => [id, verified])).toEqual([
      ['a', true],
      ['c', true],
      ['e', true],
    ]);
  });
});

describe('what it records', () => {
  it('counts duplicates by id and leaves bodies out unless told to keep them', async () => {
    await start();
    for (const id of ['a', 'b', 'a']) await post(id);
    expect(receiver.received).toMatchObject([
      { id: 'a', bytes: 7, attempt: 1, status: 200, verified: false },
      { id: 'b', attempt: 1 },
      { id: 'a', attempt: 2 },
    ]);
    expect(receiver.received[0]).not.toHaveProperty('body');
    expect([receiver.uniqueIds.size, receiver.duplicates]).toEqual([2, 1]);
  });

  it('writes received.jsonl', async () => {
    const dir = join(await mkdtemp(join(tmpdir(), 'webhook-')), 'new');
    await start({ dir, keepBodies: true });
    await post('a', '{"row":"ä"}');
    await receiver.close();
    const [line = '', ...rest] = (await readFile(join(dir, 'received.jsonl'), 'utf8')).trim().split('\n');
    expect(rest).toEqual([]);
    expect(JSON.parse(line)).toMatchObject({ id: 'a', body: { row: 'ä' } });
    expect(receiver.received[0]?.body).toEqual({ row: 'ä' });
  });
});

describe('how it misbehaves', () => {
  it('by attempt, by number, by id, so many times', async () => {
    await start({
      behaviour: [
        { attempt: 1, times: 1, do: { status: 429, retryAfter: '10' } },
        { id: 'bad', do: { status: 410 } },
        { from: 4, to: 4, do: { status: 302, location: 'http://127.0.0.1:1/' } },
      ],
    });
    const answers = [await post('a'), await post('a'), await post('bad'), await post('b'), await post('c')];
    expect(answers.map(({ status }) => status)).toEqual([429, 200, 410, 302, 200]);
    expect(answers[0]?.headers.get('retry-after')).toBe('10');
    expect(answers[3]?.headers.get('location')).toBe('http://127.0.0.1:1/');
    expect(receiver.received.map(({ id, attempt }) => [id, attempt])).toEqual([
      ['a', 2],
      ['c', 1],
    ]);
  });

  it('processes, then resets', async () => {
    await start({ behaviour: [{ times: 1, do: { reset: true, afterReceiving: true } }] });
    await expect(post('a')).rejects.toThrow();
    expect((await post('a')).status).toBe(200);
    expect(receiver.received.map(({ status }) => status)).toEqual([0, 200]);
    expect(receiver.duplicates).toBe(1);
  });

  it('is down and up again', async () => {
    await start();
    receiver.down();
    await expect(post('a')).rejects.toThrow();
    receiver.up();
    expect((await post('a')).status).toBe(200);
    expect(receiver.requests.map(({ status }) => status)).toEqual([0, 200]);
  });

  it('changes its rules while it runs', async () => {
    await start({ behaviour: [{ do: { status: 503, delayMs: 1 } }] });
    expect((await post('a')).status).toBe(503);
    receiver.behave([]);
    expect((await post('a')).status).toBe(200);
  });
});
