/** Engines over hand-written machines and the toy functions of the fixtures. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { JsonObject } from '../../../emulator/engine/json.ts';
import type { FunctionSpec } from '../../../emulator/engine/resolve-template.ts';
import { type EngineOptions, LocalEngine } from '../../../emulator/engine/run-execution.ts';
import { startS3 } from '../../../emulator/stand-ins/s3/start-s3.ts';

export const REGION = 'us-east-1';
const TOYS = fileURLToPath(new URL('../../fixtures/functions/toy', import.meta.url));

/** The toy function that the export is called. */
export function toy(name: string, settings: Partial<FunctionSpec> = {}): FunctionSpec {
  return {
    name,
    arn: `arn:aws:lambda:${REGION}:000000000000:function:${name}`,
    codeDir: TOYS,
    handler: `index.${name}`,
    environment: {},
    timeoutSeconds: 10,
    memoryMB: 128,
    ...settings,
  };
}

const NAMES = ['echo', 'add', 'fail', 'failAtFirst', 'exit', 'crashLater', 'rejectUnhandled', 'large', 'nothing'];
const MORE = ['awkward', 'circular', 'context', 'log', 'environment', 'exhaustMemory', 'failSome'];

export const TOY_FUNCTIONS = [
  ...[...NAMES, ...MORE].map((name) => toy(name)),
  toy('hang', { timeoutSeconds: 0.3 }),
  toy('absent', { handler: 'index.doesNotExist' }),
  toy('countRunning', { environment: { RUNNING_DIR: 'given by the test' } }),
  toy('slow', { handler: 'index.hang' }),
  toy('missing', { handler: 'missing.handler' }),
];

/** A Task state that calls a toy function; it ends the machine unless `settings` has `Next`. */
export function task(name: string, settings: JsonObject = {}): JsonObject {
  return { Type: 'Task', Resource: toy(name).arn, ...('Next' in settings ? {} : { End: true }), ...settings };
}

export function machine(states: Record<string, JsonObject>, settings: JsonObject = {}): JsonObject {
  return { StartAt: Object.keys(states)[0] ?? '', States: states, ...settings };
}

export function engineFor(definition: JsonObject, options: Partial<EngineOptions> = {}): LocalEngine {
  const arn = `arn:aws:states:${REGION}:000000000000:stateMachine:Toy`;
  return new LocalEngine({
    assembly: { region: REGION, functions: TOY_FUNCTIONS, stateMachines: [{ name: 'Toy', arn, definition }] },
    waitScale: 0.001,
    ...options,
  });
}

/** Runs one execution of a machine and closes its engine. */
export async function runToy(definition: JsonObject, input: JsonObject = {}, options: Partial<EngineOptions> = {}) {
  const engine = engineFor(definition, options);
  try {
    return await engine.run({ input, record: 'all' });
  } finally {
    await engine.close();
  }
}

/** The S3 stand-in over a directory of its own. */
export async function startToyS3() {
  const dir = mkdtempSync(join(tmpdir(), 'toy-s3-'));
  const s3 = await startS3({ dir });
  return {
    url: s3.url,
    close: async () => {
      await s3.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
