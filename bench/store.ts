/** The store step on a result of 500 MB: memory of its process, and its speed beside the parts it is made of. */
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startCxoneSimulator } from '../emulator/stand-ins/cxone/start-cxone-simulator.ts';
import { startS3 } from '../emulator/stand-ins/s3/start-s3.ts';
import { startSecretsManager } from '../emulator/stand-ins/secrets-manager.ts';
import { TASK_CONFIG } from '../lambdas/shared/task/config/task-config.ts';
import { BulkJobApi } from '../lambdas/shared/vendor/bulk-job/bulk-job-api.ts';
import { Sessions } from '../lambdas/shared/vendor/sign-in/sessions.ts';
import { benchEnvironment, runWorker } from './function-environment.ts';

const MEBIBYTE = 1024 * 1024;
const INTERACTIONS = 1_000;

/** The argument of `npm run bench`. */
export const name = 'store';
/** What the list of benchmarks says of it. */
export const description = 'memory and speed of the store step on a 500 MB job result';

/** What the store step came to in its process. */
interface Stored {
  output: { stored: number };
  seconds: number;
  maxMemoryMB: number;
}

/** Reads a result and does nothing with it but hash: the reference for the speed. */
async function readOnly(stream: ReadableStream<Uint8Array>): Promise<{ bytes: number; seconds: number }> {
  const startedAt = performance.now();
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of stream) {
    hash.update(chunk);
    bytes += chunk.byteLength;
  }
  return { bytes, seconds: (performance.now() - startedAt) / 1000 };
}

async function directoryBytes(directory: string): Promise<number> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && entry.name.endsWith('.gz'));
  const sizes = await Promise.all(files.map(async (entry) => (await stat(join(entry.parentPath, entry.name))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** @param megabytes size of the result */
export async function run(megabytes = 500): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'bench-store-'));
  const simulator = await startCxoneSimulator({
    jobLatency: { polls: 0 },
    minTranscriptBytes: Math.ceil((megabytes * MEBIBYTE) / INTERACTIONS),
  });
  const s3 = await startS3({ dir: directory, bucket: 'bench' });
  const credentials = { clientId: simulator.clientId, clientSecret: simulator.clientSecret };
  const secrets = await startSecretsManager({ secrets: { cxone: JSON.stringify(credentials) } });
  try {
    const config = TASK_CONFIG.StoreTranscripts.parse(benchEnvironment('StoreTranscripts', simulator.baseUrl));
    const sessions = new Sessions(config, { read: async () => ({ form: 'client-credentials', ...credentials }) });
    const api = new BulkJobApi(config, sessions);
    const { signal } = new AbortController();
    const frame = { signal, remainingMs: () => 900_000, metrics: { addMetric: () => {} } };
    const options = {
      mediaTypes: ['voice' as const, 'chat' as const],
      redactionPolicy: 'auto' as const,
      format: 'json' as const,
      maxConcurrentDownloads: 5,
    };
    const interactionIds = Array.from({ length: INTERACTIONS }, (_, index) => `int-bench-${index}`);
    const { jobId } = await api.submit(interactionIds, options, frame);
    const headers = { authorization: `Bearer ${(await sessions.get(frame)).token}` };
    const job = await fetch(`${simulator.baseUrl}/api/v2/jobs/${jobId}`, { headers });
    const result = await fetch(((await job.json()) as { resultUrl: string }).resultUrl, { headers });
    if (!result.body) throw new Error('the simulated result cannot be read');
    const reference = await readOnly(result.body);

    const at = '2026-11-22T10:00:00.000Z';
    const input = {
      runId: 'bench',
      startedAt: at,
      batch: { batch: 0, interactionIds },
      options,
      polling: { firstWaitSeconds: 2, longestWaitSeconds: 60 },
      priority: 'backfill',
      job: { submissions: 1, status: 'completed', jobId, submittedAt: at, deadlineAt: at, polls: 1, waitSeconds: 1 },
    };
    const urls = { cxone: simulator.baseUrl, s3: s3.url, secretsManager: secrets.url };
    const variables = { BENCH_INPUT: JSON.stringify(input) };
    const stored = (await runWorker('store-worker.ts', 'StoreTranscripts', urls, variables)) as Stored;
    const { output, seconds, maxMemoryMB } = stored;
    const size = reference.bytes / MEBIBYTE;
    const storedSize = (await directoryBytes(directory)) / MEBIBYTE;
    process.stdout.write(
      [
        `  result              ${size.toFixed(0)} MiB, ${output.stored} of ${INTERACTIONS} transcripts stored as ${storedSize.toFixed(0)} MiB of gzip`,
        `  memory of process   ${maxMemoryMB.toFixed(0)} MiB at most (goal: under 300)`,
        `  download only       ${(size / reference.seconds).toFixed(0)} MiB/s (the simulator generates while it sends)`,
        `  store step          ${(size / seconds).toFixed(0)} MiB/s: download, cut, mask, check, gzip, upload`,
        `  ratio               ${(reference.seconds / seconds).toFixed(2)} of the download alone`,
        '',
      ].join('\n'),
    );
  } finally {
    await Promise.all([simulator.close(), s3.close(), secrets.close()]);
    await rm(directory, { recursive: true, force: true });
  }
}
