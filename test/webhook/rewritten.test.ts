/** Objects are rewritten, as an erasure does it, before, between and during deliveries: nothing is sent twice for it. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { rewritePart } from '../../lambdas/shared/erasure/rewrite-part.ts';
import { keys } from '../../lambdas/shared/storage/layout.ts';
import { BatchReceipt } from '../../lambdas/shared/storage/records.ts';
import { type DeliveryWorld, startWorld } from './delivery-world.ts';

const unsigned = { secret: [] };

/** Takes interactions out of the objects; without `correct`, the receipt does not know of it yet. */
async function erase({ store }: DeliveryWorld, batch: number, ids: readonly string[], correct = true): Promise<void> {
  const key = keys.receipt('run', batch);
  const receipt = BatchReceipt.parse(JSON.parse((await store.readText(key))?.text ?? ''));
  const parts = [];
  const scratch = await mkdtemp(join(tmpdir(), 'rewrite-'));
  for (const part of receipt.parts) {
    const { part: now } = await rewritePart(store, part, (id) => ids.includes(id), scratch);
    if (now) parts.push(now);
  }
  await rm(scratch, { recursive: true });
  if (correct) await store.write(key, JSON.stringify({ ...receipt, parts }));
}

const sentTimes = ({ receiver }: DeliveryWorld) => {
  const times = new Map<string, number>();
  for (const { id } of receiver.requests) times.set(id ?? '', (times.get(id ?? '') ?? 0) + 1);
  return times;
};

/** Takes names and the round out of a checkpoint: those of earlier versions had none. */
async function forgetNames({ store }: DeliveryWorld, batch: number): Promise<void> {
  const found = await store.readText(keys.delivery('run', batch));
  const checkpoint = JSON.parse(found?.text ?? '{}') as { segments: Record<string, unknown>[] };
  for (const segment of checkpoint.segments) delete segment.names;
  await store.write(keys.delivery('run', batch), JSON.stringify(checkpoint));
}

describe('an erasure', () => {
  it.each([
    ['the first row', ['int-0-0']],
    ['some in the middle', ['int-0-7', 'int-0-8', 'int-0-21']],
    ['the last row', ['int-0-39']],
    ['a whole object', Array.from({ length: 20 }, (_, row) => `int-0-${row}`)],
    ['everything', Array.from({ length: 40 }, (_, row) => `int-0-${row}`)],
  ])('of %s sends nothing again', async (_name, erased) => {
    const world = await startWorld(unsigned);
    await world.storeBatch('run', 0, 40);
    await world.storeBatch('run', 1, 5);
    await world.deliver({ runId: 'run' });
    const sent = world.receiver.requests.length;
    await erase(world, 0, erased);
    const outcome = await world.deliver({ runId: 'run' });
    expect(outcome).toMatchObject({ calls: 1, delivered: 45 - erased.length, parked: 0 });
    expect(world.receiver.requests).toHaveLength(sent);
  });

  it('sends nothing again that was delivered before rows had names', async () => {
    const world = await startWorld(unsigned);
    await world.storeBatch('run', 0, 10);
    await world.deliver({ runId: 'run' });
    await forgetNames(world, 0);
    await erase(world, 0, ['int-0-3']);
    expect(await world.deliver({ runId: 'run' })).toMatchObject({ delivered: 9, parked: 0 });
    expect(world.receiver.requests).toHaveLength(10);
  });

  it('in the middle of a delivery leaves each event where it was', async () => {
    const world = await startWorld(unsigned);
    const ids = await world.storeBatch('run', 0, 30);
    // Taken: the first ten. Refused for good: one. The others: later.
    world.receiver.behave([
      { id: ids[4] as string, do: { status: 400 } },
      { from: 1, to: 11, do: {} },
      { do: { status: 503 } },
    ]);
    await world.deliverBatch('run', 0);
    const before = sentTimes(world);
    await erase(world, 0, ['int-0-2', 'int-0-15']);
    world.receiver.behave([]);
    const taken = new Set(world.receiver.uniqueIds);
    expect(await world.deliver({ runId: 'run' })).toMatchObject({ delivered: 27, parked: 1 });
    const after = sentTimes(world);
    for (const id of [...taken, ids[4] as string]) expect(after.get(id)).toBe(before.get(id));
    expect(after.get(ids[15] as string)).toBe(before.get(ids[15] as string));
    expect(await world.parked('run')).toMatchObject([{ id: ids[4], lastStatus: 400 }]);
  });

  it('that broke off before the receipt knew of it sends nothing twice either', async () => {
    const world = await startWorld(unsigned);
    const ids = await world.storeBatch('run', 0, 12);
    world.receiver.behave([{ id: ids[0] as string, do: { status: 503 } }]);
    await world.deliverBatch('run', 0);
    world.receiver.behave([]);
    await erase(world, 0, ['int-0-0'], false);
    await world.deliverBatch('run', 0);
    await erase(world, 0, ['int-0-0']);
    await world.deliver({ runId: 'run' });
    const after = sentTimes(world);
    for (const id of ids.slice(1)) expect(after.get(id)).toBe(1);
  });

  it('leaves a redelivery what it asked for', async () => {
    const world = await startWorld(unsigned);
    const ids = await world.storeBatch('run', 0, 10);
    await world.deliver({ runId: 'run' });
    await erase(world, 0, ['int-0-3']);
    const again = await world.deliver({ redeliverRun: 'run', only: 'all' }, { name: 'r1' });
    expect(again).toMatchObject({ delivered: 9, parked: 0 });
    const after = sentTimes(world);
    expect(ids.map((id) => after.get(id))).toEqual([2, 2, 2, 1, 2, 2, 2, 2, 2, 2]);
  });
});

describe('content that changed', () => {
  it('is delivered as new, and what did not change is not', async () => {
    const world = await startWorld(unsigned);
    await world.storeBatch('run', 0, 10);
    await world.deliver({ runId: 'run' });
    const ids = await world.storeBatch('run', 0, 10, (row) => (row === 6 ? 'other words' : `turn ${row}`));
    expect(await world.deliver({ runId: 'run' })).toMatchObject({ delivered: 10, parked: 0 });
    expect(world.receiver.requests.slice(10).map(({ id }) => id)).toEqual([ids[6]]);
  });
});
