/** The webhook misbehaves while the whole pipeline runs: extraction goes on, delivery catches up. */
import { afterEach, describe, expect, it } from 'vitest';
import { LocalEngine } from '../../emulator/engine/run-execution.ts';
import { eventFor, freshIds, usePipeline } from './world/pipeline.ts';

const pipeline = usePipeline({ receiver: { keepBodies: true } });

afterEach(async () => {
  pipeline.receiver.up();
  pipeline.receiver.behave([]);
  await pipeline.engine.settle();
});

function eventsOf(runId: string): { stored: string[]; completed: { data: Record<string, unknown> }[] } {
  const bodies = pipeline.receiver.received.map(({ body }) => body as { type: string; data: Record<string, unknown> });
  const ofRun = bodies.filter(({ data }) => data.runId === runId);
  return {
    stored: ofRun.filter(({ type }) => type === 'transcript.stored').map(({ data }) => String(data.interactionId)),
    completed: ofRun.filter(({ type }) => type === 'run.completed'),
  };
}

describe('the webhook', () => {
  it('is down while a run is extracted: the run succeeds, and everything arrives once it is up', async () => {
    const ids = freshIds(12);
    pipeline.receiver.down();
    const result = await pipeline.run(eventFor(ids, { batchSize: 4 }), { name: 'outage' });
    expect(result).toMatchObject({ status: 'SUCCEEDED', output: { status: 'complete', counts: { delivered: 0 } } });
    expect(pipeline.entered(result)).toContain('WaitToDeliver');
    expect(eventsOf('outage').stored).toEqual([]);

    pipeline.receiver.up();
    const [delivery] = await pipeline.engine.settle();
    expect(delivery).toMatchObject({ status: 'SUCCEEDED', output: { runId: 'outage', delivered: 12, parked: 0 } });
    const { stored, completed } = eventsOf('outage');
    expect(stored.sort()).toEqual(ids);
    expect(completed).toHaveLength(1);
    expect(completed[0]?.data).toMatchObject({ delivery: { delivered: 0, pending: 12 } });
  });

  it.each([
    ['fails for a moment', { status: 503 }],
    ['wants another protocol for a moment', { status: 101 }],
    ['asks for a second', { status: 503, retryAfter: 1 }],
  ])('%s: the call itself tries again', async (name, effect) => {
    const ids = freshIds(6);
    const runId = name.replaceAll(' ', '-');
    pipeline.receiver.behave([{ times: 4, do: effect }]);
    const result = await pipeline.run(eventFor(ids), { name: runId });
    expect(result).toMatchObject({ status: 'SUCCEEDED', output: { counts: { delivered: 6, parked: 0 } } });
    expect(pipeline.entered(result)).not.toContain('WaitToDeliver');
    expect(eventsOf(runId).stored.sort()).toEqual(ids);
  });

  it('wants nothing any more (410): the run succeeds, everything is parked and can be redelivered', async () => {
    const ids = freshIds(8);
    pipeline.receiver.behave([{ do: { status: 410 } }]);
    const result = await pipeline.run(eventFor(ids, { batchSize: 4 }), { name: 'gone' });
    expect(result).toMatchObject({ status: 'SUCCEEDED', output: { counts: { delivered: 0, parked: 8 } } });
    await pipeline.engine.settle();
    const parked = (await pipeline.lines('runs/gone/parked.jsonl')) as { lastStatus?: number; object?: unknown }[];
    expect(parked).toHaveLength(9);
    expect(parked.filter(({ lastStatus }) => lastStatus === 410)).toHaveLength(9);

    pipeline.receiver.behave([]);
    const started = await pipeline.run({ redeliverRun: 'gone', only: 'parked' });
    expect(started.status).toBe('SUCCEEDED');
    expect(pipeline.entered(started)).not.toContain('Authenticate');
    const [delivery] = await pipeline.engine.settle();
    expect(delivery).toMatchObject({ status: 'SUCCEEDED', output: { delivered: 8, parked: 0 } });
    expect(eventsOf('gone').stored.sort()).toEqual(ids);
    expect(await pipeline.lines('runs/gone/parked.jsonl')).toEqual([]);
  });
});

describe('a redelivery', () => {
  it.each([
    ['together with something to extract', { redeliverRun: 'gone', interactionIds: ['int-1'] }],
    ['of a run with an impossible id', { redeliverRun: '../gone' }],
    ['of something unknown', { redeliverRun: 'gone', only: 'some' }],
  ])('%s is refused as input', async (_name, input) => {
    const before = pipeline.receiver.requests.length;
    const result = await pipeline.run(input);
    const deliveries = await pipeline.engine.settle();
    expect([result, ...deliveries].at(-1)).toMatchObject({ status: 'FAILED', error: 'InputInvalid' });
    expect(pipeline.receiver.requests).toHaveLength(before);
  });
});

describe('the signing key', () => {
  it('that cannot be used fails the delivery, not the extraction', async () => {
    const secretId = pipeline.assembly.outputs.WebhookSecretArn as string;
    await pipeline.secrets.put(secretId, '{"current":"hunter2-placeholder"}');
    const engine = new LocalEngine({
      assembly: pipeline.assembly,
      overridesEnv: pipeline.environment,
      waitScale: 0.001,
      maxProcesses: 2,
    });
    try {
      const input = eventFor(freshIds(3)) as never;
      const result = await engine.run({ input, stateMachine: pipeline.extraction, name: 'unsigned' });
      expect(result).toMatchObject({ status: 'SUCCEEDED', output: { counts: { stored: 3, delivered: 0 } } });
      const [delivery] = await engine.settle();
      expect(delivery).toMatchObject({ status: 'FAILED', error: 'ConfigInvalid' });
      expect(JSON.stringify([result, delivery])).not.toContain('hunter2');
    } finally {
      await engine.close();
    }
  });
});
