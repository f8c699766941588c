import { describe, expect, it } from 'vitest';
import { splitArtifacts } from '../../../../../../lambdas/shared/vendor/bulk-job/split-artifacts.ts';

async function split(text: string | Buffer, chunkSize: number, maxBytes = 1_000_000) {
  const bytes = Buffer.from(text);
  async function* chunks() {
    for (let at = 0; at < bytes.length; at += chunkSize) yield bytes.subarray(at, at + chunkSize);
  }
  const ending = { isVisible: false };
  const artifacts: { text: string; oversize: boolean }[] = [];
  for await (const { bytes: json, oversize } of splitArtifacts(chunks(), maxBytes, ending)) {
    artifacts.push({ text: json.toString('utf8').trim(), oversize });
  }
  return { texts: artifacts.map(({ text }) => text), artifacts, ending };
}

const CHUNK_SIZES = [1, 2, 3, 7, 64, 100_000];

describe('splitArtifacts', () => {
  it.each([
    ['one object', '{"a":1}', ['{"a":1}'], false],
    ['one object over several lines', '{\n  "a": [1, {"b": 2}]\n}\n', ['{\n  "a": [1, {"b": 2}]\n}'], false],
    ['an array', '[{"a":1},{"a":2}]', ['{"a":1}', '{"a":2}'], true],
    ['an array with space everywhere', ' [ {"a":1} ,\n {"a":2} ]\n', ['{"a":1}', '{"a":2}'], true],
    ['an empty array', '[]', [], true],
    [
      'a line that breaks off inside a string',
      '{"a":"x\n{"a":2}\n{"a":"y\n{"a":3}\n',
      ['{"a":"x', '{"a":2}', '{"a":"y', '{"a":3}'],
      false,
    ],
    [
      'a line that breaks off between tokens',
      '{"a":1}\n{"a":{"b":\n{"a":2}\n',
      ['{"a":1}', '{"a":{"b":', '{"a":2}'],
      false,
    ],
    ['the wrapper', '{"transcripts":[{"a":1},{"a":2}]}', ['{"a":1}', '{"a":2}'], true],
    ['an empty wrapper', '{"transcripts": []}', [], true],
    [
      'the wrapper among other members',
      '{"jobId":"[x]","meta":{"transcripts":[1]},"transcripts":[{"a":1}],"next":[{"b":1}]}',
      ['{"a":1}'],
      true,
    ],
    ['JSON Lines', '{"a":1}\n{"a":2}\r\n\n{"a":3}', ['{"a":1}', '{"a":2}', '{"a":3}'], false],
    [
      'a bad line among good ones',
      '{"a":1}\nnot json, at all\n{"a":2}\n',
      ['{"a":1}', 'not json, at all', '{"a":2}'],
      false,
    ],
    [
      'bad elements among good ones',
      '[{"a":1},null,"x,]y",12,{"a":},{"a":2}]',
      ['{"a":1}', 'null', '"x,]y"', '12', '{"a":}', '{"a":2}'],
      true,
    ],
    [
      'brackets, quotes and escapes inside strings',
      '[{"a":"}]{[\\"\\\\"},{"b":"\\\\\\""}]',
      ['{"a":"}]{[\\"\\\\"}', '{"b":"\\\\\\""}'],
      true,
    ],
    ['a byte order mark', '\uFEFF[{"a":1}]', ['{"a":1}'], true],
    ['letters of several bytes', '[{"a":"żółć 日本 😀"}]', ['{"a":"żółć 日本 😀"}'], true],
    [
      'an artifact that only mentions the wrapper',
      '{"a":"transcripts","b":[1]}',
      ['{"a":"transcripts","b":[1]}'],
      false,
    ],
    ['an array of arrays', '[[1,2],[3]]', ['[1,2]', '[3]'], true],
  ])('%s', async (_name, text, expected, isVisible) => {
    for (const chunkSize of CHUNK_SIZES) {
      const { texts, ending } = await split(text, chunkSize);
      expect(texts).toEqual(expected);
      expect(ending.isVisible).toBe(isVisible);
    }
  });

  it.each(['[{"a":1},{"a":2}', '[{"a":1},{"a"', '{"transcripts":[{"a":1}]', '{"a":"unended', '[', '{"a":1}\n{"a":'])(
    'refuses a text that ends in the middle: %s',
    async (text) => {
      for (const chunkSize of CHUNK_SIZES) {
        await expect(split(text, chunkSize)).rejects.toMatchObject({ name: 'VendorUnavailable' });
      }
    },
  );

  it.each(['', ' \n '])('refuses a body without a value: %j', async (text) => {
    await expect(split(text, 10)).rejects.toMatchObject({ name: 'VendorUnavailable' });
  });

  it('refuses markup as a whole', async () => {
    await expect(split('\n<!DOCTYPE html><p>Sign in</p>', 100)).rejects.toMatchObject({ name: 'ContractViolation' });
  });

  it('keeps only the beginning of an oversize artifact and goes on', async () => {
    const large = `{"interactionId":"i-1","x":"${'y'.repeat(50_000)}"}`;
    for (const chunkSize of [100, 70_000]) {
      const { artifacts } = await split(`[${large},{"a":2}]`, chunkSize, 10_000);
      expect(artifacts.map(({ oversize }) => oversize)).toEqual([true, false]);
      expect(artifacts[0]?.text.length).toBeLessThan(5_000);
      expect(artifacts[0]?.text).toContain('"interactionId":"i-1"');
    }
  });

  it('takes 100,000 levels of nesting', async () => {
    const deep = '['.repeat(100_000) + ']'.repeat(100_000);
    const { texts } = await split(`[{"a":${deep}}]`, 65_536);
    expect(texts).toHaveLength(1);
  });
});

