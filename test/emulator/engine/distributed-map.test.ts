import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ExecutionEvent } from '../../../emulator/engine/events.ts';
import type { JsonObject } from '../../../emulator/engine/json.ts';
import { engineFor, machine, REGION, runToy, startToyS3, task } from './toy.ts';

const Bucket = 'lake';
let s3: Awaited<ReturnType<typeof startToyS3>>;
let client: S3Client;

beforeAll(async () => {
  s3 = await startToyS3();
  client = new S3Client({
    endpoint: s3.url,
    region: REGION,
    forcePathStyle: true,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
});
afterAll(async () => {
  client.destroy();
  await s3.close();
});

const put = (Key: string, Body: string) => client.send(new PutObjectCommand({ Bucket, Key, Body }));
async function read(Key: string): Promise<unknown> {
  const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }));
  return JSON.parse((await Body?.transformToString()) ?? '');
}

const readFrom = (Key: string, InputType: string, config: JsonObject = {}): JsonObject => ({
  ItemReader: {
    Resource: 'arn:aws:states:::s3:getObject',
    ReaderConfig: { InputType, ...config },
    Parameters: { Bucket, Key },
  },
});

/** A Distributed Map over a machine of its own. */
function distributedMap(child: JsonObject, settings: JsonObject = {}): JsonObject {
  const processor = { ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' }, ...child };
  return { Type: 'Map', ItemProcessor: processor, ...('Next' in settings ? {} : { End: true }), ...settings };
}

const echoChild = machine({ Echo: task('echo') });
const passChild = machine({ P: { Type: 'Pass', End: true } });
const failChild = machine({ F: task('failSome', { Parameters: { 'n.$': '$', divisor: 5 } }) });
const numbers = (count: number) => Array.from({ length: count }, (_, index) => index + 1);
const run = (map: JsonObject, input: JsonObject = {}, after: Record<string, JsonObject> = {}) =>
  runToy(machine({ M: map, ...after }), input, { overridesEnv: { AWS_ENDPOINT_URL_S3: s3.url } });

describe('items', () => {
  it('come from the state, in order', async () => {
    const result = await run(distributedMap(echoChild, { ItemsPath: '$.items' }), { items: numbers(25) });
    expect(result).toMatchObject({ status: 'SUCCEEDED', output: numbers(25) });
    // The Map itself, an iteration and a state for each item.
    expect(result.stateTransitions).toBe(1 + 25 + 25);
  });

  it.each<[string, JsonObject, string, unknown]>([
    ['JSON Lines', {}, '{"a":1}\n\n{"a":2}\r\n{"a":3}', [{ a: 1 }, { a: 2 }, { a: 3 }]],
    ['the first of JSON Lines', { MaxItems: 2 }, '1\n2\n3\n', [1, 2]],
  ])('come from %s in S3', async (what, config, body, items) => {
    const key = `items/${what}`;
    await put(key, body);
    expect(await run(distributedMap(passChild, readFrom(key, 'JSONL', config)))).toMatchObject({ output: items });
  });

  it.each<[string, string, string]>([
    ['an object that is not there', 'items/none', ''],
    ['a line that is not JSON', 'items/broken', '{"a":1}\n{"a":'],
  ])('%s fails the Map as a reader', async (_what, key, body) => {
    if (body) await put(key, body);
    const map = distributedMap(passChild, {
      ...readFrom(key, 'JSONL'),
      Catch: [{ ErrorEquals: ['States.ItemReaderFailed'], ResultPath: '$.mapError', Next: 'After' }],
    });
    const result = await run(map, {}, { After: { Type: 'Pass', End: true } });
    expect(result).toMatchObject({ output: { mapError: { Error: 'States.ItemReaderFailed' } } });
  });

  it('are selected from, with the context of the item and of the run', async () => {
    const map = distributedMap(passChild, {
      ItemsPath: '$.items',
      ItemSelector: {
        'item.$': '$$.Map.Item.Value',
        'index.$': '$$.Map.Item.Index',
        'run.$': '$$.Execution.Name',
        'input.$': '$$.Execution.Input.shared',
        'shared.$': '$.shared',
        fixed: { n: 0 },
      },
    });
    const { output } = await run(map, { items: ['a', 'b'], shared: 'yes' });
    const same = { run: expect.any(String), input: 'yes', shared: 'yes', fixed: { n: 0 } };
    expect(output).toEqual([
      { item: 'a', index: 0, ...same },
      { item: 'b', index: 1, ...same },
    ]);
  });

  it('that do not match the selector fail the run', async () => {
    const map = distributedMap(passChild, { ItemsPath: '$.items', ItemSelector: { 'x.$': '$$.Map.Item.Value.x' } });
    expect(await run(map, { items: [{ y: 1 }] })).toMatchObject({ status: 'FAILED', error: 'States.Runtime' });
  });

  it('may be none', async () => {
    expect(await run(distributedMap(passChild, { ItemsPath: '$.items' }), { items: [] })).toMatchObject({ output: [] });
  });
});

describe('faults on demand', () => {
  it('strike the call that the plan names', async () => {
    const retrying = { Retry: [{ ErrorEquals: ['Lambda.Unknown'], IntervalSeconds: 1, MaxAttempts: 2 }] };
    const definition = machine({ M: distributedMap(machine({ E: task('echo', retrying) }), { ItemsPath: '$.items' }) });
    const result = await runToy(
      definition,
      { items: numbers(3) },
      { faults: ({ index, call }) => (index === 1 && call === 1 ? { kind: 'answer-lost' } : undefined) },
    );
    expect(result).toMatchObject({ status: 'SUCCEEDED', output: [1, 2, 3], stateTransitions: 1 + 3 + 3 + 1 });
    const retried = result.history.filter((event) => event.type === 'StateRetried');
    expect(retried.map((event) => event.execution.map?.index)).toEqual([1]);
  });
});

describe('concurrency', () => {
  it.each<[string, JsonObject]>([
    ['a number', { MaxConcurrency: 3 }],
    ['a path', { MaxConcurrencyPath: '$.limit' }],
  ])('is limited by %s', async (_what, limit) => {
    const events: ExecutionEvent[] = [];
    const engine = engineFor(machine({ M: distributedMap(echoChild, { ItemsPath: '$.items', ...limit }) }));
    await engine.run({ input: { items: numbers(30), limit: 3 }, onEvent: (event) => events.push(event) });
    await engine.close();
    let running = 0;
    let most = 0;
    for (const { type, execution } of events) {
      if (execution.map === undefined) continue;
      if (type === 'ExecutionStarted') running += 1;
      if (type === 'ExecutionSucceeded') running -= 1;
      most = Math.max(most, running);
    }
    expect(most).toBe(3);
  });

  it('holds for the functions too', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'running-'));
    const map = distributedMap(machine({ C: task('countRunning') }), { MaxConcurrency: 2, ItemsPath: '$.items' });
    const overridesEnv = { RUNNING_DIR: directory };
    const { output } = await runToy(machine({ M: map }), { items: numbers(10) }, { overridesEnv, maxProcesses: 8 });
    rmSync(directory, { recursive: true });
    expect(Math.max(...(output as number[]))).toBeLessThanOrEqual(2);
  });
});

