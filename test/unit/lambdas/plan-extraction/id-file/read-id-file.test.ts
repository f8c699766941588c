import { Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readIdFile } from '../../../../../lambdas/plan-extraction/id-file/read-id-file.ts';
import type { ObjectStorage } from '../../../../../lambdas/shared/storage/object-store.ts';

const MB = 1024 * 1024;

/** A bucket with one file, which says how much of it was read. */
function bucketOf(chunks: Iterable<Buffer>, key: string) {
  const read = { bytes: 0 };
  function* counted() {
    for (const chunk of chunks) {
      read.bytes += chunk.length;
      yield chunk;
    }
  }
  const plain = Readable.from(counted(), { objectMode: false });
  const body = key.endsWith('.gz') ? plain.pipe(createGzip()) : plain;
  const store = { open: async () => ({ body, etag: '' }) } as unknown as ObjectStorage;
  return { planner: { store, storeOf: () => store }, read };
}

const idsOf = (text: string, key: string) =>
  Array.fromAsync(readIdFile(bucketOf([Buffer.from(text)], key).planner, `s3:///inputs/${key}`));

/** One line of 600 MiB. */
function* oneLine(head: string) {
  yield Buffer.from(head);
  const piece = Buffer.alloc(MB, 'x');
  for (let sent = 0; sent < 600; sent += 1) yield piece;
}

describe('a list of ids', () => {
  it.each([
    ['ids.csv', 'interactionId,note\nint-1,a\nint-2,b\nint-1,c\n'],
    ['ids.csv.gz', 'name,ID\na,int-1\nb,int-2\n'],
    ['ids.jsonl', '"int-1"\n\n{"interaction_id":"int-2","note":"x"}\n'],
    ['ids.ndjson.gz', '{"id":"int-1"}\n{"id":"int-2"}'],
  ])('%s', async (key, text) => {
    expect(await idsOf(text, key)).toEqual(['int-1', 'int-2']);
  });

  it.each([
    ['a line that is no id', 'ids.jsonl', '"int-1"\n\n"../x"\nnull\n', 'in line 3, 4'],
    ['an unknown header', 'ids.csv', 'number\n1\n', 'none of the columns'],
    ['a quote that does not end', 'ids.csv', 'id\n"int-1\n', 'not well-formed CSV'],
    ['no id at all', 'ids.jsonl', '\n', 'holds no interaction id'],
  ])('is refused for %s', async (_name, key, text, words) => {
    await expect(idsOf(text, key)).rejects.toMatchObject({
      name: 'InputInvalid',
      message: expect.stringContaining(words),
    });
  });

  it.each([
    ['ids.jsonl', '"int-1"\n"'],
    ['ids.jsonl.gz', '"int-1"\n"'],
    ['ids.csv', 'id\nint-1\n'],
    ['ids.csv.gz', 'id\nint-1\n'],
    ['ids.csv.gz', 'id\n"'],
  ])('with a line of 600 MiB is refused after the first of them: %s', async (key, head) => {
    const { planner, read } = bucketOf(oneLine(head), key);
    await expect(Array.fromAsync(readIdFile(planner, `s3:///inputs/${key}`))).rejects.toMatchObject({
      name: 'InputInvalid',
      message: expect.stringMatching(/line \d is longer than 1048576 characters/),
    });
    // A stream that packs runs ahead of its reader, by what fits into its buffer.
    expect(read.bytes).toBeLessThan(80 * MB);
  });
});
