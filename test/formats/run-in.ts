/** Executions of any version's stack in a lake that is there already. */
import type { Assembly } from '../../emulator/engine/assembly.ts';
import type { JsonValue } from '../../emulator/engine/json.ts';
import { LocalEngine } from '../../emulator/engine/run-execution.ts';
import { startSandbox } from '../../emulator/sandbox/start-sandbox.ts';
import { keptCatalogue } from '../fixtures/kept-catalogue.ts';
import type { KeptEvent } from '../fixtures/kept-version.ts';

export interface Started {
  name: string;
  input: JsonValue;
  /** The vendor's clock, ISO 8601. */
  at: string;
}

export interface Ended {
  /** Of the executions, in their order: the status, with the error's name. */
  statuses: string[];
  /** What the webhook took, in order. */
  events: KeptEvent[];
}

/**
 * Runs executions one after the other, and what they start.
 *
 * @example await runIn(out, assembly, [{ name: 'daily-2', input: { schedule }, at }]) // { statuses: ['SUCCEEDED'], events }
 */
export async function runIn(out: string, assembly: Assembly, runs: readonly Started[]): Promise<Ended> {
  let nowMs = 0;
  const sandbox = await startSandbox({
    out,
    assembly,
    vendor: { simulator: keptCatalogue(() => nowMs) },
    receiver: { keepBodies: true },
  });
  // Of what the emulator sets today, a stack of then may not know everything.
  const known = new Set(assembly.functions.flatMap(({ environment }) => Object.keys(environment)));
  const isKnown = ([name]: [string, string]) => name.startsWith('AWS_') || known.has(name);
  const overridesEnv = Object.fromEntries(Object.entries(sandbox.environment).filter(isKnown));
  const engine = new LocalEngine({ assembly, overridesEnv, waitScale: 0.001, maxProcesses: 1 });
  try {
    const statuses: string[] = [];
    for (const { name, input, at } of runs) {
      nowMs = Date.parse(at);
      const { status, error } = await engine.run({ name, input, stateMachine: sandbox.extraction, record: 'none' });
      statuses.push([status, error].filter(Boolean).join(' '));
      await engine.settle();
    }
    const received = sandbox.receiver?.received ?? [];
    return { statuses, events: received.map(({ id, body }) => ({ id, body: body as KeptEvent['body'] })) };
  } finally {
    await engine.close();
    await sandbox.close();
  }
}
