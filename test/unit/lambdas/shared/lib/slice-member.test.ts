import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sliceElements, sliceMembers } from '../../../../../lambdas/shared/lib/slice-member.ts';

describe('sliceElements', () => {
  it.each([
    ['[]', []],
    [' [ 1.0 , "a,]" ,{"b":[1]},[ ],null] ', ['1.0', '"a,]"', '{"b":[1]}', '[ ]', 'null']],
  ])('%s', (json, elements) => expect([...sliceElements(json)]).toEqual(elements));

  it('takes any array apart', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), fc.nat(2), (values, indent) => {
        const texts = [...sliceElements(JSON.stringify(values, null, indent))];
        expect(texts.map((text) => JSON.parse(text))).toEqual(JSON.parse(JSON.stringify(values)));
      }),
    );
  });
});

describe('sliceMembers', () => {
  it('gives each with its own text', () => {
    expect([...sliceMembers('{"a":1.0, "b\\"" : {"c":[]} }')]).toEqual([
      { name: 'a', text: '1.0' },
      { name: 'b"', text: '{"c":[]}' },
    ]);
  });
});
