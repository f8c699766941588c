/** Transcripts fetched one by one: the speed of the store step beside a bare loop of requests, and its memory as it goes on. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startSecretsManager } from '../emulator/stand-ins/secrets-manager.ts';
import { segmentId, TRANSCRIPTS } from './fetching-segments.ts';
import { runWorker } from './function-environment.ts';

const AT_ONCE = 8;
const DELAY_MS = 50;

/** The argument of `npm run bench`. */
export const name = 'fetching';
/** What the list of benchmarks says of it. */
export const description = 'segments fetched one by one, beside a bare loop of requests; memory at ten times as many';

/** What the store step came to in its process. */
interface Stored {
  stored: number;
  seconds: number;
  maxMemoryMB: number;
}

/** Seconds of a loop that does nothing with the transcripts but read them. */
async function fetchOnly(vendorUrl: string, count: number): Promise<number> {
  const startedAt = performance.now();
  let next = 0;
  const loop = async () => {
    while (next < count) {
      const url = `${vendorUrl}${TRANSCRIPTS}${segmentId(next++)}/analyzed-transcript?wordLevel=false`;
      await (await fetch(url, { headers: { authorization: 'Bearer bench', accept: 'application/json' } })).text();
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, loop));
  return (performance.now() - startedAt) / 1_000;
}

/** Does something with a tenant of so many segments, and takes it away. */
async function withTenant<T>(
  count: number,
  delayMs: number,
  use: (vendorUrl: string, store: () => Promise<Stored>) => Promise<T>,
): Promise<T> {
  const directory = await mkdtemp(join(tmpdir(), 'bench-fetching-'));
  const key = { accessKeyId: 'bench', accessKeySecret: 'bench' };
  const secrets = await startSecretsManager({ secrets: { cxone: JSON.stringify(key) } });
  const variables = { BENCH_SEGMENTS: String(count), BENCH_DELAY_MS: String(delayMs), BENCH_DIR: directory };
  const tenant = fork(fileURLToPath(new URL('fetching-tenant-worker.ts', import.meta.url)), {
    env: { ...process.env, ...variables },
  });
  try {
    const [{ s3Url, vendorUrl }] = (await once(tenant, 'message')) as [{ s3Url: string; vendorUrl: string }];
    const urls = { cxone: vendorUrl, s3: s3Url, secretsManager: secrets.url };
    // Without a budget: what is measured is the function.
    const ofSource = { ...variables, CXONE_SOURCE: 'interaction-analytics', CXONE_REQUESTS_PER_SECOND: '0' };
    const store = async () =>
      (await runWorker('fetching-store-worker.ts', 'StoreTranscripts', urls, ofSource)) as Stored;
    return await use(vendorUrl, store);
  } finally {
    tenant.kill();
    await secrets.close();
    await rm(directory, { recursive: true, force: true });
  }
}

/** @param segments fetched in batches of 1,000 by one process; for the memory once more ten times as many */
export async function run(segments = Number(process.env.BENCH_SEGMENTS ?? 10_000)): Promise<void> {
  await withTenant(segments, DELAY_MS, async (vendorUrl, store) => {
    const seconds = await fetchOnly(vendorUrl, segments);
    const step = await store();
    process.stdout.write(
      [
        `  a vendor that answers after ${DELAY_MS} ms, ${AT_ONCE} requests at a time`,
        `  requests only       ${(segments / seconds).toFixed(0)} a second`,
        `  store step          ${(step.stored / step.seconds).toFixed(0)} a second, ${step.stored} of ${segments} stored: fetch, mask, check, gzip, upload`,
        `  ratio               ${(seconds / step.seconds).toFixed(2)} of the requests alone (goal: at least 0.90)`,
        '',
      ].join('\n'),
    );
  });
  const memoryOf = (count: number) => withTenant(count, 0, async (_, store) => (await store()).maxMemoryMB);
  const [few, many] = [await memoryOf(segments), await memoryOf(10 * segments)];
  process.stdout.write(
    `  memory of process   ${few.toFixed(0)} MiB at ${segments}, ${many.toFixed(0)} MiB at ${10 * segments}, from a vendor without delay: ${(many / few).toFixed(2)} times (goal: at most 1.20)\n`,
  );
}
