import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { withIdleLimit } from '../../../../../lambdas/shared/lib/idle-limit.ts';

const IDLE_MS = 20;

describe('withIdleLimit', () => {
  it('gives what comes', async () => {
    const body = new PassThrough();
    body.end('all of it');
    expect(Buffer.concat(await withIdleLimit(body, IDLE_MS).toArray()).toString()).toBe('all of it');
  });

  it('ends a sender that falls silent in the middle, and lets it go', async () => {
    const body = new PassThrough();
    body.write('a part of it');
    await expect(withIdleLimit(body, IDLE_MS).toArray()).rejects.toMatchObject({ name: 'TimeoutError' });
    expect(body.destroyed).toBe(true);
  });

  it('waits for a reader that takes its time', async () => {
    const body = new PassThrough();
    const limited = withIdleLimit(body, IDLE_MS);
    body.write('first ');
    await once(limited, 'readable');
    await sleep(IDLE_MS * 5);
    body.end('second');
    expect(Buffer.concat(await limited.toArray()).toString()).toBe('first second');
  });

  it('takes what came while the process was busy for no silence', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    try {
      const body = new PassThrough();
      const limited = withIdleLimit(body, IDLE_MS);
      // As input that was waiting is read: after the timers, before the immediates that these have asked for.
      setImmediate(() => body.end('late'));
      vi.advanceTimersByTime(IDLE_MS * 5);
      expect(Buffer.concat(await limited.toArray()).toString()).toBe('late');
    } finally {
      vi.useRealTimers();
    }
  });

  it('lets the sender go when the reader does', async () => {
    const body = new PassThrough();
    const gone = new Promise<void>((resolve) => body.once('close', resolve));
    withIdleLimit(body, IDLE_MS).destroy();
    await gone;
    expect(body.destroyed).toBe(true);
  });
});
