import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readEveryElement, readEveryMember, readMembers } from '../../../../../lambdas/shared/lib/json-members.ts';

const read = (json: string | Buffer, names: string[] = ['t']) => {
  const members = readMembers(Buffer.from(json as string), names);
  return members && Object.fromEntries(members);
};

describe('readMembers', () => {
  it.each([
    ['a string', '{"a":"x","t":"y\\"}"}', '"y\\"}"'],
    ['a number as it is written', '{"t":1.00,"b":2}', '1.00'],
    ['a number of many digits', `{"t":${'9'.repeat(90)}}`, '9'.repeat(90)],
    ['an object', '{ "t" : {"a":[1,"}"]} , "b":2}', '{"a":[1,"}"]}'],
    ['the last of two', '{"t":1,"t":2}', '2'],
    ['the last of two, whichever way they are written', '{"t":1,"\\u0074":2}', '2'],
    ['a name with an escape', '{"\\u0074":true}', 'true'],
    ['letters of several bytes', '{"ż":"€","t":"żółć 日本 😀"}', '"żółć 日本 😀"'],
  ])('gives %s', (_name, json, expected) => {
    expect(read(json)).toEqual({ t: expected });
  });

  it.each([
    ['a nested member', '{"a":{"t":1}}'],
    ['a member that the object lacks', '{}'],
    ['a name that only begins so', '{"tt":1}'],
  ])('does not give %s', (_name, json) => {
    expect(read(json)).toEqual({});
  });

  it('knows names that every object inherits from those that are there', () => {
    const names = ['__proto__', 'constructor', 'toString'];
    expect([...(readMembers(Buffer.from('{"__proto__":1}'), names) ?? [])]).toEqual([['__proto__', '1']]);
  });

  it('takes a million levels and a string of megabytes', () => {
    const deep = '[{"a":'.repeat(500_000) + 1 + '}]'.repeat(500_000);
    const long = JSON.stringify('x\\"€'.repeat(2_000_000));
    expect(read(`{"t":${deep}}`)?.t?.length).toBe(deep.length);
    expect(read(`{"t":${long}}`)?.t?.length).toBe(long.length);
    expect(read(`{"t":${deep.slice(0, -1)}}`)).toBeUndefined();
    expect(read(`{"t":${long.slice(0, -1)}}`)).toBeUndefined();
  });
});

/**
 * Strings as they may be written. None is a single backslash: once V8 has met it as a name, its `JSON.parse` takes any name
 * that is one escape for the same.
 */
const STRINGS = [
  '""',
  '"a"',
  '"t"',
  '"\\u0074"',
  '"__proto__"',
  '"\\\\\\\\"',
  '"\\"{[,]}"',
  '"é€😀"',
  '"\u2028\x7f"',
  '"\\ud800"',
];
const SCALARS = [
  ...STRINGS,
  '0',
  '-0',
  '1.00',
  '-12.5e-3',
  '1E+9',
  '1e999',
  '98765432109876543210',
  'true',
  'false',
  'null',
];
const blanks = fc.constantFrom('', '', '', ' ', '\n', '\t\r\n ');
const padded = (text: fc.Arbitrary<string>) => fc.tuple(blanks, text, blanks).map((parts) => parts.join(''));
const { value } = fc.letrec<{ value: string }>((tie) => {
  const member = fc.tuple(padded(fc.constantFrom(...STRINGS)), padded(tie('value'))).map((pair) => pair.join(':'));
  const list = (item: fc.Arbitrary<string>) => fc.array(item, { maxLength: 4 }).map((items) => items.join(','));
  return {
    value: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom(...SCALARS),
      list(padded(tie('value'))).map((items) => `[${items}]`),
      list(member).map((members) => `{${members}}`),
    ),
  };
});
const members = fc.array(fc.tuple(padded(fc.constantFrom(...STRINGS)), blanks, value, blanks), { maxLength: 6 });
const object = members.map((all) => `{${all.map(([name, ...rest]) => `${name}:${rest.join('')}`).join(',')}}`);

