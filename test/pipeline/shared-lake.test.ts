/** Whole runs, an erasure and looks at the lake, all in processes that share one folder at the same time. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eraseInteractions } from '../../cli/lake/erasure/erase-interactions.ts';
import { openLake } from '../../cli/lake/open-lake.ts';
import { readRunStatus } from '../../cli/lake/run-status.ts';
import type { Assembly } from '../../emulator/engine/assembly.ts';
import { cachedAssembly } from '../../emulator/sandbox/cached-assembly.ts';
import { eventFor, freshIds } from './world/pipeline.ts';
import { look, spawnRun } from './world/spawn-run.ts';

let assembly: Assembly;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'shared-lake-'));
  assembly = await cachedAssembly({ settings: { batchSize: 10 } });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('one folder for several processes', () => {
  it('takes two runs, an erasure and looks at the lake at once, and each is as if it were alone', async () => {
    const out = join(folder, 'out');
    const run = (name: string, ids: string[]) =>
      spawnRun({ assembly, out, name, input: eventFor(ids), simulator: { jobLatency: { polls: 0 } } });
    const [earlier, left, right] = [freshIds(30), freshIds(60), freshIds(60)];
    expect(await run('earlier', earlier)).toMatchObject({ status: 'SUCCEEDED' });
    const erased = earlier.slice(3, 6);

    let running = true;
    const lookAround = async () => {
      while (running) {
        const lake = await openLake(out);
        await readRunStatus(lake, 'left').catch(() => {});
        await lake.close();
      }
    };
    const eraseOneByOne = async () => {
      for (const id of erased) {
        const lake = await openLake(out);
        const { underWay } = await eraseInteractions(lake, [id], new Date().toISOString());
        await lake.close();
        expect(underWay).toEqual([]);
      }
    };
    const looking = lookAround();
    const outcomes = await Promise.all([run('left', left), run('right', right), eraseOneByOne()]);
    running = false;
    await looking;

    expect(outcomes.slice(0, 2)).toMatchObject([{ status: 'SUCCEEDED' }, { status: 'SUCCEEDED' }]);
    const kept = [...earlier, ...left, ...right].filter((id) => !erased.includes(id));
    expect(await look(out)).toEqual({ ids: kept.toSorted(), problems: [] });
  });
});