describe('tolerated failures', () => {
  it.each<[string, JsonObject, string]>([
    ['none by default', {}, 'FAILED'],
    ['a percentage below the failures', { ToleratedFailurePercentage: 19 }, 'FAILED'],
    ['a percentage that holds them', { ToleratedFailurePercentage: 20 }, 'SUCCEEDED'],
    ['a count below the failures', { ToleratedFailureCount: 3 }, 'FAILED'],
    ['a count that holds them', { ToleratedFailureCount: 4 }, 'SUCCEEDED'],
    ['the stricter of both', { ToleratedFailureCount: 4, ToleratedFailurePercentage: 5 }, 'FAILED'],
    ['a path', { ToleratedFailurePercentagePath: '$.tolerated' }, 'SUCCEEDED'],
    ['a path to a count that holds them', { ToleratedFailureCountPath: '$.tolerated' }, 'SUCCEEDED'],
    ['a path to a count below them', { ToleratedFailureCountPath: '$.strict' }, 'FAILED'],
  ])('%s', async (_what, limit, status) => {
    const map = distributedMap(failChild, { ItemsPath: '$.items', ...limit });
    const result = await run(map, { items: numbers(20), tolerated: 50, strict: 3 });
    expect(result.status).toBe(status);
    if (status === 'FAILED') expect(result.error).toBe('States.ExceedToleratedFailureThreshold');
    else expect(result.output).toEqual(numbers(20).filter((n) => n % 5 !== 0));
  });

  it('end the run early once there are too many', async () => {
    const map = distributedMap(failChild, { ItemsPath: '$.items', MaxConcurrency: 1, ToleratedFailureCount: 1 });
    const { history } = await run(map, { items: numbers(1000) });
    const children = history.filter((event) => event.type === 'ExecutionStarted' && event.execution.map);
    expect(children).toHaveLength(10);
    expect(history.find((event) => event.type === 'MapRunFinished')).toMatchObject({
      counts: { total: 1000, running: 0, succeeded: 8, failed: 2 },
      error: 'States.ExceedToleratedFailureThreshold',
    });
  });

  it('stop children that are under way', async () => {
    const child = machine({
      C: { Type: 'Choice', Choices: [{ Variable: '$', NumericEquals: 2, Next: 'F' }], Default: 'W' },
      F: { Type: 'Fail', Error: 'Broken' },
      W: { Type: 'Wait', Seconds: 90_000_000, End: true },
    });
    const result = await run(distributedMap(child, { ItemsPath: '$.items' }), { items: [1, 2, 3] });
    expect(result.error).toBe('States.ExceedToleratedFailureThreshold');
    expect(result.history.filter((event) => event.type === 'ExecutionAborted')).toHaveLength(2);
  });
});

