import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Assembly } from '../../emulator/engine/assembly.ts';
import { cachedAssembly } from '../../emulator/sandbox/cached-assembly.ts';
import { mapConcurrently } from '../../lambdas/shared/lib/map-concurrently.ts';
import { createRandom } from '../year/random.ts';
import { look, spawnRun } from './world/spawn-run.ts';

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
  assembly = await cachedAssembly({ settings: { batchSize: 10, watermarkStart: '2026-10-01T00:00:00Z' } });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The outcome of an execution that is killed after so many events. */
const runOne = (out: string, name: string, input: unknown, killAfter?: number) =>
  spawnRun({ assembly, out, name, input, simulator: SIMULATOR }, killAfter);

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
