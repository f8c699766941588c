import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inOrder } from '../../src/model/span-set.ts';

test('spans are put in order, few and many', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(1000), { maxLength: 40 }), (starts) => {
      const spans = starts.map((start, at) => ({ start, at }));
      expect(inOrder([...spans])).toEqual(spans.toSorted((a, b) => a.start - b.start));
    }),
  );
});
