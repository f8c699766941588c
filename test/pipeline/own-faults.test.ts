/** Faults on our own side: S3, Secrets Manager, configuration, functions that die. */
import { afterEach, describe, expect, it } from 'vitest';
import type { S3Fault } from '../../emulator/stand-ins/s3/faults.ts';
import { eventFor, freshIds, usePipeline } from './world/pipeline.ts';

const pipeline = usePipeline();

afterEach(() => {
  pipeline.s3.setFaults([]);
  pipeline.simulator.setFaults([]);
});

async function runWith(faults: S3Fault[]) {
  const ids = freshIds(3);
  pipeline.s3.setFaults(faults);
  const result = await pipeline.run(eventFor(ids));
  return { result, ids, rows: await pipeline.rows(result.name) };
}

describe('S3', () => {
  it.each([
    [
      '503 on a part',
      { operation: 'PutObject', keyPattern: /^transcripts\//, times: 2, status: 503, code: 'SlowDown' },
    ],
    [
      '500 for longer than the SDK tries',
      { operation: 'PutObject', keyPattern: /^transcripts\//, times: 6, status: 500, code: 'InternalError' },
    ],
    [
      'a part that was written although the answer got lost',
      { operation: 'PutObject', keyPattern: /^transcripts\//, times: 1, reset: true, afterCommit: true },
    ],
    [
      'a receipt that was written although the answer got lost',
      { operation: 'PutObject', keyPattern: /batches\/000000\.json$/, times: 1, reset: true, afterCommit: true },
    ],
    ['503 on the audit', { operation: 'PutObject', keyPattern: /^audit\//, times: 6, status: 503, code: 'SlowDown' }],
    [
      '503 on the manifest',
      { operation: 'PutObject', keyPattern: /manifest\.json$/, times: 6, status: 503, code: 'SlowDown' },
    ],
    ['503 on the plan', { operation: 'PutObject', keyPattern: /plan\.json$/, times: 6, status: 503, code: 'SlowDown' }],
  ] as [string, S3Fault][])('%s: everything is stored, once', async (_name, fault) => {
    const { result, ids, rows } = await runWith([fault]);
    expect(result).toMatchObject({ status: 'SUCCEEDED' });
    expect(rows.map(({ interactionId }) => interactionId).sort()).toEqual(ids);
  });

  it('a refusal (403) to write a part fails the batch for good', async () => {
    const { result } = await runWith([
      { operation: 'PutObject', keyPattern: /^transcripts\//, times: 'always', status: 403, code: 'AccessDenied' },
    ]);
    expect(result).toMatchObject({ status: 'FAILED', error: 'ExtractionIncomplete' });
    expect(JSON.stringify(result.history)).toContain('DataLakeRejected');
    const [receipt] = await pipeline.receipts(result.name);
    expect(receipt).toMatchObject({ counts: { stored: 0, failed: 3 }, parts: [] });
  });

  it('a run whose audit trail cannot be written is red', async () => {
    const { result } = await runWith([
      { operation: 'PutObject', keyPattern: /^audit\//, times: 'always', status: 403, code: 'AccessDenied' },
    ]);
    expect(result).toMatchObject({ status: 'FAILED', error: 'DataLakeRejected' });
    expect(await pipeline.keys(`runs/${result.name}/manifest`)).toEqual([]);
  });

  it('a run whose manifest cannot be written is red', async () => {
    const { result } = await runWith([
      { operation: 'PutObject', keyPattern: /manifest\.json$/, times: 'always', status: 403, code: 'AccessDenied' },
    ]);
    expect(result).toMatchObject({ status: 'FAILED', error: 'DataLakeRejected' });
  });
});

describe('the vendor, seen from outside the batches', () => {
  it.each([
    ['VendorAuthFailed', { on: 'token', times: 'always', do: { status: 401 } }, {}],
    // Where nobody answers the address may be wrong: patience would only keep that from its owner.
    ['VendorUnavailable', { on: 'token', times: 'always', do: { reset: true } }, {}],
    ['VendorUnavailable', { on: 'token', times: 'always', do: { status: 503 } }, { JOB_DEADLINE_SECONDS: '1' }],
    ['VendorThrottled', { on: 'token', times: 'always', do: { status: 429 } }, { JOB_DEADLINE_SECONDS: '1' }],
    ['ContractViolation', { on: 'token', times: 'always', do: { html: true } }, {}],
    ['VendorRejected', { on: 'token', times: 'always', do: { status: 418 } }, {}],
  ] as const)('%s ends the run before anything is planned: %o', async (error, fault, patience) => {
    pipeline.simulator.revokeTokens();
    const fresh = await restarted(patience);
    pipeline.simulator.setFaults([fault]);
    const result = await fresh.run({ input: eventFor(freshIds(1)) as never, stateMachine: pipeline.extraction });
    await fresh.close();
    expect(result).toMatchObject({ status: 'FAILED', error });
    expect(await pipeline.keys(`runs/${result.name}/`)).toEqual([]);
  });

  it('a client secret that is rotated in mid-run is read again', async () => {
    pipeline.simulator.setFaults([{ on: 'poll', times: 1, do: { status: 401 } }]);
    pipeline.simulator.rotateSecret('rotated-secret');
    const secretId = pipeline.assembly.outputs.CxoneSecretArn as string;
    await pipeline.secrets.put(
      secretId,
      JSON.stringify({ clientId: pipeline.simulator.clientId, clientSecret: 'rotated-secret' }),
    );
    const result = await pipeline.run(eventFor(freshIds(2)));
    expect(result).toMatchObject({ status: 'SUCCEEDED' });
  });
});

describe('the secret', () => {
  it.each([
    ['is no JSON', 'hunter2-not-json', 'not JSON'],
    ['lacks a field', '{"clientId":"hunter2"}', 'clientSecret'],
  ])('%s: the run ends, the value is not repeated', async (_name, value, words) => {
    const secretId = pipeline.assembly.outputs.CxoneSecretArn as string;
    const good = JSON.stringify({
      clientId: pipeline.simulator.clientId,
      clientSecret: pipeline.simulator.clientSecret,
    });
    await pipeline.secrets.put(secretId, value);
    const fresh = await restarted();
    const result = await fresh.run({
      input: eventFor(freshIds(1)) as never,
      stateMachine: pipeline.extraction,
      record: 'all',
    });
    await fresh.close();
    await pipeline.secrets.put(secretId, good);
    expect(result).toMatchObject({ status: 'FAILED', error: 'ConfigInvalid' });
    expect(result.cause).toContain(words);
    expect(JSON.stringify(result)).not.toContain('hunter2');
  });
});

/** An engine whose function processes are new: no token and no secret in their memory. */
async function restarted(environment: Record<string, string> = {}) {
  const { LocalEngine } = await import('../../emulator/engine/run-execution.ts');
  return new LocalEngine({
    assembly: pipeline.assembly,
    overridesEnv: { ...pipeline.environment, ...environment },
    waitScale: 0.001,
    maxProcesses: 2,
  });
}
