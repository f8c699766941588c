/**
 * One execution in a process of its own, for tests that kill it: everything it needs, the functions' processes included,
 * dies with its process group. Prints a line for each event, and the outcome at last.
 *
 * Arguments: a JSON file `{assembly, out, name, input, simulator}`.
 */
import { readFileSync } from 'node:fs';
import type { Assembly } from '../../../emulator/engine/assembly.ts';
import type { JsonValue } from '../../../emulator/engine/json.ts';
import { LocalEngine } from '../../../emulator/engine/run-execution.ts';
import { startSandbox } from '../../../emulator/sandbox/start-sandbox.ts';
import type { CxoneSimulatorOptions } from '../../../emulator/stand-ins/cxone/start-cxone-simulator.ts';

export interface OneRun {
  assembly: Assembly;
  out: string;
  name: string;
  input: unknown;
  simulator: CxoneSimulatorOptions;
}

const { assembly, out, name, input, simulator } = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as OneRun;
const sandbox = await startSandbox({ out, vendor: { simulator }, assembly });
const engine = new LocalEngine({
  assembly: sandbox.assembly,
  overridesEnv: sandbox.environment,
  waitScale: 0.001,
  maxProcesses: 1,
  onEvent: ({ type }) => process.stdout.write(`event ${type}\n`),
});
const result = await engine.run({ input: input as JsonValue, name, stateMachine: sandbox.extraction, record: 'none' });
process.stdout.write(
  `outcome ${JSON.stringify({ status: result.status, error: result.error, cause: result.cause })}\n`,
);
await engine.close();
await sandbox.close();
