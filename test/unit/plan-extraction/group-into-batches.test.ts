import fc from 'fast-check';
import { expect, it } from 'vitest';
import { groupIntoBatches } from '../../../lambdas/plan-extraction/group-into-batches.ts';

it('numbers batches from 0, keeps order and loses nothing', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.string()), fc.integer({ min: 1, max: 7 }), async (ids, size) => {
      const batches = await Array.fromAsync(groupIntoBatches(ids, size));
      expect(batches.map(({ batch }) => batch)).toEqual(batches.map((_, index) => index));
      expect(batches.flatMap(({ interactionIds }) => interactionIds)).toEqual(ids);
      expect(batches.slice(0, -1).every(({ interactionIds }) => interactionIds.length === size)).toBe(true);
      expect(batches.every(({ interactionIds }) => interactionIds.length > 0)).toBe(true);
    }),
  );
});
