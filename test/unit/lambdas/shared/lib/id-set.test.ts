import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { IdSet } from '../../../../../lambdas/shared/lib/id-set.ts';

describe('IdSet', () => {
  it('behaves as a Set', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ maxLength: 3 }), { maxLength: 200 }),
        fc.string({ maxLength: 3 }),
        (ids, other) => {
          const compact = new IdSet(4);
          const set = new Set<string>();
          for (const id of ids) {
            expect(compact.add(id)).toBe(!set.has(id));
            set.add(id);
          }
          expect(compact.size).toBe(set.size);
          expect(ids.every((id) => compact.has(id))).toBe(true);
          expect(compact.has(other)).toBe(set.has(other));
        },
      ),
    );
  });

  it('grows', () => {
    const set = new IdSet();
    for (let i = 0; i < 20_000; i += 1) set.add(`int-${i}`);
    expect(set.size).toBe(20_000);
    expect([set.has('int-19999'), set.has('int-20000')]).toEqual([true, false]);
  });
});
