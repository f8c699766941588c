import { gunzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { roundUp } from '../../../../lambdas/shared/lib/latency.ts';
import { AuditLine } from '../../../../lambdas/shared/storage/records.ts';
import {
  artifactOf,
  COMPLETED,
  memoryBucket,
  resultOf,
  SUBMITTED_AT,
  storeFrom,
  taskOf,
  vendorOf,
} from './store-world.ts';

const IDS = ['int-1', 'int-2', 'int-3'];
const lines = (...ids: string[]) => ids.map((id) => `${artifactOf(id)}\n`);
const unmarked = { endIsUnmarked: true };

describe('the end of a result', () => {
  it('that nothing marks is not believed while something is missing: nothing is stored', async () => {
    const { source } = vendorOf([COMPLETED], [() => resultOf(lines('int-1', 'int-2'), unmarked)]);
    const bucket = memoryBucket();
    await expect(storeFrom(IDS, source, bucket)).rejects.toMatchObject({ name: 'VendorUnavailable' });
    expect(bucket.writes).toEqual([]);
  });

  it.each([
    ['marked by the connection', resultOf(lines('int-1', 'int-2')), 2, 1],
    ['marked by the bracket of its list', resultOf([`[${lines('int-1', 'int-2').join(',')}]`], unmarked), 2, 1],
    ['not marked, with nothing missing', resultOf(lines(...IDS), unmarked), 3, 0],
  ])('%s is believed', async (_name, result, stored, missing) => {
    const { source } = vendorOf([COMPLETED], [() => result]);
    expect(await storeFrom(IDS, source, memoryBucket())).toMatchObject({ counts: { stored, missing, failed: 0 } });
  });

  it.each([
    ['that is none, since the connection broke', [...lines('int-1'), Object.assign(new TypeError('terminated'))]],
    ['in the middle of a transcript', [...lines('int-1'), artifactOf('int-2').slice(0, 60)]],
    ['in the middle of a list', [`[${artifactOf('int-1')},`]],
    ['before its beginning', []],
  ])('%s leaves nothing behind', async (_name, pieces) => {
    const { source } = vendorOf([COMPLETED], [() => resultOf(pieces)]);
    const bucket = memoryBucket();
    await expect(storeFrom(IDS, source, bucket)).rejects.toMatchObject({ name: 'VendorUnavailable' });
    expect(bucket.writes).toEqual([]);
  });

  it('comes with that of the function, however steadily the bytes drip', async () => {
    const controller = new AbortController();
    const { signal } = controller;
    // As `fetch` does: what ends the call ends the body too.
    const stream = new ReadableStream<Uint8Array>({
      start: (body) => signal.addEventListener('abort', () => body.error(signal.reason)),
      pull: async (body) => {
        await new Promise((resolve) => setTimeout(resolve, 5));
        if (!signal.aborted) body.enqueue(Buffer.from(' '));
      },
    });
    const { source } = vendorOf([COMPLETED], [() => ({ ...resultOf([]), stream })]);
    setTimeout(() => controller.abort(new DOMException('out of time', 'TimeoutError')), 50);
    await expect(storeFrom(IDS, source, memoryBucket(), taskOf(signal))).rejects.toMatchObject({
      name: 'VendorUnavailable',
      message: expect.stringContaining('timeout'),
    });
  });

  it('is not waited for where the answer says that it is too far', async () => {
    const { source } = vendorOf([COMPLETED], [() => resultOf(lines(...IDS), { declaredBytes: 2 ** 40 })]);
    await expect(storeFrom(IDS, source, memoryBucket())).rejects.toMatchObject({ name: 'ContractViolation' });
  });
});

describe('what a batch leaves behind', () => {
  it('has the time from the submission of its job, of those that were stored', async () => {
    const { source } = vendorOf([COMPLETED], [() => resultOf(lines('int-1', 'int-2'))]);
    const clock = vi.useFakeTimers({ toFake: ['Date'], now: Date.parse(SUBMITTED_AT) + 90_001 });
    onTestFinished(() => void clock.useRealTimers());
    const bucket = memoryBucket();
    const receipt = await storeFrom(IDS, source, bucket);
    expect(receipt.latencies).toEqual({ [roundUp(90_001)]: 2 });
    const audit = gunzipSync(bucket.objects.get(receipt.audit.key)?.body ?? '').toString('utf8');
    const latencies = audit
      .trim()
      .split('\n')
      .map((line) => AuditLine.parse(JSON.parse(line)))
      .map(({ interactionId, outcome, latencyMs }) => [interactionId, outcome, latencyMs]);
    expect(latencies).toEqual([
      ['int-1', 'stored', 90_001],
      ['int-2', 'stored', 90_001],
      ['int-3', 'missing', undefined],
    ]);
  });

  it('is not written again by an attempt that finds it unchanged', async () => {
    const bucket = memoryBucket();
    const attempt = () => {
      const { source } = vendorOf([COMPLETED], [() => resultOf(lines(...IDS))]);
      return storeFrom(IDS, source, bucket);
    };
    const first = await attempt();
    const [part] = first.parts;
    const second = await attempt();
    expect(second.parts).toEqual(first.parts);
    expect(bucket.writes.filter((key) => key === part?.key)).toHaveLength(1);
  });
});
