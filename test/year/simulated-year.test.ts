import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { simulateYear } from './simulate-year.ts';

function differences(stored: ReadonlyMap<string, number>, available: readonly { interactionId: string }[]) {
  const gaps = available.filter(({ interactionId }) => !stored.has(interactionId));
  const duplicates = [...stored].filter(([, times]) => times > 1);
  return { gaps: gaps.map(({ interactionId }) => interactionId), duplicates: duplicates.map(([id]) => id) };
}

describe('a year of the schedule', () => {
  it('stores what is available, each once, whatever breaks', async () => {
    const result = await simulateYear({ seed: 1, days: 365, perDay: 20, everyHours: 24, crashRate: 0.01 });
    expect(result.runs).toBeGreaterThan(365);
    expect(result.deaths).toBeGreaterThan(20);
    expect(result.stored.size).toBeGreaterThan(7_000);
    expect(differences(result.stored, result.available)).toEqual({ gaps: [], duplicates: [] });
    expect(result.orphans).toEqual([]);
    expect(result.dangling).toEqual([]);
  });

  it('holds for any cadence, crash rate and order of events', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          seed: fc.integer({ min: 0, max: 1_000_000 }),
          everyHours: fc.constantFrom(6, 12, 24),
          crashRate: fc.constantFrom(0, 0.005, 0.02, 0.08),
        }),
        async ({ seed, everyHours, crashRate }) => {
          const result = await simulateYear({ seed, days: 40, perDay: 20, everyHours, crashRate });
          expect(differences(result.stored, result.available)).toEqual({ gaps: [], duplicates: [] });
          expect({ orphans: result.orphans, dangling: result.dangling }).toEqual({ orphans: [], dangling: [] });
        },
      ),
      // The example: the list of open runs was changed and changed back while a run was being planned.
      { numRuns: 40, examples: [[{ seed: 1040, everyHours: 24, crashRate: 0 }]] },
    );
  });
});
