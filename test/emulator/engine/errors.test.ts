import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../emulator/engine/json.ts';
import { LambdaPool } from '../../../emulator/engine/lambda-pool.ts';
import { StateError } from '../../../emulator/engine/state-error.ts';
import { machine, REGION, runToy, TOY_FUNCTIONS, task, toy } from './toy.ts';

const pool = new LambdaPool({ functions: TOY_FUNCTIONS, region: REGION, overrides: {} });
afterAll(() => pool.close());

async function failureOf(name: string, input: JsonObject = {}): Promise<{ name: string; cause: JsonObject }> {
  const error = await pool.invoke(toy(name).arn, input).catch((reason: unknown) => reason);
  if (!(error instanceof StateError)) throw new Error(`${name} did not fail as a function does`);
  return { name: error.name, cause: JSON.parse(error.message) as JsonObject };
}

describe('a function that fails', () => {
  it('reports what it throws by name, with message and trace', async () => {
    const { name, cause } = await failureOf('fail', { name: 'VendorThrottled', message: 'slow down' });
    expect(name).toBe('VendorThrottled');
    expect(cause).toMatchObject({ errorType: 'VendorThrottled', errorMessage: 'slow down' });
    expect((cause.trace as string[])[0]).toBe('VendorThrottled: slow down');
  });

  it.each<[string, string, JsonObject, string, RegExp]>([
    ['runs out of time', 'hang', {}, 'Sandbox.Timedout', /Task timed out after 0\.30 seconds/],
    ['exits', 'exit', { code: 7 }, 'Runtime.ExitError', /Runtime exited with error: exit status 7/],
    ['exits cleanly', 'exit', { code: 0 }, 'Runtime.ExitError', /Runtime exited without providing a reason/],
    ['runs out of memory', 'exhaustMemory', {}, 'Runtime.ExitError', /Runtime exited with error: signal: aborted/],
    ['throws outside its promise', 'crashLater', {}, 'LateError', /as asked/],
    ['forgets a rejection', 'rejectUnhandled', {}, 'Runtime.UnhandledPromiseRejection', /Forgotten: as asked/],
    ['exports no handler', 'absent', {}, 'Runtime.HandlerNotFound', /index\.doesNotExist is undefined/],
    ['has no code', 'missing', {}, 'Runtime.ImportModuleError', /Cannot find module/],
    ['answers with a circle', 'circular', {}, 'Error', /Unable to stringify response body/],
    ['answers with too much', 'large', { bytes: 7_000_000 }, 'Function.ResponseSizeTooLarge', /exceeded maximum/],
  ])('%s', async (_what, name, input, errorType, message) => {
    const failure = await failureOf(name, input);
    expect(failure).toMatchObject({ name: errorType, cause: { errorType } });
    expect(failure.cause.errorMessage).toMatch(message);
  });

  it('has broken code', async () => {
    const codeDir = mkdtempSync(join(tmpdir(), 'broken-'));
    writeFileSync(join(codeDir, 'index.mjs'), 'export const handler = async () => {');
    const broken = toy('broken', { codeDir });
    const own = new LambdaPool({ functions: [broken], region: REGION, overrides: {} });
    await expect(own.invoke(broken.arn, {})).rejects.toMatchObject({ name: 'Runtime.UserCodeSyntaxError' });
    await own.close();
    rmSync(codeDir, { recursive: true });
  });

  it('is served by a new process afterwards', async () => {
    await failureOf('exit', { code: 1 });
    await failureOf('exit', { code: 2 });
    await expect(pool.invoke(toy('nothing').arn, {})).resolves.toBeNull();
  });
});

