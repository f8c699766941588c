import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import {
  createJsonLines,
  packJsonLines,
  uploadJsonLines,
} from '../../../../../lambdas/shared/storage/write-json-lines.ts';
import { MemoryStore, type Objects } from '../../../../year/memory-store.ts';

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

function emptyStore() {
  const objects: Objects = new Map();
  const bytesAt = (key: string) => objects.get(key)?.body ?? Buffer.alloc(0);
  const textAt = (key: string) => (key.endsWith('.gz') ? gunzipSync(bytesAt(key)) : bytesAt(key)).toString();
  return { store: new MemoryStore(objects, { nowMs: () => 0 }), objects, bytesAt, textAt };
}

const VALUES: [string, unknown[], string][] = [
  ['no value', [], ''],
  ['one', [{ a: 1 }], '{"a":1}\n'],
  ['several', ['x', null, { text: 'a\nb\u2028' }], '"x"\nnull\n{"text":"a\\nb\u2028"}\n'],
];

describe.each(['lines.jsonl', 'lines.jsonl.gz'])('%s', (key) => {
  test.each(VALUES)('is created of %s', async (_, values, text) => {
    const { store, bytesAt, textAt } = emptyStore();
    const { written, ...facts } = await createJsonLines(store, key, values);
    expect(written).toBe(true);
    expect(textAt(key)).toBe(text);
    expect(facts).toMatchObject({ bytes: bytesAt(key).length, sha256: sha256(bytesAt(key)), rows: values.length });
  });

  test.each(VALUES)('is uploaded of %s', async (_, values, text) => {
    const { store, bytesAt, textAt } = emptyStore();
    const { written, ...facts } = await uploadJsonLines(store, key, Readable.from(values.map((value) => [value])));
    expect(written).toBe(true);
    const wrapped = text === '' ? '' : values.map((value) => `${JSON.stringify([value])}\n`).join('');
    expect(textAt(key)).toBe(wrapped);
    expect(facts).toMatchObject({ bytes: bytesAt(key).length, sha256: sha256(bytesAt(key)), rows: values.length });
  });

  test('is created once, and uploaded again unless the condition forbids it', async () => {
    const { store, textAt } = emptyStore();
    await createJsonLines(store, key, [1]);
    expect(await createJsonLines(store, key, [2])).toMatchObject({ written: false });
    expect(await uploadJsonLines(store, key, [3], { absent: true })).toMatchObject({ written: false });
    expect(textAt(key)).toBe('1\n');
    await uploadJsonLines(store, key, [4]);
    expect(textAt(key)).toBe('4\n');
  });

  test('carries what the writer says of its bytes', async () => {
    const { store } = emptyStore();
    const { sha256 } = await createJsonLines(store, key, [1], (facts) => ({ sha256: facts.sha256 }));
    expect((await store.head(key))?.metadata).toEqual({ sha256 });
    expect(packJsonLines(key, [1]).sha256).toBe(sha256);
  });

  test('is not written when its values break off', async () => {
    const { store, objects } = emptyStore();
    async function* values() {
      yield 1;
      throw new Error('broke off');
    }
    await expect(uploadJsonLines(store, key, values())).rejects.toThrow('broke off');
    expect(objects.size).toBe(0);
  });
});