/** Whatever stands in an artifact's place and is none. */
const NO_OBJECTS = [
  'null',
  '12',
  '"a, word ] of } this"',
  '[1, {"x": 2}]',
  'undefined',
  "it's",
  'x"y',
  '}',
  '/',
  '/ why',
];

const BLOCK_COMMENTS = ['/* why */', '/* { [ " , ] } */', '/**/', '/***/', '/* {"a":7},\n{"a":8} */'];
const LINE_COMMENTS = ['// why', '// it"s { not', '# why, [not]', '//'];

/** The forms of a result, each with its items as they are given. */
const FORMS: [string, (items: readonly string[]) => string][] = [
  ['JSON Lines', (items) => `${items.join('\n')}\n`],
  ['an array on one line', (items) => `[${items.join(',')}]`],
  ['an array, an item a line', (items) => `[\n${items.join(',\n')}\n]`],
  ['the wrapper', (items) => `{"jobId":"j","transcripts":[\n${items.join(',\n')}\n],"count":3}`],
  ['the wrapper on one line', (items) => `{"transcripts":[${items.join(',')}]}`],
];

describe.each(FORMS)('an item that is no object, in %s', (_form, write) => {
  const good = ['{"a":"x, ]"}', '{"b":{"c":["}"]}}', '{"d":1}'];

  it.each(NO_OBJECTS)('costs itself: %s', async (junk) => {
    for (const position of [0, 1, 2, 3]) {
      const items = [...good.slice(0, position), junk, ...good.slice(position)];
      for (const chunkSize of [1, 5, 100_000]) {
        const { texts } = await split(write(items), chunkSize);
        expect(texts.filter((text) => good.includes(text))).toEqual(good);
        // It is seen, so that an interaction without an item is not called missing.
        expect(texts.length).toBeGreaterThanOrEqual(junk === '}' ? 3 : 4);
      }
    }
  });
});

