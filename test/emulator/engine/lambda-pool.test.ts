import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { FunctionFault } from '../../../emulator/engine/function-faults.ts';
import type { EnvironmentOverrides } from '../../../emulator/engine/lambda-environment.ts';
import { type FunctionLog, LambdaPool } from '../../../emulator/engine/lambda-pool.ts';
import { REGION, TOY_FUNCTIONS, toy } from './toy.ts';

let pool: LambdaPool<string> | undefined;
afterEach(() => pool?.close());

function startPool(overrides: EnvironmentOverrides = {}, maxProcesses?: number, logs: FunctionLog<string>[] = []) {
  const functions = [
    ...TOY_FUNCTIONS,
    toy('configured', { handler: 'index.environment', environment: { STAGE: 'dev', CXONE_BASE_URL: 'https://a' } }),
  ];
  pool = new LambdaPool({ functions, region: REGION, overrides, maxProcesses, onLog: (log) => logs.push(log) });
  return pool;
}

describe('LambdaPool', () => {
  it('keeps a process warm and gives each invocation its context', async () => {
    const { arn } = toy('context');
    const first = await startPool().invoke(arn, {});
    const second = await pool?.invoke(arn, {});
    expect(first).toMatchObject({ functionName: 'context', memoryLimitInMB: '128', hasTime: true });
    expect(second).toHaveProperty('pid', (first as { pid: number }).pid);
    expect(second).not.toHaveProperty('awsRequestId', (first as { awsRequestId: string }).awsRequestId);
  });

  it('starts a process for each concurrent invocation, up to the limit', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'running-'));
    startPool({ RUNNING_DIR: directory }, 3);
    const { arn } = toy('countRunning');
    const counts = await Promise.all(Array.from({ length: 12 }, () => pool?.invoke(arn, {})));
    rmSync(directory, { recursive: true });
    expect(Math.max(...(counts as number[]))).toBeLessThanOrEqual(3);
    expect(counts).toHaveLength(12);
  });

  it('gives a function the variables of the template and of Lambda, and none of the user', async () => {
    process.env.SECRET_OF_THE_USER = 'must stay here';
    const overrides = { AWS_ENDPOINT_URL_S3: 'http://127.0.0.1:9', CXONE_BASE_URL: 'http://127.0.0.1:8' };
    const environment = await startPool(overrides).invoke(toy('configured').arn, {});
    delete process.env.SECRET_OF_THE_USER;
    expect(environment).toMatchObject({
      STAGE: 'dev',
      CXONE_BASE_URL: 'http://127.0.0.1:8',
      AWS_ENDPOINT_URL_S3: 'http://127.0.0.1:9',
      AWS_REGION: REGION,
      AWS_LAMBDA_FUNCTION_NAME: 'configured',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '128',
      AWS_CONFIG_FILE: '/dev/null',
    });
    expect(environment).not.toHaveProperty('SECRET_OF_THE_USER');
    expect(environment).not.toHaveProperty('HOME');
  });

  it('adds no variable to a function that its template does not give it', async () => {
    const environment = await startPool({ CXONE_BASE_URL: 'http://127.0.0.1:8' }).invoke(toy('environment').arn, {});
    expect(environment).not.toHaveProperty('CXONE_BASE_URL');
  });

  it('hands on every line of the log with what it belongs to', async () => {
    const logs: FunctionLog<string>[] = [];
    startPool({}, 1, logs);
    await pool?.invoke(toy('log').arn, { line: 'first' }, 'a');
    await pool?.invoke(toy('log').arn, { line: 'second' }, 'b');
    await pool?.close();
    expect(logs.filter((log) => log.stream === 'stdout').map((log) => log.line)).toEqual(['first', 'second']);
    expect(logs.filter((log) => log.stream === 'stderr').map((log) => log.line)).toEqual([
      'first (error)',
      'second (error)',
    ]);
    expect(logs.every((log) => log.function === 'log')).toBe(true);
  });

  it('refuses more than Lambda takes', async () => {
    const text = 'x'.repeat(7_000_000);
    await expect(startPool().invoke(toy('echo').arn, { text })).rejects.toMatchObject({
      name: 'Lambda.RequestTooLargeException',
    });
  });

  it('leaves no process behind', async () => {
    const { arn } = toy('context');
    startPool({}, 2);
    const contexts = await Promise.all([pool?.invoke(arn, {}), pool?.invoke(arn, {})]);
    await pool?.close();
    for (const { pid } of contexts as unknown as { pid: number }[]) expect(() => process.kill(pid, 0)).toThrow('ESRCH');
  });

  it.each<[FunctionFault, string, RegExp]>([
    [{ kind: 'throttled' }, 'Lambda.TooManyRequestsException', /Rate Exceeded/],
    [{ kind: 'killed', afterMs: 50 }, 'Runtime.ExitError', /signal: killed/],
  ])('fails on demand: %j', async (fault, name, message) => {
    const failure = startPool().invoke(toy('slow').arn, {}, undefined, fault);
    await expect(failure).rejects.toMatchObject({ name, message: expect.stringMatching(message) });
  });

  it('loses the answer of work that was done', async () => {
    const logs: FunctionLog<string>[] = [];
    startPool({}, 1, logs);
    const failure = pool?.invoke(toy('log').arn, { line: 'done' }, 'a', { kind: 'answer-lost' });
    await expect(failure).rejects.toMatchObject({ name: 'Lambda.Unknown' });
    await pool?.close();
    expect(logs.map((log) => log.line)).toContain('done');
  });

  it('ends what runs and what waits when it is closed', async () => {
    startPool({}, 1);
    const running = ['slow', 'slow'].map((name) => pool?.invoke(toy(name).arn, {}));
    const settled = Promise.allSettled(running);
    await pool?.close();
    const reasons = (await settled).map((each) => (each.status === 'rejected' ? each.reason.name : 'answered'));
    expect(reasons.sort()).toEqual(['AbortedError', 'Runtime.ExitError']);
  });
});
