import { describe, expect, it } from 'vitest';
import { giveUp, mergeBacklog } from '../../../../../lambdas/shared/runs/merge-backlog.ts';
import type { UnfinishedLine } from '../../../../../lambdas/shared/runs/run-records.ts';

const line = (interactionId: string, attempts = 1, givenUpAt?: string): UnfinishedLine => ({
  interactionId,
  outcome: 'notReady',
  attempts,
  ...(givenUpAt && { givenUpAt }),
});
const windowFrom = '2026-11-19T00:00:00.000Z';
const merge = (current: UnfinishedLine[], isTakenOver: boolean, unfinished: UnfinishedLine[]) =>
  mergeBacklog({ current, isTakenOver, unfinished, windowFrom });

describe('mergeBacklog', () => {
  it('replaces what the run took over by what it left', () => {
    expect(merge([line('done'), line('again')], true, [line('again', 2), line('new')])).toEqual([
      line('again', 2),
      line('new'),
    ]);
  });

  it('keeps what another run has left in the meantime', () => {
    expect(merge([line('theirs')], false, [line('ours')])).toEqual([line('theirs'), line('ours')]);
  });

  it('keeps the line with more attempts', () => {
    expect(merge([line('both', 3)], false, [line('both', 1)])).toEqual([line('both', 3)]);
  });

  it('keeps what was given up for as long as a search can find it', () => {
    const recent = line('recent', 5, '2026-11-19T00:00:00.000Z');
    const old = line('old', 5, '2026-11-18T23:59:59.000Z');
    expect(merge([recent, old], true, [])).toEqual([recent]);
  });
});

describe('giveUp', () => {
  const limit = { maxAttempts: 3, at: '2026-11-22T00:00:00.000Z' };

  it.each([
    ['tried often enough', 3, false, limit.at],
    ['not yet', 2, false, undefined],
    ['its batch failed, which is not its fault', 9, true, undefined],
  ])('%s', (_, attempts, isBatchFailure, givenUpAt) => {
    expect(giveUp(line('a', attempts), isBatchFailure, limit).givenUpAt).toBe(givenUpAt);
  });
});