describe.each(FORMS)('a comment, in %s', (form, write) => {
  const good = ['{"a":"x, ]"}', '{"b":{"c":["}"]}}', '{"d":1}'];
  const writeAs = (items: readonly string[], position: number, comment: string, between: string) =>
    write(items.map((item, index) => (index === position ? `${comment}${between}${item}` : item)));

  it.each([...BLOCK_COMMENTS, ...LINE_COMMENTS])('costs nothing before any of the items: %j', async (comment) => {
    const between = LINE_COMMENTS.includes(comment) ? '\n' : '';
    for (const position of [0, 1, 2]) {
      for (const chunkSize of [1, 5, 100_000]) {
        const { texts } = await split(writeAs(good, position, comment, between), chunkSize);
        expect(texts).toEqual(good);
      }
    }
  });

  it.each([...BLOCK_COMMENTS, ...LINE_COMMENTS])('leaves the end as believable as it was: %j', async (comment) => {
    const plain = write(good);
    for (const text of [`${comment}\n${plain}`, `${plain}\n${comment}`, `${plain}\n${comment}\n`]) {
      const { texts, ending } = await split(text, 5);
      expect(texts).toEqual(good);
      expect(ending.isVisible).toBe(form !== 'JSON Lines');
    }
  });

  it.each(LINE_COMMENTS)('that has no line of its own may be a broken item, and is seen: %s', async (comment) => {
    if (!form.endsWith('on one line')) return;
    const { texts } = await split(write([good[0] ?? '', comment, good[1] ?? '']), 5);
    expect(texts).toHaveLength(3);
  });
});

describe('a second comment', () => {
  it.each(['#', '//'])('is read without the first one: %s', async (mark) => {
    const text = `[{"a":1},\n${mark} why,\n${mark} {"b":2}\n{"c":3}]`;
    for (const chunkSize of CHUNK_SIZES) {
      const { texts, ending } = await split(text, chunkSize);
      expect(texts).toEqual(['{"a":1}', '{"c":3}']);
      expect(ending.isVisible).toBe(true);
    }
  });
});

describe('an end that is none', () => {
  it.each([
    ['a bracket too many', '[{"a":1}],{"b":2}]'],
    ['a bracket too many in the wrapper', '{"transcripts":[{"a":1}],{"b":2}]}'],
    ['an array as the first line of JSON Lines', '[{"a":1}]\n{"b":2}\n'],
  ])('%s: what stands behind it is read, and the end is not believed', async (_name, text) => {
    for (const chunkSize of CHUNK_SIZES) {
      const { texts, ending } = await split(text, chunkSize);
      expect(texts.slice(0, 2)).toEqual(['{"a":1}', '{"b":2}']);
      expect(ending.isVisible).toBe(false);
    }
  });

  it('a first line that breaks off costs itself', async () => {
    for (const chunkSize of CHUNK_SIZES) {
      expect((await split('{"a":tru\n{"b":2}\n{"c":3}\n', chunkSize)).texts).toEqual([
        '{"a":tru',
        '{"b":2}',
        '{"c":3}',
      ]);
    }
  });

  it.each([
    ['comments before and behind an array', '// why\n/* [ */ [{"a":1}] // so', ['{"a":1}']],
    ['a comment behind the last item', '[{"a":1} // so\n]', ['{"a":1}']],
    ['a comment that does not end', '[{"a":1}, /* why', undefined],
  ])('%s', async (_name, text, expected) => {
    if (expected) expect((await split(text, 3)).texts).toEqual(expected);
    else await expect(split(text, 3)).rejects.toMatchObject({ name: 'VendorUnavailable' });
  });
});

describe('a result without end', () => {
  const MB = 1024 * 1024;

  it.each([
    ['blanks', '', ' '],
    ['blanks in an array', '[{"a":1},', '\n'],
    ['commas', '[', ','],
    ['a text', '[{"a":"', 'x'],
    ['brackets', '', '['],
    ['a comment', '[/*', '*'],
    ['comments', '[', '/*a*/'],
    ['comments of a line', '[', '# a \n'],
    ['a word', '', 'x'],
    ['the members behind a list', '{"transcripts":[],', '"a":1,'],
  ])('is refused early: %s', async (_name, head, rest) => {
    let sent = 0;
    const piece = Buffer.from(rest.repeat(MB / rest.length));
    async function* endless() {
      yield Buffer.from(head);
      for (;;) {
        sent += 1;
        yield piece;
      }
    }
    const reading = async () => {
      for await (const _artifact of splitArtifacts(endless(), MB, { isVisible: false }));
    };
    await expect(reading()).rejects.toMatchObject({ name: 'ContractViolation' });
    expect(sent).toBeLessThan(20);
  });
});
