import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../emulator/engine/json.ts';
import { UnsupportedDefinitionError } from '../../../emulator/engine/state-error.ts';
import { engineFor, machine, runToy, task, toy } from './toy.ts';

describe('data flow', () => {
  it.each<[string, JsonObject, JsonObject, unknown]>([
    ['no path: the result replaces the state', {}, { a: 1, b: 2 }, { sum: 3 }],
    ['ResultPath: the result joins the state', { ResultPath: '$.r' }, { a: 1, b: 2 }, { a: 1, b: 2, r: { sum: 3 } }],
    ['ResultPath null: the result is dropped', { ResultPath: null }, { a: 1, b: 2 }, { a: 1, b: 2 }],
    [
      'Parameters: the function gets what they build',
      { Parameters: { 'a.$': '$.x', b: 0.5 } },
      { x: 0.25 },
      { sum: 0.75 },
    ],
    ['InputPath and OutputPath', { InputPath: '$.in', OutputPath: '$.sum' }, { in: { a: 2, b: 2 } }, 4],
    ['ResultSelector', { ResultSelector: { 'total.$': '$.sum' } }, { a: 1, b: 1 }, { total: 2 }],
  ])('%s', async (_what, settings, input, output) => {
    expect(await runToy(machine({ A: task('add', settings) }), input)).toMatchObject({ status: 'SUCCEEDED', output });
  });

  it('passes everything through JSON, as the wire does', async () => {
    const { output } = await runToy(machine({ A: task('awkward') }));
    expect(output).toEqual({ when: '1970-01-01T00:00:00.000Z', notANumber: null });
  });

  it('makes null of no result', async () => {
    expect((await runToy(machine({ A: task('nothing') }))).output).toBeNull();
  });

  it('gives the context object to paths', async () => {
    const Parameters = {
      'name.$': '$$.Execution.Name',
      'id.$': '$$.Execution.Id',
      'input.$': '$$.Execution.Input',
      'at.$': '$$.Execution.StartTime',
    };
    const engine = engineFor(machine({ A: task('echo', { Parameters }) }));
    const { output } = await engine.run({ input: { x: 1 }, name: 'run-7' });
    await engine.close();
    expect(output).toMatchObject({ name: 'run-7', input: { x: 1 } });
    expect(output).toHaveProperty('id', 'arn:aws:states:us-east-1:000000000000:execution:Toy:run-7');
    expect(output).toHaveProperty('at', expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/));
  });
});

describe('Choice', () => {
  const choose = machine({
    C: {
      Type: 'Choice',
      Choices: [
        { Variable: '$.n', NumericGreaterThan: 0, Next: 'Positive' },
        {
          And: [
            { Variable: '$.s', IsPresent: true },
            { Variable: '$.s', StringEquals: 'on' },
          ],
          Next: 'On',
        },
        { Variable: '$.b', BooleanEquals: true, Next: 'True' },
      ],
      Default: 'Other',
    },
    Positive: { Type: 'Pass', Result: 'positive', End: true },
    On: { Type: 'Pass', Result: 'on', End: true },
    True: { Type: 'Pass', Result: 'true', End: true },
    Other: { Type: 'Fail', Error: 'Other', Cause: 'none of them' },
  });

  it.each<[JsonObject, string]>([
    [{ n: 1 }, 'positive'],
    [{ n: 0, s: 'on' }, 'on'],
    [{ n: -1, b: true }, 'true'],
  ])('%j goes to %s', async (input, output) => {
    expect((await runToy(choose, input)).output).toBe(output);
  });

  it('takes the default', async () => {
    const result = await runToy(choose, { n: 0, b: false });
    expect(result).toMatchObject({ status: 'FAILED', error: 'Other', cause: 'none of them' });
  });
});

