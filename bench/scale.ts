/** 100,000 interactions in one run: does it finish, stay flat in memory, add up, and what does a transcript cost. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLake } from '../cli/lake/open-lake.ts';
import { verifyLake } from '../cli/lake/verification/verify-lake.ts';
import { LocalEngine } from '../emulator/engine/run-execution.ts';
import { startSandbox } from '../emulator/sandbox/start-sandbox.ts';
import { Manifest } from '../lambdas/shared/runs/run-records.ts';

const BATCH_SIZE = 100;
const DAY = { from: '2026-10-01T00:00:00Z', to: '2026-10-02T00:00:00Z' };

/** The argument of `npm run bench`. */
export const name = 'scale';
/** What the list of benchmarks says of it. */
export const description = '100,000 interactions in 1,000 batches, from event to manifest (takes about ten minutes)';

/** @param interactions a whole number of batches */
export async function run(interactions = Number(process.env.BENCH_INTERACTIONS ?? 100_000)): Promise<void> {
  const out = await mkdtemp(join(tmpdir(), 'bench-scale-'));
  const sandbox = await startSandbox({
    out,
    vendor: { simulator: { interactions: { count: interactions, ...DAY }, lateShare: 0, jobLatency: { polls: 1 } } },
  });
  const memory: number[] = [];
  let finished = 0;
  const engine = new LocalEngine({
    assembly: sandbox.assembly,
    overridesEnv: sandbox.environment,
    waitScale: 0.001,
    maxProcesses: 2,
    onEvent: (event) => {
      if (event.type !== 'MapRunProgress') return;
      finished += 1;
      if (finished % Math.max(1, Math.floor(interactions / BATCH_SIZE / 10)) === 0) {
        memory.push(process.memoryUsage().rss / 1024 / 1024);
      }
    },
  });
  try {
    const input = { window: DAY, batchSize: BATCH_SIZE };
    const result = await engine.run({ input, name: 'scale', stateMachine: sandbox.extraction, record: 'none' });
    await engine.settle();
    const text = await readFile(join(sandbox.dataLakeDir, 'runs/scale/manifest.json'), 'utf8');
    const { planned, counts, rows, parts, cost } = Manifest.parse(JSON.parse(text));
    process.stdout.write(
      [
        `  ${result.status}: ${planned} planned, ${counts.stored} stored, ${rows} rows in ${parts.length} parts, in ${(result.durationMs / 1000).toFixed(0)} s (waits 1,000 times faster)`,
        `  transitions         ${result.stateTransitions} counted, ${cost.stateTransitions} in the manifest; ${(result.stateTransitions / planned).toFixed(3)} a transcript (goal: at most 0.15)`,
        `  memory of engine    ${memory.map((each) => each.toFixed(0)).join(' ')} MiB, a tenth of the run apart`,
        '',
      ].join('\n'),
    );
  } finally {
    await engine.close();
    await sandbox.close();
  }
  const lake = await openLake(out);
  try {
    const { problems, bytes } = await verifyLake(lake);
    process.stdout.write(
      `  verify              ${problems.length} problems, ${(bytes / 1e6).toFixed(0)} MB of parts\n`,
    );
  } finally {
    await lake.close();
    await rm(out, { recursive: true, force: true });
  }
}
