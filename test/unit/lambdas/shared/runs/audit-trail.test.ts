/** No addition to the audit trail writes over it: not a second attempt, not one that gives a batch up. */
import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { writeDeliveryAudit } from '../../../../../lambdas/park-deliveries/audit-delivery.ts';
import { auditDecided } from '../../../../../lambdas/shared/runs/audit-decided.ts';
import { Plan } from '../../../../../lambdas/shared/runs/run-records.ts';
import { sealUnfinishedBatches, writeSealedAudit } from '../../../../../lambdas/shared/runs/seal-batches.ts';
import { keys } from '../../../../../lambdas/shared/storage/layout.ts';
import type { AuditLine, BatchReceipt, Outcome } from '../../../../../lambdas/shared/storage/records.ts';
import { writeAudit } from '../../../../../lambdas/store-transcripts/audit.ts';
import { MemoryStore, type Objects } from '../../../../year/memory-store.ts';

const DAY = '2026-11-22';
const at = (minute: number) => `${DAY}T03:${String(minute).padStart(2, '0')}:00.000Z`;
const options = { mediaTypes: ['voice'], redactionPolicy: 'auto', format: 'json', maxConcurrentDownloads: 1 };
const plan = Plan.parse({
  schemaVersion: 1,
  runId: 'run-1',
  startedAt: at(0),
  plannedAt: at(1),
  source: 'interactionIds',
  reference: {},
  dryRun: false,
  options,
  batchSize: 1,
  concurrency: 1,
  batchesKey: 'runs/run-1/batches.jsonl',
  batchCount: 1,
  requested: 1,
  decided: { missing: 1, notReady: 0, duplicate: 0 },
  decidedKey: 'runs/run-1/decided.jsonl',
  leftOut: { stored: 0, givenUp: 0, erased: 0, taken: 0 },
});
const batch = { batch: 0, interactionIds: ['int-1'] };

let objects: Objects;
let store: MemoryStore;
beforeEach(async () => {
  objects = new Map();
  store = new MemoryStore(objects, { nowMs: Date.now });
  await store.write(plan.batchesKey, `${JSON.stringify(batch)}\n`);
  const decided = { interactionId: 'int-2', outcome: 'missing', attempts: 1 };
  await store.write('runs/run-1/decided.jsonl', `${JSON.stringify(decided)}\n`);
});

const trail = () =>
  new Map([...objects].filter(([key]) => key.startsWith('audit/')).map(([key, { body }]) => [key, body]));
const lines = async (key: string) =>
  (await Array.fromAsync(store.readLines(key))).map((line) => JSON.parse(line) as AuditLine);

const input = { runId: 'run-1', startedAt: at(0), batch };
const attempt = (outcome: Outcome, minute: number) =>
  writeAudit(store, input, [
    {
      at: at(minute),
      action: 'transcript_extracted',
      actor: 'run-1',
      runId: 'run-1',
      batch: 0,
      jobId: 'job-1',
      interactionId: 'int-1',
      outcome,
      findings: {},
      maskRulesVersion: '1',
    },
  ]);
async function seal(minute: number): Promise<BatchReceipt['audit']> {
  await sealUnfinishedBatches({
    store,
    plan,
    sealedBy: 'run-2',
    at: at(minute),
    errorOf: () => undefined,
    throwIfOutOfTime: () => {},
  });
  const { text = '{}' } = (await store.readText(keys.receipt('run-1', 0))) ?? {};
  const receipt = JSON.parse(text) as BatchReceipt;
  await writeSealedAudit(store, receipt);
  return receipt.audit;
}
const redelivery = async (minute: number) => {
  const round = { name: 'again', only: 'all' } as Parameters<typeof writeDeliveryAudit>[2]['round'];
  const counts = { delivered: minute, parked: 0, pending: 0 };
  await writeDeliveryAudit(store, { startedAt: at(0), name: 'again' }, { runId: 'run-1', round }, counts);
};

describe('the audit trail', () => {
  it.each<[string, (minute: number) => Promise<unknown>]>([
    ['an attempt at a batch', (minute) => attempt('stored', minute)],
    ['an attempt that comes to something else', (minute) => attempt(minute === 1 ? 'stored' : 'failed', minute)],
    ['a batch that is given up', seal],
    ['a batch that is given up after an attempt', (minute) => (minute === 1 ? attempt('stored', 1) : seal(minute))],
    ['what was decided while planning', (minute) => auditDecided(store, plan, at(minute))],
    ['a redelivery', redelivery],
  ])('keeps what is in it when it is written twice by %s', async (_who, write) => {
    const writes = [vi.spyOn(store, 'write'), vi.spyOn(store, 'uploadStream')];
    await write(1);
    const before = trail();
    expect(before.size).toBe(1);
    await write(2);
    for (const [key, body] of before) expect(trail().get(key)).toEqual(body);
    const conditions = writes.flatMap(({ mock }) =>
      mock.calls.filter(([key]) => key.startsWith('audit/')).map(([, , condition]) => condition),
    );
    expect(conditions.length).toBeGreaterThan(1);
    for (const condition of conditions) expect(condition).toEqual({ absent: true });
  });

  it.each<[string, () => Promise<BatchReceipt['audit'] | undefined>, string]>([
    ['the first attempt', () => attempt('stored', 2), 'stored'],
    ['an attempt that says the same', async () => (await attempt('stored', 1)) && attempt('stored', 2), 'stored'],
    ['one that says something else', async () => (await attempt('stored', 1)) && attempt('failed', 2), 'failed'],
    ['the seal after an attempt', async () => (await attempt('stored', 1)) && seal(2), 'failed'],
    ['the seal, sealed again', async () => (await seal(1)) && seal(2), 'failed'],
  ])('is listed with the object that counts: %s', async (_who, write, outcome) => {
    const { key = '', bytes, sha256, rows } = (await write()) ?? {};
    const body = trail().get(key);
    expect({ bytes, sha256 }).toEqual({
      bytes: body?.length,
      sha256: createHash('sha256')
        .update(body ?? '')
        .digest('hex'),
    });
    expect((await lines(key)).map((line) => line.outcome)).toEqual([outcome]);
    expect(rows).toBe(1);
  });

  it('is listed as it is when a run is recorded again', async () => {
    const first = await auditDecided(store, plan, at(1));
    expect(await auditDecided(store, plan, at(2))).toEqual(first);
  });
});
