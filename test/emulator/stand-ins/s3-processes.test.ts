/** Several processes serve one folder: a run beside a run, or beside any command that opens the lake. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectVersionsCommand,
  PutObjectCommand,
  type PutObjectCommandInput,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startS3 } from '../../../emulator/stand-ins/s3/start-s3.ts';

const SCRIPT = fileURLToPath(new URL('s3-process.ts', import.meta.url));
const Bucket = 'lake';

interface Peer {
  child: ChildProcess;
  client: S3Client;
}

let dir: string;
let peers: Peer[];

async function startPeer(): Promise<Peer> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', SCRIPT, dir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  const client = new S3Client({
    endpoint: line.toString().trim(),
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  });
  const peer = { child, client };
  peers.push(peer);
  return peer;
}

async function kill({ child }: Peer): Promise<void> {
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 's3-processes-'));
  peers = [];
});
afterEach(async () => {
  for (const { child, client } of peers) {
    client.destroy();
    child.kill('SIGKILL');
  }
  await rm(dir, { recursive: true, force: true, maxRetries: 5 });
});

const put = ({ client }: Peer, Key: string, Body: string, more: Partial<PutObjectCommandInput> = {}) =>
  client.send(new PutObjectCommand({ Bucket, Key, Body, ...more }));

async function get({ client }: Peer, Key: string): Promise<{ text: string; etag: string }> {
  const { Body, ETag = '' } = await client.send(new GetObjectCommand({ Bucket, Key }));
  return { text: (await Body?.transformToString()) ?? '', etag: ETag };
}

/** `won`, or the name of the error. */
const outcomeOf = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'won',
    (error: unknown) => (error as Error).name,
  );

const stagedFiles = async () =>
  (await readdir(join(dir, '.s3', 'temp'), { recursive: true, withFileTypes: true })).filter(
    (entry) => entry.isFile() && !entry.name.endsWith('.lock'),
  );

describe('two processes', () => {
  it('never both create what is to be created only if absent', async () => {
    const [a, b] = [await startPeer(), await startPeer()];
    const rounds = Array.from({ length: 200 }, (_, round) => round);
    for (const round of rounds) {
      const key = `claims/${round % 7}/${round}.json`;
      const outcomes = await Promise.all(
        [a, b].map((peer, i) => outcomeOf(put(peer, key, `by ${i}`, { IfNoneMatch: '*' }))),
      );
      expect({ round, outcomes: outcomes.toSorted() }).toEqual({ round, outcomes: ['PreconditionFailed', 'won'] });
      const won = `by ${outcomes.indexOf('won')}`;
      expect([(await get(a, key)).text, (await get(b, key)).text]).toEqual([won, won]);
    }
    expect(await stagedFiles()).toEqual([]);
  });

  it('lose no replacement on a match: both count to the end', async () => {
    const both = [await startPeer(), await startPeer()];
    await put(both[0] as Peer, 'counter', '0');
    const countTo = async (peer: Peer, steps: number) => {
      for (let done = 0; done < steps; ) {
        const { text, etag } = await get(peer, 'counter');
        const outcome = await outcomeOf(put(peer, 'counter', String(Number(text) + 1), { IfMatch: etag }));
        if (outcome === 'won') done += 1;
        else expect(outcome).toBe('PreconditionFailed');
      }
    };
    await Promise.all(both.map((peer) => countTo(peer, 60)));
    expect((await get(both[0] as Peer, 'counter')).text).toBe('120');
    const { Versions = [] } = await (both[0] as Peer).client.send(
      new ListObjectVersionsCommand({ Bucket, Prefix: 'counter' }),
    );
    expect(Versions).toHaveLength(121);
  });

  it('keep every version, in the order of the writes, whichever process wrote it', async () => {
    const both = [await startPeer(), await startPeer()];
    const bodies = Array.from({ length: 40 }, (_, i) => `body ${i}`);
    for (const [i, body] of bodies.entries()) {
      await put(both[i % 2] as Peer, 'row', body, { ContentType: `text/x-${i}` });
      if (i % 8 === 3) await (both[(i + 1) % 2] as Peer).client.send(new DeleteObjectCommand({ Bucket, Key: 'row' }));
    }
    const { client } = both[0] as Peer;
    const { Versions = [], DeleteMarkers = [] } = await client.send(
      new ListObjectVersionsCommand({ Bucket, Prefix: 'row' }),
    );
    const read = Versions.map(async ({ VersionId }) => {
      const { Body, ContentType } = await client.send(new GetObjectCommand({ Bucket, Key: 'row', VersionId }));
      return [await Body?.transformToString(), ContentType];
    });
    expect(await Promise.all(read)).toEqual(bodies.map((body, i) => [body, `text/x-${i}`]).reverse());
    expect(DeleteMarkers).toHaveLength(5);
  });
});

/** A process that has received the first half of an object. */
async function startWriting() {
  const writer = await startPeer();
  const body = new PassThrough();
  const putting = outcomeOf(
    writer.client.send(new PutObjectCommand({ Bucket, Key: 'slow', Body: body, ContentLength: 8 })),
  );
  body.write('half');
  while ((await stagedFiles()).length === 0) await sleep(5);
  return { writer, body, putting };
}

describe('a lake that is opened', () => {
  it('keeps what a live process is still receiving', async () => {
    const { writer, body, putting } = await startWriting();
    // In this process and in another one: neither is the writer's.
    const here = await startS3({ dir });
    await startPeer();
    await here.close();
    body.end('half');
    expect(await putting).toBe('won');
    expect((await get(writer, 'slow')).text).toBe('halfhalf');
  });

  it('is rid of what a dead process was receiving', async () => {
    const { writer, putting } = await startWriting();
    await kill(writer);
    expect(await putting).not.toBe('won');
    await (await startS3({ dir })).close();
    expect(await readdir(join(dir, '.s3', 'temp'))).toEqual([]);
  });

  it('frees the keys of a process that was killed in a write, and shows each write whole or not at all', async () => {
    const reader = await startPeer();
    for (let round = 0; round < 12; round++) {
      const writer = await startPeer();
      const written: number[] = [];
      const writing = (async () => {
        for (let i = 0; ; i++) {
          const body = JSON.stringify({ round, i, padding: 'x'.repeat(i * 100) });
          await put(writer, 'state', body, { ContentType: `text/x-${round}-${i}` });
          written.push(i);
        }
      })().catch(() => {});
      while (written.length < 3 + round) await sleep(1);
      await kill(writer);
      await writing;
      const { Body, ContentType } = await reader.client.send(new GetObjectCommand({ Bucket, Key: 'state' }));
      const state = JSON.parse((await Body?.transformToString()) ?? '') as { round: number; i: number };
      expect(ContentType).toBe(`text/x-${state.round}-${state.i}`);
      expect(state.round).toBe(round);
      expect(state.i).toBeGreaterThanOrEqual(written.at(-1) ?? 0);
      await put(reader, 'state', JSON.stringify({ round, i: 0 }), { ContentType: `text/x-${round}-0` });
    }
    const { Versions = [] } = await reader.client.send(new ListObjectVersionsCommand({ Bucket, Prefix: 'state' }));
    expect(new Set(Versions.map(({ VersionId }) => VersionId)).size).toBe(Versions.length);
    expect((await stat(join(dir, 'state'))).isFile()).toBe(true);
  });
});
