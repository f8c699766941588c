/** The receivers of docs/webhook, as processes of their own, under the real delivery. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TranscriptErased } from '../../lambdas/shared/webhook/events.ts';
import { enqueueTranscriptErased } from '../../lambdas/shared/webhook/outbox.ts';
import { Signer } from '../../lambdas/shared/webhook/signer.ts';
import { WebhookClient } from '../../lambdas/shared/webhook/webhook-client.ts';
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
      made.tools.client = client;
      made.secret.value = { current: keys.current };
      made.clock.now = Date.now();
      return made;
    }

    const stored = async () => (await readdir(join(dir, 'transcripts'))).sort();

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
      [
        'refuses an id that leads out of its folder',
        () => post({}, '{"type":"transcript.erased","data":{"interactionId":"../../x"}}'),
        400,
      ],
    ])('%s', async (_name, send, status) => {
      expect(await send()).toMatchObject({ status });
    });
  });
}
