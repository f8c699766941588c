/** The receivers of docs/webhook, as processes of their own, under the real delivery. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TranscriptErased } from '../../lambdas/shared/delivery/events.ts';
import { enqueueTranscriptErased } from '../../lambdas/shared/delivery/outbox.ts';
import { Signer } from '../../lambdas/shared/delivery/signer.ts';
import { WebhookClient } from '../../lambdas/shared/delivery/webhook-client.ts';
import { type DeliveryWorld, signingKey, startWorld } from './delivery-world.ts';

const file = (name: string) => fileURLToPath(new URL(`../../docs/webhook/${name}`, import.meta.url));
const hasPython = spawnSync('python3', ['-c', 'import sys; sys.exit(sys.version_info < (3, 8))']).status === 0;

const RECEIVERS = [
  { name: 'receiver.ts', command: [process.execPath, file('receiver.ts')], isThere: true },
  {
    name: 'receiver.py (skipped where python3 is missing)',
    command: ['python3', file('receiver.py')],
    isThere: hasPython,
  },
];

for (const { name, command, isThere } of RECEIVERS) {
  describe.skipIf(!isThere)(name, () => {
    let dir: string;
    let child: ChildProcess;
    let url: string;
    let client: WebhookClient;
    const keys = { current: signingKey(), previous: signingKey() };

    beforeEach(async () => {
      dir = await mkdtemp(join(tmpdir(), 'receiver-test-'));
      const [program = '', ...rest] = command;
      child = spawn(program, [...rest, '--port', '0', '--dir', dir], {
        stdio: ['ignore', 'pipe', 'inherit'],
        env: { PATH: process.env.PATH, WEBHOOK_SECRETS: `${keys.current} ${keys.previous}` },
      });
      const lines = createInterface({ input: child.stdout as NonNullable<ChildProcess['stdout']> });
      const [line] = (await once(lines, 'line')) as [string];
      url = line.replace('listening on ', '');
      client = new WebhookClient({ url: new URL(url), connections: 4, timeoutMs: 5_000 });
    });

    afterEach(async () => {
      client.close();
      child.kill();
      await once(child, 'exit');
      await rm(dir, { recursive: true, force: true });
    });

    async function world(): Promise<DeliveryWorld> {
      const made = await startWorld();
      made.transport.client = client;
      made.secret.value = { current: keys.current };
      made.clock.now = Date.now();
      return made;
    }

    const stored = async () => (await readdir(join(dir, 'transcripts'))).sort();

    it.each([
      ['nothing', ''],
      ['a blank', ' '],
      ['no key after the prefix', 'whsec_'],
      ['a key with a blank pasted into it', `${keys.current.slice(0, 12)} ${keys.current.slice(12)}`],
      ['a key without prefix', keys.current.slice('whsec_'.length)],
      ['a short key', `whsec_${Buffer.alloc(15, 7).toString('base64')}`],
      ['what is not base64', `${keys.current.slice(0, -8)}_-_-*()=`],
      ['a key that was cut off', `whsec_${'A'.repeat(33)}`],
      ['the words of the documentation', 'whsec_…'],
      ['a good key and a bad one', `${keys.current} whsec_abcd`],
    ])('does not start with %s as its key', (_name, secrets) => {
      const [program = '', ...rest] = command;
      const { status, stdout, stderr } = spawnSync(program, [...rest, '--port', '0', '--dir', dir], {
        encoding: 'utf8',
        env: { PATH: process.env.PATH, WEBHOOK_SECRETS: secrets },
      });
      expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
      expect(stderr).toMatch(/^WEBHOOK_SECRETS must hold keys: whsec_ and base64 of at least 16 bytes/m);
      for (const word of secrets.split(' ').filter((each) => each.length > 6)) expect(stderr).not.toContain(word);
    });

    it('takes a run, twice, and has each transcript once', async () => {
      const { storeBatch, storeManifest, deliver } = await world();
      await storeBatch('run', 0, 12);
      await storeManifest('run');
      expect(await deliver({ runId: 'run' })).toMatchObject({ delivered: 12, parked: 0 });
      expect(await deliver({ redeliverRun: 'run', only: 'all' }, { name: 'again' })).toMatchObject({ delivered: 12 });
      expect(await stored()).toHaveLength(12);
      const row = JSON.parse(await readFile(join(dir, 'transcripts', 'int-0-3', 'voice.json'), 'utf8'));
      expect(row).toMatchObject({ interactionId: 'int-0-3', row: { masked: true } });
      expect(await readdir(join(dir, 'runs'))).toEqual(['run.json']);
      expect(await readdir(join(dir, 'seen'))).toHaveLength(13);
    });

    it('takes a transcript out again that was erased', async () => {
      const { store, storeBatch, deliver } = await world();
      await storeBatch('run', 0, 3);
      await deliver({ runId: 'run' });
      const event: TranscriptErased = {
        type: 'transcript.erased',
        timestamp: '2026-11-21T00:00:00.000Z',
        data: { interactionId: 'int-0-1', rows: 1 },
      };
      await enqueueTranscriptErased(store, 'run', event);
      await deliver({ runId: 'run' });
      expect(await stored()).toEqual(['int-0-0', 'int-0-2']);
      // What was on its way before comes in last.
      const { status } = await post({}, storedEvent({ interactionId: 'int-0-1' }));
      expect(status).toBe(204);
      expect(await stored()).toEqual(['int-0-0', 'int-0-2']);
    });

    const post = (change: Record<string, string> = {}, body = '{"type":"new.event","data":{}}', key = keys.current) => {
      const bytes = Buffer.from(body);
      const signed = new Signer({ current: key }).sign('msg_1', bytes, Date.now());
      return client.post({ 'content-type': 'application/json', ...signed, ...change }, bytes);
    };

    it.each([
      ['accepts the previous key', () => post({}, undefined, keys.previous), 204],
      ['accepts a type that it does not know', () => post(), 204],
      ['refuses another key', () => post({}, undefined, signingKey()), 401],
      ['refuses other bytes', () => post({ 'webhook-signature': `v1,${'A'.repeat(43)}=` }), 401],
      ['refuses another id', () => post({ 'webhook-id': 'msg_2' }), 401],
      ['refuses a recording', () => post({ 'webhook-timestamp': '1600000000' }), 401],
      ['refuses a signature that is missing', () => post({ 'webhook-signature': '' }), 401],
      ['refuses what is not JSON', () => post({}, 'not json'), 400],
    ])('%s', async (_name, send, status) => {
      expect(await send()).toMatchObject({ status });
    });

    const storedEvent = (data: unknown) =>
      JSON.stringify({ type: 'transcript.stored', data: { mediaType: 'voice', ...(data as object) } });
    const deep = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);

    it.each([
      ...['null', '[]', '1', '"x"', 'true', '{}', '', '{"type":"transcript.stored"}', '{"type":null,"data":{}}'],
      ...['{"type":"transcript.erased","data":null}', '{"type":"run.completed","data":[]}', '{"type":["x"],"data":{}}'],
      ...[null, ['a'], [['a']], {}, 1, true, '', '.', '..', '../../x', 'a/b', 'a\u0000', 'x'.repeat(129)].map(
        (interactionId) => storedEvent({ interactionId }),
      ),
      storedEvent({ interactionId: 'int-1', mediaType: null }),
      storedEvent({ interactionId: 'int-1', mediaType: ['voice'] }),
      ...[1_000_000, 100_000].map(deep),
      `{"type":"transcript.stored","data":{"interactionId":"int-1","mediaType":"voice","row":${deep(200_000)}}}`,
    ])('refuses for good, and survives, the signed event %s', async (body) => {
      expect(await post({}, body)).toMatchObject({ status: 400 });
      expect(await post()).toMatchObject({ status: 204 });
      expect((await readdir(dir)).sort()).toEqual(['seen']);
    });

    /** The first line of the answer to bytes that no client would send. */
    const say = async (head: string, body = 'x') => {
      const { hostname, port } = new URL(url);
      const socket = connect(Number(port), hostname);
      socket.write(`POST / HTTP/1.1\r\nHost: x\r\n${head}\r\n\r\n${body}`);
      let text = '';
      for await (const chunk of socket) {
        text += chunk;
        if (text.includes('\r\n')) break;
      }
      socket.destroy();
      return Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1]);
    };

    it.each([
      ['-1', 'Content-Length: -1'],
      ['-99', 'Content-Length: -99'],
      ['a sign', 'Content-Length: +5'],
      ['words', 'Content-Length: many'],
      ['two of them', 'Content-Length: 5\r\nContent-Length: 6'],
      ['more than any body may have', 'Content-Length: 999999999999999'],
      ['more than a number holds', `Content-Length: ${'9'.repeat(40)}`],
      ['nothing', 'X-Other: x'],
      ['chunks that are none', 'Transfer-Encoding: chunked'],
    ])('refuses, and survives, a length of %s', async (_name, head) => {
      const status = await say(head);
      expect(status).toBeGreaterThanOrEqual(400);
      expect(status).toBeLessThan(500);
      expect(await post()).toMatchObject({ status: 204 });
    });

    it('refuses a body that is too large, with an answer', async () => {
      expect(await post({}, 'x'.repeat(16 * 1024 * 1024 + 1))).toMatchObject({ status: 413 });
      expect(await post()).toMatchObject({ status: 204 });
    });
  });
}
