/** The whole pipeline under test: the synthesised machine, the bundled handlers in processes, stand-ins on real sockets. */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect } from 'vitest';
import {
  type EngineOptions,
  type ExecutionResult,
  LocalEngine,
  type RunOptions,
} from '../../../emulator/engine/run-execution.ts';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../../emulator/sandbox/start-sandbox.ts';
import type { CxoneSimulator } from '../../../emulator/stand-ins/cxone/start-cxone-simulator.ts';
import type { WebhookReceiver } from '../../../emulator/stand-ins/webhook-receiver.ts';
import { AuditLine, BatchReceipt, TranscriptRow } from '../../../lambdas/shared/storage/records.ts';
import { refusedCalls } from './refused-calls.ts';

export interface Pipeline extends Sandbox {
  simulator: CxoneSimulator;
  receiver: WebhookReceiver;
  engine: LocalEngine;
  run(input: unknown, options?: Partial<RunOptions>): Promise<ExecutionResult>;
  /** Keys of the bucket below a prefix. */
  keys(prefix: string): Promise<string[]>;
  /** The lines of an object, parsed; gunzipped where its key says so. */
  lines(key: string): Promise<unknown[]>;
  /** The stored rows of a run. */
  rows(runId: string): Promise<TranscriptRow[]>;
  audit(runId: string): Promise<AuditLine[]>;
  receipts(runId: string): Promise<BatchReceipt[]>;
  /** Names of the states that children or the execution itself entered, in order. */
  entered(result: ExecutionResult): string[];
}

/** Waits and back-offs pass a thousand times faster; their paths are evaluated all the same. */
const WAIT_SCALE = 0.001;

async function start(options: Partial<SandboxOptions>, engineOptions: Partial<EngineOptions>): Promise<Pipeline> {
  const out = await mkdtemp(join(tmpdir(), 'pipeline-test-'));
  const sandbox = await startSandbox({ out, ...options });
  const engine = new LocalEngine({
    assembly: sandbox.assembly,
    waitScale: WAIT_SCALE,
    maxProcesses: 4,
    ...engineOptions,
    overridesEnv: { ...sandbox.environment, ...engineOptions.overridesEnv },
  });
  const read = async (key: string) => {
    const bytes = await readFile(join(sandbox.dataLakeDir, key));
    return (key.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  };
  const keys = async (prefix: string) => {
    const found = await readdir(sandbox.dataLakeDir, { recursive: true, withFileTypes: true });
    return found
      .filter((entry) => entry.isFile() && !entry.parentPath.includes('.s3'))
      .map((entry) => join(entry.parentPath, entry.name).slice(sandbox.dataLakeDir.length + 1))
      .filter((key) => key.startsWith(prefix))
      .sort();
  };
  const lines = async (key: string) =>
    (await read(key))
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as unknown);
  const ofRun = async (prefix: string, runId: string) => {
    const names = (await keys(prefix)).filter((key) => key.includes(`/${runId}-`));
    return (await Promise.all(names.map(lines))).flat();
  };
  return {
    ...sandbox,
    simulator: sandbox.simulator as CxoneSimulator,
    receiver: sandbox.receiver as WebhookReceiver,
    engine,
    run: (input, runOptions) =>
      engine.run({ input: input as never, stateMachine: sandbox.extraction, record: 'all', ...runOptions }),
    keys,
    lines,
    rows: async (runId) => (await ofRun('transcripts/', runId)).map((row) => TranscriptRow.parse(row)),
    audit: async (runId) => (await ofRun('audit/', runId)).map((line) => AuditLine.parse(line)),
    receipts: async (runId) => {
      const names = await keys(`runs/${runId}/batches/`);
      return Promise.all(names.map(async (key) => BatchReceipt.parse(JSON.parse(await read(key)))));
    },
    entered: (result) => result.history.flatMap((event) => (event.type === 'StateEntered' ? [event.state] : [])),
    close: async () => {
      await engine.close();
      await sandbox.close();
      await rm(out, { recursive: true, force: true });
    },
  };
}

/** One pipeline for all tests of a file; its fields are there once the tests run. */
export function usePipeline(
  options: Partial<SandboxOptions> = {},
  engineOptions: Partial<EngineOptions> = {},
): Pipeline {
  const pipeline = {} as Pipeline;
  beforeAll(async () => {
    Object.assign(pipeline, await start(options, engineOptions));
  });
  afterAll(async () => {
    // Undefined where the start already failed.
    if (pipeline.close === undefined) return;
    await pipeline.close();
    expect(refusedCalls(pipeline), 'calls that AWS would refuse').toEqual([]);
  });
  return pipeline;
}

let made = 0;

/** Ids that no other test of the file uses. */
export function freshIds(count: number): string[] {
  return Array.from({ length: count }, () => {
    made += 1;
    return `int-test-${String(made).padStart(6, '0')}`;
  });
}

/** An execution input in the vendor's own form. */
export function eventFor(interactionIds: string[], change: Record<string, unknown> = {}) {
  return {
    interactionIds,
    mediaTypes: ['voice', 'chat', 'email'],
    redactionPolicy: 'auto',
    format: 'json',
    maxConcurrentDownloads: 5,
    ...change,
  };
}
