import { PassThrough, Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { drained } from '../../../../../lambdas/shared/lib/drained.ts';

const full = () => {
  const stream = new PassThrough({ highWaterMark: 1 });
  stream.on('error', () => {});
  expect(stream.write('xx')).toBe(false);
  return stream;
};

describe('drained', () => {
  it.each<[string, (stream: PassThrough) => void]>([
    ['that is read', (stream) => stream.resume()],
    ['that is closed meanwhile', (stream) => setImmediate(() => stream.destroy())],
    ['that breaks meanwhile', (stream) => setImmediate(() => stream.destroy(new Error('disk full')))],
    ['that is closed already', (stream) => stream.destroy()],
  ])('lets go of a stream %s', async (_name, act) => {
    const stream = full();
    act(stream);
    await expect(drained(stream)).resolves.toBeUndefined();
  });

  it('lets go of a stream that was closed long ago', async () => {
    const stream = new Writable({ write: (_chunk, _encoding, done) => done(new Error('disk full')) });
    stream.on('error', () => {});
    stream.write('x');
    await new Promise((resolve) => stream.once('close', resolve));
    expect(stream.write('y')).toBe(false);
    await expect(drained(stream)).resolves.toBeUndefined();
  });

  it('waits as long as nothing is read', async () => {
    const stream = full();
    let isDone = false;
    const waiting = drained(stream).then(() => {
      isDone = true;
    });
    await new Promise((resolve) => setImmediate(resolve));
    expect(isDone).toBe(false);
    stream.resume();
    await waiting;
  });
});
