import { describe, expect, it } from 'vitest';
import { outcomeCounts } from '../../../../lambdas/shared/storage/records.ts';
import { noveltyOf } from '../../../../lambdas/store-transcripts/known-versions.ts';
import type { Objects } from '../../../year/memory-store.ts';
import { type Answer, callOf, drive, lakeOf, segment, sourceOf, VERSION } from './passes-world.ts';

const OLDER = '2026-11-22T07:59:59.9Z';
const NEWER = '2026-11-22T08:00:00.001Z';

describe('what a fetched transcript is to the lake', () => {
  const held = { version: VERSION, isAnonymised: false };
  it.each([
    ['nothing is held', { version: VERSION }, undefined, { isNew: true }],
    ['an older one is held', { version: NEWER }, held, { isNew: true, supersedes: VERSION }],
    ['the same is held', { version: VERSION }, held, { isNew: false }],
    ['the same is held, written in another way', { version: '2026-11-22T08:00:00Z' }, held, { isNew: false }],
    ['a newer one is held', { version: OLDER }, held, { isNew: false }],
    [
      'its names were taken out',
      { version: VERSION, isAnonymised: true },
      held,
      { isNew: true, supersedes: VERSION, replacesNames: true },
    ],
    [
      'its names were taken out of a newer one',
      { version: NEWER, isAnonymised: true },
      held,
      { isNew: true, supersedes: VERSION, replacesNames: true },
    ],
    [
      'a newer one without names takes the place of one without',
      { version: NEWER, isAnonymised: true },
      { ...held, isAnonymised: true },
      { isNew: true, supersedes: VERSION },
    ],
    [
      'its names were taken out before',
      { version: VERSION, isAnonymised: true },
      { ...held, isAnonymised: true },
      { isNew: false },
    ],
    ['what is held has no version', { version: VERSION }, { isAnonymised: false }, { isNew: true }],
  ])('where %s', (_name, fetched, inLake, novelty) => {
    expect(noveltyOf(fetched, inLake)).toEqual(novelty);
  });
});

const answerIn = (version: string, isAnonymised = false): Answer => ({
  give: (wanted) => wanted.map(({ interactionId }) => segment(interactionId, { version, isAnonymised })),
});
const DAYS = { first: '2026-11-20', last: '2026-11-21' };
const BATCH = { batch: 0, interactionIds: ['seg-0', 'seg-1'] };

describe('a batch that is fetched again', () => {
  it.each([
    ['newer', NEWER, { stored: 2 }, 2],
    ['the same', VERSION, { unchanged: 2 }, 0],
    ['older', OLDER, { unchanged: 2 }, 0],
  ])('in a version that is %s than the plan says', async (_name, version, counts, superseded) => {
    const objects: Objects = new Map();
    const batch = { ...BATCH, days: DAYS, refetch: true as const, versions: { 'seg-0': VERSION, 'seg-1': VERSION } };
    const { receipt } = await drive({ objects }, callOf(batch, sourceOf([answerIn(version)]).source));
    expect(receipt).toMatchObject({ counts: outcomeCounts(counts), superseded });
    const { rows, audit } = lakeOf(objects);
    expect(rows.map(({ supersedes }) => supersedes)).toEqual(Array.from({ length: superseded }, () => VERSION));
    expect(audit.map(({ outcome }) => outcome)).toEqual(receipt.interactionIds.map(() => Object.keys(counts)[0]));
  });

  it('is found by the day of its transcripts, where the plan knew none', async () => {
    const objects: Objects = new Map();
    const call = (run: string, version: string, isAnonymised?: boolean) => {
      const { input, ...rest } = callOf(BATCH, sourceOf([answerIn(version, isAnonymised)]).source);
      return drive({ objects }, { ...rest, input: { ...input, runId: run } });
    };
    expect((await call('first', VERSION)).receipt.counts.stored).toBe(2);
    expect((await call('second', VERSION)).receipt.counts.unchanged).toBe(2);
    const { receipt: third } = await call('third', NEWER);
    expect(third.superseded).toBe(2);
    expect(third).not.toHaveProperty('replaced');
    expect((await call('fourth', VERSION)).receipt.counts.unchanged).toBe(2);
    expect((await call('fifth', NEWER, true)).receipt).toMatchObject({
      superseded: 2,
      anonymised: ['seg-0', 'seg-1'],
      replaced: { 'seg-0': '2026-11-21', 'seg-1': '2026-11-21' },
    });
    expect((await call('sixth', NEWER, true)).receipt.counts.unchanged).toBe(2);
  });
});
