import { describe, expect, it } from 'vitest';
import { checkManifest, checkOutcomes } from '../../../../../cli/lake/verification/check-manifest.ts';
import { Manifest, OutcomeCounts } from '../../../../../lambdas/shared/runs/run-records.ts';

const KEY = 'runs/r1/manifest.json';
const AT = '2026-11-21T03:00:00.000Z';
const SHA = 'a'.repeat(64);

const part = (name: string, rows: number): Manifest['parts'][number] => ({
  key: `transcripts/v=1/media_type=voice/dt=2026-11-20/${name}.jsonl.gz`,
  bytes: 1,
  sha256: SHA,
  rows,
  etag: '"e"',
  mediaType: 'voice',
  day: '2026-11-20',
  minTimestamp: AT,
  maxTimestamp: AT,
});

/** Of three interactions: two stored, in two rows, and one missing. */
const sound = Manifest.parse({
  schemaVersion: 1,
  runId: 'r1',
  status: 'complete',
  source: 'window',
  startedAt: AT,
  recordedAt: AT,
  versions: { pipeline: '0.2.0', function: '1', row: 1, maskRules: ['1.1.0'] },
  planned: 3,
  counts: OutcomeCounts.parse({ stored: 2, missing: 1, failed: 0, quarantined: 0, notReady: 0, duplicate: 0 }),
  rows: 2,
  delivery: { delivered: 2, parked: 0, pending: 0 },
  findings: {},
  cost: { stateTransitions: 1, polls: 1, submissions: 1, resultBytes: 1, storedBytes: 1 },
  parts: [part('r1-000001', 1), part('r1-000002', 1)],
  audit: [],
  erasures: [],
});

describe('a manifest', () => {
  const cases: [string, Partial<Manifest>, string[]][] = [
    ['that adds up', {}, []],
    ['of more than was planned', { planned: 2 }, ['counts: outcomes add up to 3, planned were 2']],
    ['of less than was planned', { planned: 4 }, ['counts: outcomes add up to 3, planned were 4']],
    ['whose empty ones count too', { planned: 4, counts: { ...sound.counts, empty: 1 } }, []],
    ['whose parts hold more rows', { parts: [part('a', 2), part('b', 1)] }, ['rows: parts have 3 rows, listed are 2']],
    [
      'with fewer rows than were stored',
      { rows: 1, parts: [part('a', 1)] },
      ['rows: 1 rows for 2 stored interactions'],
    ],
    ['with fewer rows, the others erased', { rows: 1, parts: [part('a', 1)], erasures: [{ at: AT, rows: 1 }] }, []],
    ['with more rows, of other media', { rows: 3, parts: [part('a', 2), part('b', 1)] }, []],
    ['that lists a part twice', { parts: [part('a', 1), part('a', 1)] }, [`listed-twice: in ${KEY}`]],
  ];
  it.each(cases)('%s', (_, change, expected) => {
    const problems = checkManifest({ ...sound, ...change }, KEY);
    expect(problems.map(({ code, detail }) => `${code}: ${detail}`)).toEqual(expected);
  });

  it('is named by its key, a part by its own', () => {
    const twice = { ...sound, planned: 1, parts: [part('a', 1), part('a', 1)] };
    expect(checkManifest(twice, KEY).map(({ key }) => key)).toEqual([KEY, part('a', 1).key]);
  });
});

describe('outcomes and audit', () => {
  const cases: [string, Record<string, number>, string[]][] = [
    ['agree', { stored: 2, missing: 1 }, []],
    ['differ in a number', { stored: 1, missing: 1 }, ['2 stored, the audit has 1']],
    ['differ where the audit has none', { stored: 2 }, ['1 missing, the audit has 0']],
    ['differ where the manifest has none', { stored: 2, missing: 1, failed: 1 }, ['0 failed, the audit has 1']],
    ['differ in a name', { stored: 2, missing: 1, lost: 4 }, ['0 lost, the audit has 4']],
  ];
  it.each(cases)('%s', (_, audited, expected) => {
    const problems = checkOutcomes(sound.counts, new Map(Object.entries(audited)), KEY);
    expect(problems.map(({ detail }) => detail)).toEqual(expected);
    expect(problems.every(({ code, key }) => code === 'counts' && key === KEY)).toBe(true);
  });
});