describe('Retry and Catch', () => {
  const retry = (error: string, attempts: number) => ({
    Retry: [{ ErrorEquals: [error], IntervalSeconds: 1, MaxAttempts: attempts, BackoffRate: 2 }],
  });

  it('match on the name of the error, and the process stays warm between attempts', async () => {
    const states = { A: task('failAtFirst', retry('VendorUnavailable', 3)) };
    const result = await runToy(machine(states), { name: 'VendorUnavailable', times: 2 });
    expect(result).toMatchObject({ status: 'SUCCEEDED', output: { calls: 3 }, stateTransitions: 3 });
    expect(result.history.filter((event) => event.type === 'StateRetried')).toHaveLength(2);
  });

  it('give up after the attempts and report the last error', async () => {
    const states = { A: task('fail', retry('VendorUnavailable', 2)) };
    const result = await runToy(machine(states), { name: 'VendorUnavailable', message: 'still down' });
    expect(result).toMatchObject({ status: 'FAILED', error: 'VendorUnavailable', stateTransitions: 3 });
    expect(JSON.parse(result.cause ?? '')).toMatchObject({ errorMessage: 'still down' });
  });

  it('leave other names alone', async () => {
    const result = await runToy(machine({ A: task('fail', retry('VendorUnavailable', 2)) }), { name: 'InputInvalid' });
    expect(result).toMatchObject({ status: 'FAILED', error: 'InputInvalid', stateTransitions: 1 });
  });

  it.each([
    ['hang', 'Sandbox.Timedout'],
    ['exit', 'Runtime.ExitError'],
  ])('reach a function that is killed (%s)', async (name, error) => {
    const states = {
      A: task(name, { Catch: [{ ErrorEquals: [error], ResultPath: '$.caught', Next: 'B' }] }),
      B: { Type: 'Pass', End: true },
    };
    const result = await runToy(machine(states), { code: 1 });
    const { caught } = result.output as { caught: { Error: string; Cause: string } };
    expect(caught.Error).toBe(error);
    expect(JSON.parse(caught.Cause)).toMatchObject({ errorType: error });
  });

  it('reach a state that waits longer than it may, while the function goes on', async () => {
    const states = {
      A: task('slow', { TimeoutSeconds: 1, Catch: [{ ErrorEquals: ['States.Timeout'], Next: 'B' }] }),
      B: { Type: 'Pass', End: true },
    };
    const result = await runToy(machine(states));
    expect(result).toMatchObject({ status: 'SUCCEEDED', output: { Error: 'States.Timeout' } });
  });
});

describe('size limits', () => {
  const bytes = 300 * 1024;
  const catching = (error: string) => ({ Catch: [{ ErrorEquals: [error], ResultPath: '$.caught', Next: 'B' }] });
  const B = { Type: 'Pass', End: true };

  it('a result above 256 KiB fails the state', async () => {
    const result = await runToy(machine({ A: task('large') }), { bytes });
    expect(result).toMatchObject({ status: 'FAILED', error: 'States.DataLimitExceeded' });
  });

  it('States.ALL does not catch it', async () => {
    const result = await runToy(machine({ A: task('large', catching('States.ALL')), B }), { bytes });
    expect(result).toMatchObject({ status: 'FAILED', error: 'States.DataLimitExceeded' });
  });

  it('its name does', async () => {
    const result = await runToy(machine({ A: task('large', catching('States.DataLimitExceeded')), B }), { bytes });
    expect(result).toMatchObject({ status: 'SUCCEEDED', output: { caught: { Error: 'States.DataLimitExceeded' } } });
  });

  it('an output that grows beyond it step by step fails the execution', async () => {
    const step = (name: string, settings: JsonObject) => task('large', { ResultPath: `$.${name}`, ...settings });
    const states = { A: step('a', { Next: 'B' }), B: step('b', { Next: 'C' }), C: step('c', {}) };
    const result = await runToy(machine(states), { bytes: 100 * 1024 });
    expect(result).toMatchObject({ status: 'FAILED', error: 'States.DataLimitExceeded' });
  });

  it('a small one passes', async () => {
    const result = await runToy(machine({ A: task('large') }), { bytes: 200 * 1024 });
    expect(result.status).toBe('SUCCEEDED');
  });
});