describe('Wait', () => {
  const waiting = (settings: JsonObject) =>
    machine({ W: { Type: 'Wait', ...settings, Next: 'A' }, A: { Type: 'Pass', End: true } });

  it.each<[string, JsonObject]>([
    ['Seconds', { Seconds: 5 }],
    ['SecondsPath', { SecondsPath: '$.s' }],
    ['Timestamp', { Timestamp: '2020-01-01T00:00:00Z' }],
    ['TimestampPath', { TimestampPath: '$.t' }],
  ])('%s gives its input on', async (_what, settings) => {
    const input = { s: 5, t: '2020-01-01T00:00:00Z' };
    const result = await runToy(waiting(settings), input);
    expect(result).toMatchObject({ status: 'SUCCEEDED', output: input, stateTransitions: 2 });
    expect(result.history.find((event) => event.type === 'StateEntered')).toMatchObject({ stateType: 'Wait' });
  });

  it.each<[string, JsonObject]>([
    ['absent', {}],
    ['a fraction', { s: 1.5 }],
    ['negative', { s: -1 }],
    ['text', { s: '5' }],
    ['too long', { s: 100_000_000 }],
  ])('whose seconds are %s fails, however short waits are made', async (_what, input) => {
    const result = await runToy(waiting({ SecondsPath: '$.s' }), input);
    expect(result).toMatchObject({ status: 'FAILED', error: 'States.Runtime' });
  });

  it('ends at once when the execution is stopped', async () => {
    const engine = engineFor(waiting({ Seconds: 90_000 }), { waitScale: 1 });
    const controller = new AbortController();
    const result = await engine.run({
      input: {},
      signal: controller.signal,
      onEvent: (event) => {
        if (event.type === 'StateEntered') controller.abort();
      },
    });
    await engine.close();
    expect(result).toMatchObject({ status: 'ABORTED', error: 'States.Aborted' });
  });
});

describe('an execution', () => {
  it('that is stopped leaves no process behind once the engine is closed', async () => {
    const engine = engineFor(machine({ A: task('log', { Next: 'B' }), B: task('crashLater') }));
    const controller = new AbortController();
    const running = engine.run({
      input: { line: 'now' },
      signal: controller.signal,
      onEvent: (event) => {
        if (event.type === 'StateEntered' && event.state === 'B') controller.abort();
      },
    });
    expect(await running).toMatchObject({ status: 'ABORTED' });
    await engine.close();
    await expect(engine.run({ input: {} })).resolves.toMatchObject({ status: 'FAILED' });
  });

  it('runs out of time as a whole', async () => {
    const states = { W: { Type: 'Wait', Seconds: 3600, End: true } };
    const result = await runToy(machine(states, { TimeoutSeconds: 1 }), {}, { waitScale: 1 });
    expect(result).toMatchObject({ status: 'TIMED_OUT', error: 'States.Timeout' });
  });

  it('has a name and an input that AWS would take', async () => {
    const engine = engineFor(machine({ A: { Type: 'Pass', End: true } }));
    await expect(engine.run({ input: {}, name: 'a b' })).rejects.toThrow(RangeError);
    await expect(engine.run({ input: 'x'.repeat(300_000) })).rejects.toThrow(RangeError);
    await engine.close();
  });
});

describe('what the engine cannot do faithfully, it refuses', () => {
  const pass = { Type: 'Pass', End: true };
  it.each<[string, JsonObject, RegExp]>([
    ['JSONata', { ...machine({ A: pass }), QueryLanguage: 'JSONata' }, /JSONata/],
    [
      'another integration',
      machine({ A: { ...pass, Type: 'Task', Resource: 'arn:aws:states:::sqs:sendMessage' } }),
      /sqs/,
    ],
    ['a heartbeat', machine({ A: task('echo', { HeartbeatSeconds: 5 }) }), /HeartbeatSeconds/],
    ['the state context', machine({ A: task('echo', { Parameters: { 'n.$': '$$.State.Name' } }) }), /\$\$\.State/],
  ])('%s', async (_what, definition, message) => {
    const engine = engineFor(definition);
    await expect(engine.run({ input: {} })).rejects.toThrow(message);
    await engine.close();
  });

  it('an override of a variable that no function has', () => {
    expect(() => engineFor(machine({ A: pass }), { overridesEnv: { CXONE_BASE_ULR: 'x' } })).toThrow(
      UnsupportedDefinitionError,
    );
  });

  it('a definition that is no Amazon States Language', async () => {
    const engine = engineFor(machine({ A: { Type: 'Task', Resource: toy('echo').arn } }));
    await expect(engine.run({ input: {} })).rejects.toThrow(/invalid/);
    await engine.close();
  });
});
