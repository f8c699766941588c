/** What is delivered is one number, wherever it is read and whatever is going on. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { surveyRedelivery } from '../../cli/redeliver/survey-redelivery.ts';
import { countDeliveries } from '../../lambdas/shared/delivery/survey.ts';
import { rewritePart } from '../../lambdas/shared/erasure/rewrite-part.ts';
import { sumDeliveries } from '../../lambdas/shared/runs/read-receipts.ts';
import { keys } from '../../lambdas/shared/storage/layout.ts';
import { BatchReceipt } from '../../lambdas/shared/storage/records.ts';
import { type DeliveryWorld, startWorld } from './delivery-world.ts';

const unsigned = { secret: [] };

/** A run of two batches, of which the receiver took the first and refused the second. */
async function halfDelivered(): Promise<DeliveryWorld> {
  const world = await startWorld(unsigned);
  await world.storeBatch('run', 0, 30);
  const refused = await world.storeBatch('run', 1, 30);
  world.receiver.behave(refused.map((id) => ({ id, do: { status: 400 } })));
  await world.deliver({ runId: 'run' });
  return world;
}

describe('the number of delivered transcripts', () => {
  it.each([
    ['of the parked ones, with the receiver down', 'parked', true, 30],
    ['of all, with the receiver down', 'all', true, 30],
    ['of the parked ones', 'parked', false, 60],
    ['of all', 'all', false, 60],
  ] as const)('is the same for all after a redelivery %s', async (_name, only, isDown, expected) => {
    const world = await halfDelivered();
    world.receiver.behave([]);
    if (isDown) world.receiver.down();
    const outcome = await world.deliver({ redeliverRun: 'run', only }, { name: 'r1' });
    const told = [
      outcome.delivered,
      (await sumDeliveries(world.store, 'run')).delivered,
      (await countDeliveries(world.store, 'run')).delivered,
      (await surveyRedelivery(world.store, 'run', 'parked')).delivered,
      (await surveyRedelivery(world.store, 'run', 'all')).delivered,
    ];
    expect(told).toEqual(Array(5).fill(expected));
  });

  it('is the same for all after an erasure that no delivery has seen yet', async () => {
    const world = await halfDelivered();
    const key = keys.receipt('run', 0);
    const receipt = BatchReceipt.parse(JSON.parse((await world.store.readText(key))?.text ?? ''));
    const isErased = (id: string) => ['int-0-3', 'int-0-29'].includes(id);
    const parts = [];
    const scratch = await mkdtemp(join(tmpdir(), 'counts-'));
    onTestFinished(() => rm(scratch, { recursive: true, force: true }));
    for (const part of receipt.parts)
      parts.push((await rewritePart(world.store, part, isErased, scratch)).part ?? part);
    await world.store.write(key, JSON.stringify({ ...receipt, parts }));
    const status = await countDeliveries(world.store, 'run');
    const dryRun = await surveyRedelivery(world.store, 'run', 'parked');
    expect(status).toEqual({ delivered: 28, parked: 30, pending: 0 });
    expect(dryRun).toMatchObject({ rows: 58, delivered: 28, transcripts: 30 });
  });

  it('is told apart from what is sent again', async () => {
    const world = await halfDelivered();
    const none = await surveyRedelivery(world.store, 'run', 'parked');
    expect(none).toMatchObject({ rows: 60, delivered: 30, transcripts: 30, parked: 0 });
    expect(await surveyRedelivery(world.store, 'run', 'all')).toMatchObject({ delivered: 30, transcripts: 60 });
  });
});
