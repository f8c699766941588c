/** Outages of hours and days, and what is sent again afterwards. */
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { S3Fault } from '../../emulator/stand-ins/s3/faults.ts';
import { RedeliveryAuditLine } from '../../lambdas/park-deliveries/audit-delivery.ts';
import { keys } from '../../lambdas/shared/storage/layout.ts';
import { startWorld } from './delivery-world.ts';

// The virtual clock is not the verifier's: signatures are checked in tests of their own.
const unsigned = { secret: [] };

describe('the receiver is down', () => {
  it('for 6 hours: everything is delivered afterwards, nothing twice', async () => {
    const world = await startWorld(unsigned);
    const ids = [...(await world.storeBatch('run', 0, 30)), ...(await world.storeBatch('run', 1, 30))];
    world.receiver.down();
    const first = await world.deliverBatch('run', 0);
    expect(first).toMatchObject({ pending: 30, parked: 0 });

    const outcome = await world.deliver(
      { runId: 'run' },
      { before: (hours) => (hours >= 6 ? world.receiver.up() : undefined) },
    );
    expect(outcome).toMatchObject({ delivered: 60, parked: 0 });
    expect([...world.receiver.uniqueIds].sort()).toEqual([...ids].sort());
    expect(world.receiver.duplicates).toBe(0);
    expect(outcome.hours).toBeLessThan(13);
  });

  it('for 6 hours: costs few requests and few calls', async () => {
    const world = await startWorld(unsigned);
    await world.storeBatch('run', 0, 100);
    world.receiver.down();
    const outcome = await world.deliver(
      { runId: 'run' },
      { before: (hours) => (hours >= 6 ? world.receiver.up() : undefined) },
    );
    expect(outcome.calls).toBeLessThanOrEqual(12);
    // Five in a row open the circuit, and a few were under way with the first of them.
    expect(world.receiver.requests.filter(({ status }) => status === 0).length).toBeLessThanOrEqual(12 * 12);
  });

  it('for 5 days: parked, listed, and redelivered with the same ids', async () => {
    const world = await startWorld(unsigned);
    const ids = [...(await world.storeBatch('run', 0, 20)), ...(await world.storeBatch('run', 1, 5))];
    await world.storeManifest('run');
    world.receiver.down();
    const outcome = await world.deliver({ runId: 'run' });
    expect(outcome).toMatchObject({ delivered: 0, parked: 25, newlyParked: 25 });
    expect(outcome.hours).toBeCloseTo(72, 0);
    expect(Math.max(...outcome.waits)).toBe(6 * 3600);

    const parked = await world.parked('run');
    const transcripts = parked.filter(({ object }) => object !== undefined);
    expect(transcripts.map(({ id }) => id).sort()).toEqual([...ids].sort());
    expect(parked).toHaveLength(26);
    const tried = transcripts.filter(({ attempts }) => attempts > 0);
    expect(tried.length).toBeGreaterThan(0);
    for (const { lastStatus } of tried) expect(lastStatus).toMatch(/^(reset|refused|network)$/);
    expect(JSON.stringify(parked)).not.toContain('turn');

    world.clock.now += 48 * 3_600_000;
    world.receiver.up();
    const again = await world.deliver({ redeliverRun: 'run', only: 'parked' }, { name: 'redelivery-1' });
    expect(again).toMatchObject({ delivered: 25, parked: 0, newlyParked: 0, calls: 1 });
    expect([...world.receiver.uniqueIds].filter((id) => ids.includes(id)).sort()).toEqual([...ids].sort());
    expect(world.receiver.uniqueIds.size).toBe(26);
    expect(world.receiver.duplicates).toBe(0);
    expect(await world.parked('run')).toEqual([]);

    const audit = await world.store.open(keys.auditOfRedelivery('2026-11-25', 'redelivery-1'));
    const chunks: Buffer[] = [];
    for await (const chunk of audit?.body ?? []) chunks.push(chunk as Buffer);
    const line = RedeliveryAuditLine.parse(JSON.parse(gunzipSync(Buffer.concat(chunks)).toString()));
    expect(line).toMatchObject({ actor: 'redelivery-1', runId: 'run', only: 'parked', delivered: 25, parked: 0 });
  });

  it('while batches are extracted: only the first one waits', async () => {
    const world = await startWorld(unsigned);
    for (const batch of [0, 1, 2]) await world.storeBatch('run', batch, 10);
    world.receiver.down();
    expect(await world.deliverBatch('run', 0)).toMatchObject({ calls: 4, waits: [5, 10, 20] });
    const before = world.receiver.requests.length;
    expect(await world.deliverBatch('run', 1)).toMatchObject({ calls: 1, pending: 10 });
    expect(await world.deliverBatch('run', 2)).toMatchObject({ calls: 1, pending: 10 });
    expect(world.receiver.requests.length - before).toBe(2);
  });
});

