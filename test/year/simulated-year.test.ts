import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { simulateAnnotatedYear, simulateYear } from './simulate-year.ts';

function differences(stored: ReadonlyMap<string, string[]>, available: Iterable<string>) {
  const gaps = [...available].filter((id) => !stored.has(id));
  const duplicates = [...stored].filter(([, versions]) => new Set(versions).size < versions.length);
  return { gaps, duplicates: duplicates.map(([id]) => id) };
}

/** The newest version that is stored of each. */
const newest = (stored: ReadonlyMap<string, string[]>) =>
  new Map([...stored].map(([id, versions]) => [id, versions.toSorted().at(-1)]));

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

  // A look-back of three days takes several times what a call may take, and so does each new day.
  it('comes as far with a vendor whose look-back no call can search', async () => {
    const slow = { pageMs: 1_000, callMs: 4_000 };
    const result = await simulateYear({ seed: 2, days: 60, perDay: 30, everyHours: 24, crashRate: 0.002, ...slow });
    expect(result.calls).toBeGreaterThan(5 * result.runs);
    expect(result.lastMs - result.watermarkMs).toBeLessThanOrEqual(60 * 60 * 1_000);
    expect(differences(result.stored, result.available)).toEqual({ gaps: [], duplicates: [] });
    expect({ orphans: result.orphans, dangling: result.dangling }).toEqual({ orphans: [], dangling: [] });
  });

  it('holds for any cadence, crash rate and order of events', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          seed: fc.integer({ min: 0, max: 1_000_000 }),
          everyHours: fc.constantFrom(6, 12, 24),
          crashRate: fc.constantFrom(0, 0.005, 0.02, 0.08),
          pageMs: fc.constantFrom(0, 100, 700),
        }),
        async ({ seed, everyHours, crashRate, pageMs }) => {
          const options = { seed, days: 40, perDay: 20, everyHours, crashRate, pageMs, callMs: 4_000 };
          const result = await simulateYear(options);
          expect(differences(result.stored, result.available)).toEqual({ gaps: [], duplicates: [] });
          expect({ orphans: result.orphans, dangling: result.dangling }).toEqual({ orphans: [], dangling: [] });
        },
      ),
      // The example: the list of open runs was changed and changed back while a run was being planned.
      { numRuns: 40, examples: [[{ seed: 1040, everyHours: 24, crashRate: 0, pageMs: 0 }]] },
    );
  });
});

describe('a year of a source that lists by analysis', () => {
  it('stores what is available, in its newest version, and names what was never listed', async () => {
    // So rare, since a run makes many more calls to S3: it compares what was analysed nine days ago, and two weeks of contacts.
    const options = { seed: 3, days: 365, perDay: 10, everyHours: 24, crashRate: 0.0005 };
    const { available, gaps, ...result } = await simulateAnnotatedYear(options);
    expect(result.deaths).toBeGreaterThan(20);
    expect(available.size).toBeGreaterThan(3_000);
    expect(differences(result.stored, available.keys())).toEqual({ gaps: [], duplicates: [] });
    expect([...newest(result.stored)].filter(([id, version]) => available.get(id) !== version)).toEqual([]);
    expect([...result.stored.values()].filter((versions) => versions.length > 1).length).toBeGreaterThan(200);
    expect(gaps.size).toBeGreaterThan(20);
    expect([...result.missing].sort()).toEqual([...gaps].sort());
    expect({ orphans: result.orphans, dangling: result.dangling }).toEqual({ orphans: [], dangling: [] });
  });
});
