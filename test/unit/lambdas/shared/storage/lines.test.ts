import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { LineTooLong, linesOf } from '../../../../../lambdas/shared/storage/lines.ts';

async function read(...chunks: Buffer[]): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of linesOf(Readable.from(chunks))) lines.push(line);
  return lines;
}

describe('lines of a stream', () => {
  test.each([
    ['nothing', '', []],
    ['an end after the last line', 'a\nb\n', ['a', 'b']],
    ['none after it', 'a\nb', ['a', 'b']],
    ['CRLF', 'a\r\nb\r\n', ['a', 'b']],
    ['empty lines', '\n\na\n', ['', '', 'a']],
    [
      'line and paragraph separators, a bare CR',
      '{"a":"x\u2028y\u2029z\u0085\r."}\n',
      ['{"a":"x\u2028y\u2029z\u0085\r."}'],
    ],
  ])('%s', async (_, text, expected) => {
    expect(await read(Buffer.from(text))).toEqual(expected);
  });

  test('are whole wherever the chunks part them, in the middle of a character, too', async () => {
    const text = 'caf\u00e9 \ud83d\udc4d\r\n\u2028zwei\n';
    const bytes = Buffer.from(text);
    for (let size = 1; size <= bytes.length; size++) {
      const chunks: Buffer[] = [];
      for (let at = 0; at < bytes.length; at += size) chunks.push(bytes.subarray(at, at + size));
      expect(await read(...chunks)).toEqual(['caf\u00e9 \ud83d\udc4d', '\u2028zwei']);
    }
  });

  test('fail with the stream', async () => {
    const body = Readable.from(
      (function* () {
        yield Buffer.from('a\n');
        throw new Error('broken off');
      })(),
    );
    await expect(async () => {
      for await (const _ of linesOf(body));
    }).rejects.toThrow('broken off');
  });

  test('are no longer than their reader takes', async () => {
    let sent = 0;
    async function* endless() {
      yield Buffer.from('short\n');
      for (;;) {
        sent += 1;
        yield Buffer.alloc(1_000, 'x');
      }
    }
    const lines: string[] = [];
    const reading = async () => {
      for await (const line of linesOf(endless(), 5_000)) lines.push(line);
    };
    await expect(reading()).rejects.toThrow(LineTooLong);
    expect(lines).toEqual(['short']);
    expect(sent).toBe(6);
    await expect(Array.fromAsync(linesOf(Readable.from([Buffer.from('ab\nabcd\n')]), 3))).rejects.toThrow(LineTooLong);
    expect(await Array.fromAsync(linesOf(Readable.from([Buffer.from('abc\nabc\n')]), 3))).toEqual(['abc', 'abc']);
  });
});
