import { gzipSync } from 'node:zlib';
import { describe, expect, it, vi } from 'vitest';
import { isBomb, readResult } from '../../../../../../lambdas/shared/vendor/bulk-job/read-result.ts';

function bodyOf(bytes: Uint8Array, chunkSize: number, failure?: Error): ReadableStream<Uint8Array> {
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      if (at < bytes.length) controller.enqueue(bytes.subarray(at, at + chunkSize));
      else if (failure) controller.error(failure);
      else controller.close();
      at += chunkSize;
    },
  });
}

async function read(body: ReadableStream<Uint8Array>, maxBytes = 1_000_000) {
  const count = { bytes: 0 };
  let text = '';
  for await (const chunk of readResult(body, { maxBytes }, count)) text += chunk.toString('latin1');
  return { text, count };
}

describe('isBomb', () => {
  const MB = 1024 * 1024;
  it.each([
    ['text of one letter, as large as one artifact', 128 * 1024, 128 * MB, false],
    ['a little more of it', 128 * 1024, 128 * MB + 1, true],
    ['text that repeats itself', 3 * MB, 600 * MB, false],
    ['no gzip', 600 * MB, 600 * MB, false],
  ])('%s', (_name, wireBytes, bytes, expected) => {
    expect(isBomb(wireBytes, bytes)).toBe(expected);
  });
});

describe('readResult', () => {
  it.each([1, 2, 1_000])('reads plain and gzipped bytes in chunks of %i', async (chunkSize) => {
    const text = '[{"a":1}]'.repeat(20);
    expect(await read(bodyOf(Buffer.from(text), chunkSize))).toEqual({ text, count: { bytes: text.length } });
    expect(await read(bodyOf(gzipSync(text), chunkSize))).toEqual({ text, count: { bytes: text.length } });
  });

  it('reads an empty body and one of a single byte', async () => {
    expect((await read(bodyOf(Buffer.from(''), 1))).text).toBe('');
    expect((await read(bodyOf(Buffer.from('7'), 1))).text).toBe('7');
  });

  it('stops a gzip bomb by what comes out of it', async () => {
    const bomb = gzipSync(Buffer.alloc(50_000_000));
    expect(bomb.length).toBeLessThan(60_000);
    await expect(read(bodyOf(bomb, 1_000), 1_000_000)).rejects.toMatchObject({ name: 'ContractViolation' });
  });

  it('reads nothing of a body that says it is too large', async () => {
    let pulled = 0;
    let isCancelled = false;
    const body = new ReadableStream<Uint8Array>(
      {
        pull: () => {
          pulled += 1;
        },
        cancel: () => {
          isCancelled = true;
        },
      },
      { highWaterMark: 0 },
    );
    const reading = async () => {
      for await (const _chunk of readResult(body, { maxBytes: 1_000, declaredBytes: 1_001 }, { bytes: 0 }));
    };
    await expect(reading()).rejects.toMatchObject({ name: 'ContractViolation' });
    expect([pulled, isCancelled]).toEqual([0, true]);
  });

  it('hangs up on a body without end', async () => {
    let isCancelled = false;
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(Buffer.alloc(65_536, ' ')),
      cancel: () => {
        isCancelled = true;
      },
    });
    await expect(read(endless)).rejects.toMatchObject({ name: 'ContractViolation' });
    await vi.waitFor(() => expect(isCancelled).toBe(true));
  });

  it('stops a bomb long before the limit of a result', async () => {
    // As much gzip as a vendor cares to send, each piece a thousand times its size.
    const piece = gzipSync(Buffer.alloc(8 * 1024 * 1024));
    let sent = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        sent += 1;
        controller.enqueue(piece);
      },
    });
    const count = { bytes: 0 };
    const reading = async () => {
      for await (const _chunk of readResult(endless, { maxBytes: Number.POSITIVE_INFINITY }, count));
    };
    await expect(reading()).rejects.toMatchObject({ name: 'ContractViolation' });
    expect(count.bytes).toBeLessThan(200 * 1024 * 1024);
    expect(sent).toBeLessThan(500);
  });

  it('gives up a body that stalls', async () => {
    const stalling = new ReadableStream<Uint8Array>({ start: (controller) => controller.enqueue(Buffer.from('[{')) });
    const reading = async () => {
      for await (const _chunk of readResult(stalling, { maxBytes: 1_000, idleTimeoutMs: 30 }, { bytes: 0 }));
    };
    await expect(reading()).rejects.toMatchObject({
      name: 'VendorUnavailable',
      message: expect.stringContaining('timeout'),
    });
  });

  it.each([
    [
      'a connection that breaks off',
      bodyOf(
        Buffer.from('[{"a"'),
        2,
        Object.assign(new TypeError('terminated'), { cause: { code: 'UND_ERR_SOCKET' } }),
      ),
      'reset',
    ],
    ['gzip that ends in the middle', bodyOf(gzipSync('x'.repeat(10_000)).subarray(0, 30), 7), 'network'],
    [
      'gzip that is damaged',
      bodyOf(Buffer.concat([gzipSync('abc').subarray(0, 10), Buffer.from('garbage garbage')]), 100),
      'network',
    ],
  ])('fails for a retry on %s', async (_name, body, reason) => {
    await expect(read(body)).rejects.toMatchObject({
      name: 'VendorUnavailable',
      message: expect.stringContaining(reason),
    });
  });
});
