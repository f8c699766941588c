import { describe, expect, it } from 'vitest';
import type { ObjectStore } from '../../../../lambdas/shared/storage/object-store.ts';
import { putOnce } from '../../../../lambdas/store-transcripts/put-once.ts';
import { memoryBucket } from './store-world.ts';

const put = (store: ObjectStore, text: string, sha256 = text) =>
  putOnce(store, 'key', sha256, (condition, options) => store.write('key', text, condition, options));

describe('putOnce', () => {
  it('writes the same bytes once', async () => {
    const { store, writes } = memoryBucket();
    const etag = await put(store, 'a');
    expect(await put(store, 'a')).toBe(etag);
    expect(writes).toEqual(['key']);
  });

  it('replaces other bytes', async () => {
    const { store, writes, objects } = memoryBucket();
    const etag = await put(store, 'a');
    expect(await put(store, 'b')).not.toBe(etag);
    expect(writes).toHaveLength(2);
    expect(objects.get('key')?.body.toString()).toBe('b');
  });

  it('gives way to another attempt that writes at the same time', async () => {
    const { store, objects } = memoryBucket();
    await put(store, 'a');
    const meddling = {
      ...store,
      head: async (key: string) => {
        const found = await store.head(key);
        await store.write(key, 'c');
        return found;
      },
    } as ObjectStore;
    await expect(put(meddling, 'b')).rejects.toMatchObject({ name: 'DataLakeUnavailable' });
    expect(objects.get('key')?.body.toString()).toBe('c');
  });
});
