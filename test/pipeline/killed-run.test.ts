import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mapConcurrently } from '../../lambdas/shared/map-concurrently.ts';
import { Manifest } from '../../lambdas/shared/runs/run-records.ts';
import { type Assembly, synthesise } from '../../local/engine/synth.ts';
import { listRuns } from '../../local/lake/list-runs.ts';
import { openLake } from '../../local/lake/open-lake.ts';
import { verifyLake } from '../../local/lake/verify-lake.ts';
import { createRandom } from '../year/random.ts';

const ONE_RUN = fileURLToPath(new URL('one-run.ts', import.meta.url));
const DAY = { from: '2026-10-01T00:00:00Z', to: '2026-10-02T00:00:00Z' };
const SIMULATOR = {
  interactions: { count: 60, ...DAY },
  lateShare: 0,
  jobLatency: { polls: 0 },
};
const SCHEDULE = { schedule: { name: 'daily', time: '2026-10-02T03:00:00Z' } };
const WINDOW = { window: DAY };

let assembly: Assembly;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'killed-run-'));
  assembly = await synthesise({ settings: { batchSize: 10, watermarkStart: '2026-10-01T00:00:00Z' } });
});
afterAll(async () => {
  assembly.dispose();
  await rm(folder, { recursive: true, force: true });
});

interface Outcome {
  /** Undefined when it was killed. */
  status?: string;
  error?: string;
  events: number;
}

/** Runs an execution in a process of its own, and kills it and all its children after so many events. */
async function runOne(
  out: string,
  name: string,
  input: unknown,
  killAfter = Number.POSITIVE_INFINITY,
): Promise<Outcome> {
  const file = join(folder, `${basename(out)}-${name}.json`);
  await writeFile(file, JSON.stringify({ assembly, out, name, input, simulator: SIMULATOR }));
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ONE_RUN, file], {
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const outcome: Outcome = { events: 0 };
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.startsWith('outcome ')) Object.assign(outcome, JSON.parse(line.slice('outcome '.length)));
    if (!line.startsWith('event ')) continue;
    outcome.events += 1;
    // The whole process group: the machine is gone, not just one process of it.
    if (outcome.events === killAfter) process.kill(-(child.pid as number), 'SIGKILL');
  }
  return outcome;
}

/** What readers see: ids of the rows in the parts that manifests list; and what is wrong. */
async function look(out: string): Promise<{ ids: string[]; problems: unknown[] }> {
  const lake = await openLake(out);
  try {
    const ids: string[] = [];
    for await (const runId of listRuns(lake)) {
      const text = await readFile(join(lake.name, 'runs', runId, 'manifest.json'), 'utf8').catch(() => undefined);
      if (text === undefined) continue;
      for (const { key } of Manifest.parse(JSON.parse(text)).parts) {
        const lines = gunzipSync(await readFile(join(lake.name, key)))
          .toString()
          .trim()
          .split('\n');
        ids.push(...lines.map((line) => (JSON.parse(line) as { interactionId: string }).interactionId));
      }
    }
    return { ids: ids.sort(), problems: (await verifyLake(lake)).problems };
  } finally {
    await lake.close();
  }
}

describe('a run that is killed', () => {
  it('is completed by a retry from wherever it got to, and leaves nothing wrong', async () => {
    const whole = await runOne(join(folder, 'whole'), 'whole', WINDOW);
    expect(whole).toMatchObject({ status: 'SUCCEEDED' });
    const { ids } = await look(join(folder, 'whole'));
    expect(ids).toHaveLength(60);

    const random = createRandom(20_261_122);
    const rounds = Array.from({ length: 10 }, (_, round) => ({ round, killAfter: random.int(1, whole.events - 2) }));
    const checks = mapConcurrently(rounds, 2, async ({ round, killAfter }) => {
      const out = join(folder, `round-${round}`);
      const input = round % 2 === 0 ? WINDOW : SCHEDULE;
      const killed = await runOne(out, 'killed', input, killAfter);
      const retry = await runOne(out, 'retry', { retryRun: 'killed' });
      // Killed before it left anything: there is nothing to go by but the event itself.
      if (retry.error === 'InputInvalid') {
        expect(killed.events).toBeLessThan(15);
        expect(await runOne(out, 'again', input)).toMatchObject({ status: 'SUCCEEDED' });
      } else {
        expect({ killAfter, ...retry }).toMatchObject({ status: 'SUCCEEDED' });
      }
      expect({ killAfter, ...(await look(out)) }).toEqual({ killAfter, ids, problems: [] });
    });
    for await (const _ of checks);
  });
});
