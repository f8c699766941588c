/** Planning a million interactions: from a file, and by searching a day. */
import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { startCxoneSimulator } from '../emulator/stand-ins/cxone/start-cxone-simulator.ts';
import { startS3 } from '../emulator/stand-ins/s3/start-s3.ts';
import { startSecretsManager } from '../emulator/stand-ins/secrets-manager.ts';
import { bundleHandlers } from '../infra/bundle-handlers.ts';
import { Plan } from '../lambdas/shared/runs/run-records.ts';
import { runWorker } from './function-environment.ts';

const LAMBDAS = fileURLToPath(new URL('../lambdas', import.meta.url));

/** The argument of `npm run bench`. */
export const name = 'planning';
/** What the list of benchmarks says of it. */
export const description = 'memory and time of planning 1,000,000 interactions (goal: under 300 MiB)';

interface Planned {
  seconds: number;
  maxMemoryMB: number;
}

/** @param interactions how many there are on the day, and in the file */
export async function run(interactions = 1_000_000): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'bench-planning-'));
  const bundles = bundleHandlers(LAMBDAS, ['plan-extraction']);
  const day = { from: '2026-10-01T00:00:00Z', to: '2026-10-02T00:00:00Z' };
  const simulator = await startCxoneSimulator({ interactions: { count: interactions, ...day } });
  const s3 = await startS3({ dir: directory, bucket: 'bench' });
  const credentials = { clientId: simulator.clientId, clientSecret: simulator.clientSecret };
  const secrets = await startSecretsManager({ secrets: { cxone: JSON.stringify(credentials) } });
  const urls = { cxone: simulator.baseUrl, s3: s3.url, secretsManager: secrets.url };
  const plan = async (runId: string, input: object): Promise<Planned> => {
    const planned = await runWorker('plan-worker.mjs', 'PlanExtraction', urls, {
      BENCH_HANDLER: join(bundles, 'plan-extraction', 'index.mjs'),
      BENCH_INPUT: JSON.stringify({ runId, startedAt: '2026-10-03T00:00:00.000Z', input }),
    });
    return planned as Planned;
  };
  const report = async (what: string, runId: string, input: object) => {
    const { seconds, maxMemoryMB } = await plan(runId, { ...input, dryRun: true });
    const text = await readFile(join(directory, `runs/${runId}/plan.json`), 'utf8');
    const { requested, batchCount } = Plan.parse(JSON.parse(text));
    process.stdout.write(
      `  ${what.padEnd(18)}${requested} interactions in ${batchCount} batches, ${seconds.toFixed(0)} s, ${maxMemoryMB.toFixed(0)} MiB at most\n`,
    );
  };
  try {
    await mkdir(join(directory, 'inputs'), { recursive: true });
    await pipeline(
      Readable.from(['interactionId\n', ...chunked(simulator.interactionIds(interactions))]),
      createWriteStream(join(directory, 'inputs/ids.csv')),
    );
    await report('from a CSV file', 'from-file', { interactionIdsFrom: 's3:///inputs/ids.csv' });
    await report('from one day', 'from-window', { window: day });
  } finally {
    await Promise.all([simulator.close(), s3.close(), secrets.close()]);
    await rm(directory, { recursive: true, force: true });
    await rm(bundles, { recursive: true, force: true });
  }
}

function* chunked(ids: string[]): Generator<string> {
  for (let start = 0; start < ids.length; start += 10_000) yield `${ids.slice(start, start + 10_000).join('\n')}\n`;
}
