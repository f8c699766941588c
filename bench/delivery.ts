/** Deliveries a second of a stored run, beside a bare `fetch` loop with the same bodies against the same receiver. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { S3Client } from '@aws-sdk/client-s3';
import { callForRun } from '../lambdas/deliver-transcripts/call-for-run.ts';
import { type Dependencies, REQUEST_TIMEOUT_MS } from '../lambdas/deliver-transcripts/dependencies.ts';
import { WebhookClient } from '../lambdas/shared/delivery/webhook-client.ts';
import { WebhookDestination } from '../lambdas/shared/delivery/webhook-destination.ts';
import { keys } from '../lambdas/shared/storage/layout.ts';
import { ObjectStore } from '../lambdas/shared/storage/object-store.ts';
import { measurePace } from './delivery/pace.ts';
import { storedBatches, TRANSCRIPTS } from './delivery/rows.ts';

const CONCURRENCY = 10;
const ROUNDS = 3;

/** So that what is measured is what is held, not what is yet to be collected. */
setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** The argument of `npm run bench`. */
export const name = 'delivery';
/** What the list of benchmarks says of it. */
export const description = `${TRANSCRIPTS} transcripts to a webhook, ${CONCURRENCY} at a time, beside a bare fetch loop, and to receivers that want it slower`;

/** Starts a worker. @returns it, and the first message that it sends */
async function start<Message>(worker: string, env: Record<string, string> = {}): Promise<[ChildProcess, Message]> {
  const child = fork(fileURLToPath(new URL(`delivery/${worker}-worker.ts`, import.meta.url)), {
    env: { ...process.env, ...env },
  });
  const [message] = (await once(child, 'message')) as [Message];
  return [child, message];
}

/** @returns requests a second */
async function bareFetch(child: ChildProcess, url: string): Promise<number> {
  child.send({ url, concurrency: CONCURRENCY });
  const [{ rate }] = (await once(child, 'message')) as [{ rate: number }];
  return rate;
}

/** @returns deliveries a second, everything included: S3, gunzip, signatures, checkpoints */
async function deliver(dependencies: Dependencies, round: number): Promise<number> {
  const delivery = {
    name: `round-${round}`,
    startedAt: new Date().toISOString(),
    input: { redeliverRun: 'bench', only: 'all' },
  };
  const startedAt = performance.now();
  const { output } = await callForRun(dependencies, {
    delivery,
    attempt: 0,
    failures: 0,
    progressAt: delivery.startedAt,
  });
  if (output.delivered !== TRANSCRIPTS) throw new Error(`only ${output.delivered} were delivered`);
  return (1000 * output.delivered) / (performance.now() - startedAt);
}

const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;

/** Prints transcripts a second of the delivery, and of a bare fetch loop beside it. */
export async function run(): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'bench-delivery-'));
  const [services, { s3Url, receiverUrl }] = await start<{ s3Url: string; receiverUrl: string }>('services', {
    BENCH_DIR: directory,
  });
  const [fetcher, { bodies, bytes }] = await start<{ bodies: number; bytes: number }>('fetch');
  const credentials = { accessKeyId: 'bench', secretAccessKey: 'bench' };
  const store = new ObjectStore('bench', new S3Client({ endpoint: s3Url, region: 'us-east-1', credentials }));
  const client = new WebhookClient({
    url: new URL(receiverUrl),
    connections: CONCURRENCY,
    timeoutMs: REQUEST_TIMEOUT_MS,
  });
  try {
    for (const { receipt, part } of storedBatches()) {
      await store.write(part.key, part.bytes);
      await store.write(keys.receipt(receipt.runId, receipt.batch), JSON.stringify(receipt));
    }
    const signing = { read: async () => ({ current: `whsec_${Buffer.alloc(32, 7).toString('base64')}` }) };
    const dependencies: Dependencies = {
      store,
      openDestination: () => new WebhookDestination(client, signing, Date.now),
      config: {
        DATA_LAKE_BUCKET: 'bench',
        WEBHOOK_CONCURRENCY: CONCURRENCY,
        WEBHOOK_MAX_EVENT_BYTES: 262_144,
        WEBHOOK_GIVE_UP_SECONDS: 259_200,
      },
      now: Date.now,
      random: Math.random,
      remainingMs: () => 600_000,
      sleep,
    };
    const rates: { bare: number; delivery: number }[] = [];
    const memory: number[] = [];
    await bareFetch(fetcher, receiverUrl);
    for (let round = 0; round < ROUNDS; round += 1) {
      const delivery = await deliver(dependencies, round);
      collectGarbage();
      memory.push(process.memoryUsage().heapUsed);
      rates.push({ delivery, bare: await bareFetch(fetcher, receiverUrl) });
    }
    report(rates, memory, bytes / bodies);
    await measurePace(dependencies);
  } finally {
    client.close();
    services.kill();
    fetcher.kill();
    await rm(directory, { recursive: true, force: true });
  }
}

function report(rates: readonly { bare: number; delivery: number }[], memory: readonly number[], bytes: number): void {
  const mebibytes = (size: number) => (size / 1024 / 1024).toFixed(0);
  const rate = (of: 'bare' | 'delivery') => median(rates.map((each) => each[of])).toFixed(0);
  const ratio = median(rates.map(({ bare, delivery }) => delivery / bare));
  process.stdout.write(
    [
      `  events              ${TRANSCRIPTS} of ${(bytes / 1000).toFixed(1)} kB, the median of ${rates.length} rounds`,
      `  bare fetch loop     ${rate('bare')} requests/s`,
      `  delivery            ${rate('delivery')} requests/s: S3, gunzip, sign, send, checkpoint`,
      `  ratio               ${ratio.toFixed(2)} (goal: at least 0.33)`,
      `  memory in use       ${memory.map(mebibytes).join(', ')} MiB after each round; the process had ${mebibytes(process.resourceUsage().maxRSS * 1024)} MiB at most`,
      '',
    ].join('\n'),
  );
}