describe('result writer', () => {
  const ResultWriter = {
    Resource: 'arn:aws:states:::s3:putObject',
    Parameters: { Bucket, 'Prefix.$': "States.Format('runs/{}/map', $.run)" },
  };

  it('writes what became of every child, and gives on where', async () => {
    const map = distributedMap(failChild, {
      ItemsPath: '$.items',
      ResultWriter,
      ResultPath: '$.map',
      ToleratedFailurePercentage: 50,
    });
    const { output } = await run(map, { items: numbers(10), run: 'r1' });
    const { MapRunArn, ResultWriterDetails } = (output as { map: Record<string, JsonObject> }).map;
    const key = String(ResultWriterDetails?.Key);
    expect(key).toMatch(/^runs\/r1\/map\/[0-9a-f-]{36}\/manifest\.json$/);
    const manifest = (await read(key)) as { ResultFiles: Record<string, { Key: string; Size: number }[]> };
    expect(manifest).toMatchObject({ DestinationBucket: Bucket, MapRunArn, ResultFiles: { PENDING: [] } });
    const succeeded = (await read(manifest.ResultFiles.SUCCEEDED?.[0]?.Key ?? '')) as JsonObject[];
    const failed = (await read(manifest.ResultFiles.FAILED?.[0]?.Key ?? '')) as JsonObject[];
    expect(succeeded.map((each) => Number(each.Output)).sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 6, 7, 8, 9]);
    expect(failed).toHaveLength(2);
    expect(failed[0]).toMatchObject({ Status: 'FAILED', Error: 'Unlucky', Input: expect.any(String) });
  });

  it('writes no more than the manifest for no items', async () => {
    const { output } = await run(distributedMap(failChild, { ItemsPath: '$.items', ResultWriter }), {
      items: [],
      run: 'r2',
    });
    const { ResultWriterDetails } = output as { ResultWriterDetails: { Key: string } };
    const { ResultFiles } = (await read(ResultWriterDetails.Key)) as { ResultFiles: object };
    expect(ResultFiles).toEqual({ SUCCEEDED: [], FAILED: [], PENDING: [] });
  });

  it('runs 10,000 children without keeping any of them', async () => {
    await put('items/many', numbers(10_000).join('\n'));
    const waitChild = machine({ W: { Type: 'Wait', Seconds: 1, End: true } });
    const map = distributedMap(waitChild, {
      ...readFrom('items/many', 'JSONL'),
      ResultWriter: { ...ResultWriter, Parameters: { Bucket, Prefix: 'many' } },
      MaxConcurrency: 50,
    });
    const engine = engineFor(machine({ M: map }), { overridesEnv: { AWS_ENDPOINT_URL_S3: s3.url } });
    const counts = { started: 0, mostRunning: 0 };
    const result = await engine.run({
      input: {},
      onEvent: (event) => {
        if (event.type === 'ExecutionStarted') counts.started += 1;
        if (event.type === 'MapRunProgress') counts.mostRunning = Math.max(counts.mostRunning, event.counts.running);
      },
    });
    await engine.close();
    expect(result).toMatchObject({ status: 'SUCCEEDED', stateTransitions: 1 + 10_000 * 2 });
    expect(counts.started).toBe(10_001);
    expect(counts.mostRunning).toBeLessThan(50);
    // Those of the parent: a history that grew with its children would not stay in memory either.
    expect(result.history.filter((event) => event.execution.map)).toHaveLength(0);
  });
});

describe('what a Map over S3 cannot do here', () => {
  const refused: [string, JsonObject, RegExp][] = [
    ['an inventory', readFrom('x', 'MANIFEST'), /MANIFEST/],
    ['a table', readFrom('x', 'CSV', { CSVHeaderLocation: 'FIRST_ROW' }), /CSV/],
    ['a batcher', { ItemsPath: '$.items', ItemBatcher: { MaxItemsPerBatch: 5 } }, /ItemBatcher/],
    [
      'a selector that mixes contexts',
      {
        ItemsPath: '$.items',
        ItemSelector: { x: { 'a.$': '$$.Map.Item.Index', 'b.$': '$$.Execution.StartTime' } },
      },
      /ItemSelector/,
    ],
  ];
  it.each(refused)('%s is refused', async (_what, settings, message) => {
    await expect(run(distributedMap(passChild, settings), { items: [] })).rejects.toThrow(message);
  });

  it('turns to no S3 that it was not given', async () => {
    const map = machine({ M: distributedMap(passChild, readFrom('x', 'JSONL')) });
    await expect(runToy(map)).rejects.toThrow(/AWS_ENDPOINT_URL_S3/);
  });
});
