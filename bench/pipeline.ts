/** 1,000 interactions in batches of 100 through the synthesised machine: what a transcript costs in transitions. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LocalEngine } from '../emulator/engine/run-execution.ts';
import { startSandbox } from '../emulator/sandbox/start-sandbox.ts';

const INTERACTIONS = 1_000;
const BATCH_SIZE = 100;

/** The argument of `npm run bench`. */
export const name = 'pipeline';
/** What the list of benchmarks says of it. */
export const description = `${INTERACTIONS} interactions in batches of ${BATCH_SIZE}, from event to manifest`;

/** Prints interactions a second of a whole run on this machine. */
export async function run(): Promise<void> {
  const out = await mkdtemp(join(tmpdir(), 'bench-pipeline-'));
  const sandbox = await startSandbox({ out });
  const engine = new LocalEngine({ assembly: sandbox.assembly, overridesEnv: sandbox.environment, waitScale: 0.001 });
  try {
    const interactionIds = Array.from({ length: INTERACTIONS }, (_, index) => `int-bench-${index}`);
    const input = {
      interactionIds,
      mediaTypes: ['voice', 'chat', 'email'],
      redactionPolicy: 'auto',
      format: 'json',
      maxConcurrentDownloads: 5,
      batchSize: BATCH_SIZE,
    };
    const result = await engine.run({ input, stateMachine: sandbox.extraction, record: 'none' });
    const { stored, delivered } = (result.output as { counts: { stored: number; delivered: number } }).counts;
    process.stdout.write(
      [
        `  ${result.status}: ${stored} stored, ${delivered} delivered in ${(result.durationMs / 1000).toFixed(1)} s (waits 1,000 times faster)`,
        `  transitions         ${result.stateTransitions}, ${(result.stateTransitions / stored).toFixed(3)} a transcript (goal: at most 0.25)`,
        '',
      ].join('\n'),
    );
  } finally {
    await engine.close();
    await sandbox.close();
    await rm(out, { recursive: true, force: true });
  }
}
