import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../emulator/engine/json.ts';
import { LocalEngine } from '../../../emulator/engine/run-execution.ts';
import { machine, REGION, TOY_FUNCTIONS, task } from './toy.ts';

const arnOf = (name: string) => `arn:aws:states:${REGION}:000000000000:stateMachine:${name}`;

function start(target: string, settings: JsonObject = {}): JsonObject {
  const Parameters = { StateMachineArn: arnOf(target), Input: { 'runId.$': '$.runId' } };
  return { Type: 'Task', Resource: 'arn:aws:states:::states:startExecution', Parameters, ...settings };
}

function engineOf(first: JsonObject, second: JsonObject): LocalEngine {
  const stateMachines = Object.entries({ First: first, Second: second }).map(([name, definition]) => ({
    name,
    arn: arnOf(name),
    definition,
  }));
  return new LocalEngine({ assembly: { region: REGION, functions: TOY_FUNCTIONS, stateMachines }, waitScale: 0.001 });
}

const second = machine({ Wait: { Type: 'Wait', Seconds: 50, Next: 'A' }, A: task('echo') });

describe('an execution that starts another', () => {
  it('gets its ARN at once, and does not wait for it', async () => {
    const engine = engineOf(machine({ S: start('Second', { End: true }) }), second);
    const result = await engine.run({ stateMachine: 'First', input: { runId: 'r1' } });
    expect(result).toMatchObject({ status: 'SUCCEEDED' });
    expect(result.output).toMatchObject({ ExecutionArn: expect.stringContaining(':execution:Second:') });
    const others = await engine.settle();
    await engine.close();
    expect(others).toMatchObject([{ status: 'SUCCEEDED', output: { runId: 'r1' } }]);
    expect(await engine.settle()).toEqual([]);
  });

  it('leaves it behind: one that is given up is aborted', async () => {
    const slow = machine({ Wait: { Type: 'Wait', Seconds: 99_999_999, End: true } });
    const engine = engineOf(machine({ S: start('Second', { End: true }) }), slow);
    await engine.run({ stateMachine: 'First', input: { runId: 'r1' } });
    expect(await engine.settle(AbortSignal.abort())).toMatchObject([{ status: 'ABORTED' }]);
    await engine.close();
  });

  it.each([
    ['runs with the same input is that one', { 'runId.$': '$.runId' }, false, 'SUCCEEDED'],
    ['runs with another input is refused', { other: 1 }, false, 'FAILED'],
    ['has ended is refused, as one that was run by itself', { 'runId.$': '$.runId' }, true, 'FAILED'],
  ])('under a name that is taken: what %s', async (_name, Input, hasEnded, status) => {
    const named = (input: JsonObject) => ({
      Parameters: { StateMachineArn: arnOf('Second'), Name: 'n', Input: input },
    });
    const both = machine({
      S: start('Second', { ...named({ 'runId.$': '$.runId' }), ResultPath: null, Next: 'T' }),
      T: start('Second', { ...named(Input as JsonObject), ResultPath: null, End: true }),
    });
    const engine = engineOf(both, second);
    if (hasEnded) await engine.run({ stateMachine: 'Second', name: 'n', input: { runId: 'r1' } });
    const result = await engine.run({ stateMachine: 'First', input: { runId: 'r1' } });
    const others = await engine.settle();
    await engine.close();
    expect(result.status).toBe(status);
    if (status === 'FAILED') expect(result.error).toBe('StepFunctions.ExecutionAlreadyExistsException');
    expect(others).toHaveLength(hasEnded ? 0 : 1);
  });

  it('fails by name where there is no such state machine', async () => {
    const engine = engineOf(machine({ S: start('Third', { End: true }) }), second);
    const result = await engine.run({ stateMachine: 'First', input: { runId: 'r1' } });
    await engine.close();
    expect(result).toMatchObject({ status: 'FAILED', error: 'StepFunctions.StateMachineDoesNotExistException' });
  });
});