/** What breaks a text, or nearly does. */
const JUNK = [
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  '"',
  '\\',
  '0',
  '01',
  '-',
  '.',
  '+',
  'e',
  'null',
  'nul',
  '\\u12',
  '\\x',
  "'",
  '/',
];
const SIGNS = ['\0', '\x01', '\x1f', '\x0b', '\n', ' ', '\ufeff', '\u00a0', 'é'];
const change = fc.record({
  at: fc.nat(),
  cut: fc.nat({ max: 3 }),
  put: fc.oneof(
    fc.constantFrom('', ...JUNK, ...SIGNS).map((text) => Buffer.from(text)),
    fc.uint8Array({ maxLength: 2 }),
  ),
});
const broken = fc.tuple(padded(object), fc.array(change, { maxLength: 3 })).map(([json, changes]) =>
  changes.reduce<Buffer>((bytes, { at, cut, put }) => {
    const place = at % (bytes.length + 1);
    return Buffer.concat([bytes.subarray(0, place), put, bytes.subarray(place + cut)]);
  }, Buffer.from(json)),
);

const NAMES = ['t', '', 'a', '__proto__', '\\\\', 'é€😀', '\ud800'];

/** What `JSON.parse` makes of it; undefined where it refuses it, or finds no object. */
function parsed(json: Buffer): object | undefined {
  try {
    const found: unknown = JSON.parse(json.toString('utf8'));
    return typeof found === 'object' && found !== null && !Array.isArray(found) ? found : undefined;
  } catch {
    return undefined;
  }
}

describe('readMembers beside JSON.parse', () => {
  it('takes and refuses the same texts, and finds the same values', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          broken,
          padded(value).map((text) => Buffer.from(text)),
        ),
        (json) => {
          const expected = parsed(json);
          const found = readMembers(json, NAMES);
          const own = expected && NAMES.filter((name) => Object.hasOwn(expected, name));
          expect(found && [...found.keys()].toSorted()).toEqual(own?.toSorted());
          for (const [name, text] of found ?? []) {
            expect(JSON.parse(text)).toEqual(Object.getOwnPropertyDescriptor(expected, name)?.value);
          }
        },
      ),
      { numRuns: 3_000 },
    );
  });

  it('gives the text as it is written', () => {
    fc.assert(
      fc.property(members, (all) => {
        const json = `{${all.map(([name, ...rest]) => `${name}:${rest.join('')}`).join(',')}}`;
        const expected = new Map(all.map(([name, , text]) => [JSON.parse(name) as string, text]));
        expect(readMembers(Buffer.from(json), [...expected.keys()])).toEqual(expected);
      }),
    );
  });
});

describe('readEveryMember and readEveryElement', () => {
  it('give every member as readMembers does, and refuse the same texts', () => {
    fc.assert(
      fc.property(broken, (json) => {
        const expected = parsed(json);
        const found = readEveryMember(json);
        expect(found === undefined).toBe(expected === undefined);
        expect(found).toEqual(expected && readMembers(json, [...(found?.keys() ?? [])]));
      }),
    );
  });

  it('take and refuse the same arrays as JSON.parse', () => {
    fc.assert(
      fc.property(fc.array(padded(value)), fc.constantFrom('', ',', ']', ' x', '1'), (texts, tail) => {
        const json = `[${texts.join(',')}${tail}]`;
        let expected: unknown[] | undefined;
        try {
          expected = JSON.parse(json) as unknown[];
        } catch {}
        expect(readEveryElement(Buffer.from(json))?.map((text) => JSON.parse(text))).toEqual(expected);
      }),
    );
  });

  it.each(['{}', '1', '"[]"', ''])('find no elements in %s', (json) => {
    expect(readEveryElement(Buffer.from(json))).toBeUndefined();
  });
});