describe('a redelivery', () => {
  it('of parked ones leaves those alone that were delivered', async () => {
    const world = await startWorld({ ...unsigned, behaviour: [{ from: 3, to: 5, do: { status: 400 } }] });
    await world.storeBatch('run', 0, 10);
    expect(await world.deliver({ runId: 'run' })).toMatchObject({ delivered: 7, parked: 3 });
    world.receiver.behave([]);
    const again = await world.deliver({ redeliverRun: 'run', only: 'parked' }, { name: 'r1' });
    expect(again).toMatchObject({ delivered: 10, parked: 0 });
    expect(world.receiver.received).toHaveLength(10);
  });

  it('of all sends everything once more, with the same ids', async () => {
    const world = await startWorld(unsigned);
    const ids = await world.storeBatch('run', 0, 10);
    await world.deliver({ runId: 'run' });
    await world.deliver({ redeliverRun: 'run', only: 'all' }, { name: 'r1' });
    expect(world.receiver.received).toHaveLength(20);
    expect([...world.receiver.uniqueIds].sort()).toEqual([...ids].sort());
  });

  it('that is called again goes on, and does not begin again', async () => {
    const world = await startWorld(unsigned);
    await world.storeBatch('run', 0, 40);
    await world.deliver({ runId: 'run' });
    const received = world.receiver.received.length;
    let polls = 0;
    // Time is up after a few requests of each call.
    const remainingMs = () => (polls++ % 36 === 35 ? 0 : 280_000);
    const again = await world.deliver(
      { redeliverRun: 'run', only: 'all' },
      { name: 'r1', dependencies: { remainingMs } },
    );
    expect(again.calls).toBeGreaterThan(2);
    expect(again).toMatchObject({ delivered: 40, parked: 0 });
    expect(world.receiver.received.length - received).toBe(40);
  });

  it('of a run whose objects have expired parks them and says so', async () => {
    const world = await startWorld(unsigned);
    await world.storeBatch('run', 0, 4);
    await world.store.delete(keys.transcripts('voice', '2026-11-18', 'run', 0));
    const outcome = await world.deliver({ runId: 'run' });
    expect(outcome.delivered + outcome.parked).toBe(4);
    expect(outcome.parked).toBeGreaterThanOrEqual(2);
    const lost = (await world.parked('run')).filter(({ id }) => id === undefined);
    expect(lost).toHaveLength(2);
    expect(lost[0]).toMatchObject({ lastStatus: 'unreadable', object: { line: 1 } });
  });
});

describe('run.completed', () => {
  it('comes first and says what is still pending', async () => {
    const world = await startWorld({ ...unsigned, keepBodies: true });
    await world.storeBatch('run', 0, 3);
    await world.storeBatch('run', 1, 4);
    await world.storeManifest('run');
    await world.deliverBatch('run', 0);
    await world.deliver({ runId: 'run' });
    const completed = world.receiver.received.filter(({ body }) => (body as { type: string }).type === 'run.completed');
    expect(completed).toHaveLength(1);
    expect(completed[0]?.body).toMatchObject({
      data: { delivery: { delivered: 3, parked: 0, pending: 4 }, manifest: { key: 'runs/run/manifest.json' } },
    });
  });

  it('keeps its bytes over attempts', async () => {
    const world = await startWorld({ ...unsigned, keepBodies: true });
    await world.storeBatch('run', 0, 3);
    await world.storeManifest('run');
    world.receiver.behave([{ times: 1, do: { status: 500, afterReceiving: true } }]);
    await world.deliver({ runId: 'run' });
    const bodies = world.receiver.received
      .map(({ body }) => body as { type: string })
      .filter(({ type }) => type === 'run.completed');
    expect(bodies).toHaveLength(2);
    expect(bodies[0]).toEqual(bodies[1]);
  });
});

describe('S3 under the delivery', () => {
  const checkpoint = /delivery\/000000\.json$/;
  it.each([
    ['a checkpoint that was written although the answer got lost', { times: 1, reset: true, afterCommit: true }],
    ['503 on a checkpoint', { times: 2, status: 503, code: 'SlowDown' }],
  ] as [string, Partial<S3Fault>][])('%s: everything is delivered', async (_name, fault) => {
    const world = await startWorld(unsigned);
    await world.storeBatch('run', 0, 20);
    world.s3.setFaults([{ operation: 'PutObject', keyPattern: checkpoint, ...fault } as S3Fault]);
    expect(await world.deliver({ runId: 'run' })).toMatchObject({ delivered: 20, parked: 0 });
  });

  it('a checkpoint that cannot be written ends the call soon, with a typed error', async () => {
    const world = await startWorld(unsigned);
    await world.storeBatch('run', 0, 500);
    world.s3.setFaults([
      { operation: 'PutObject', keyPattern: checkpoint, times: 'always', status: 403, code: 'AccessDenied' },
    ]);
    await expect(world.deliver({ runId: 'run' })).rejects.toMatchObject({ name: 'DataLakeRejected' });
    expect(world.receiver.received.length).toBeLessThan(500);
  });
});

describe('two handlers at the same batch', () => {
  it('lose nothing and agree in the end', async () => {
    const world = await startWorld({ ...unsigned, behaviour: [{ do: { delayMs: 5 } }] });
    const ids = await world.storeBatch('run', 0, 60);
    const both = await Promise.all([world.deliverBatch('run', 0), world.deliverBatch('run', 0)]);
    for (const { pending, parked } of both) expect([pending, parked]).toEqual([0, 0]);
    expect([...world.receiver.uniqueIds].sort()).toEqual([...ids].sort());
    const saved = JSON.parse((await world.store.readText(keys.delivery('run', 0)))?.text ?? '{}');
    expect(saved).toMatchObject({ delivered: 60, segments: [{ from: 0, to: 59, state: 'delivered' }] });
  });
});
