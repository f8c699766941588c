import { describe, expect, it } from 'vitest';
import type { CompletedContact } from '../../../../../lambdas/shared/contracts/completed-contact.ts';
import { MEDIA_TYPES, type MediaType } from '../../../../../lambdas/shared/contracts/job-options.ts';
import {
  type ContactScope,
  ContactTally,
  isAskedFor,
  type Standing,
} from '../../../../../lambdas/shared/runs/contact-tally.ts';

const HOUR = 3_600_000;
const DAY_MS = Date.parse('2026-11-21T00:00:00Z');
const SCOPE = { mediaTypes: MEDIA_TYPES, sinceMs: DAY_MS, untilMs: DAY_MS + 48 * HOUR };
const contact = (contactId: string, change: Partial<CompletedContact> = {}): CompletedContact => ({
  contactId,
  startMs: DAY_MS + HOUR,
  mediaType: 'voice',
  isProcessed: true,
  processedMs: DAY_MS + 2 * HOUR,
  ...change,
});

function tallyOf(contacts: readonly CompletedContact[], scope: ContactScope = SCOPE): ContactTally {
  const tally = new ContactTally(scope);
  for (const one of contacts) tally.add(one);
  return tally;
}

describe('a contact', () => {
  it.each<[string, Standing[], Standing]>([
    ['of which nothing is known is missing', [], 'missing'],
    ['with a stored transcript is stored, whatever else it has', ['empty', 'stored', 'pending'], 'stored'],
    ['whose transcripts are all empty or 404 is empty', ['empty', 'empty'], 'empty'],
    ['of which one is still to come is pending', ['empty', 'pending'], 'pending'],
  ])('%s', (_name, notes, standing) => {
    const tally = tallyOf([contact('1')]);
    for (const note of notes) expect(tally.note('1', note)).toBe(true);
    expect(tally.counts()).toEqual({
      ...{ expected: 1, stored: 0, empty: 0, pending: 0, missing: 0, notProcessed: 0 },
      [standing]: 1,
    });
    expect(tally.gaps()).toHaveLength(standing === 'missing' ? 1 : 0);
  });

  it.each<[string, Partial<CompletedContact>, { expected: number; notProcessed: number }]>([
    ['that is analysed', {}, { expected: 1, notProcessed: 0 }],
    ['that is not', { isProcessed: false }, { expected: 0, notProcessed: 1 }],
    ['analysed since the search ended', { processedMs: SCOPE.untilMs }, { expected: 0, notProcessed: 1 }],
    ['analysed when the search begins', { processedMs: SCOPE.sinceMs }, { expected: 1, notProcessed: 0 }],
    ['analysed before anything was searched', { processedMs: SCOPE.sinceMs - 1 }, { expected: 0, notProcessed: 0 }],
  ])('%s', (_name, change, counts) => {
    expect(tallyOf([contact('1', change)]).counts()).toMatchObject(counts);
  });

  it('counts once, and not where another is meant', () => {
    const tally = tallyOf([contact('1'), contact('1')]);
    expect(tally.note('2', 'stored')).toBe(false);
    expect(tally.counts()).toMatchObject({ expected: 1, missing: 1 });
  });

  it('that was erased on request is not missed', () => {
    const tally = tallyOf([contact('1'), contact('2')]);
    tally.leaveOut((id) => id === '1');
    expect(tally.counts()).toMatchObject({ expected: 1, missing: 1 });
    expect(tally.gaps().map(({ contactId }) => contactId)).toEqual(['2']);
  });
});

it('contacts are counted by the day of their start and their medium', () => {
  const tally = tallyOf([
    contact('3', { startMs: DAY_MS + 24 * HOUR }),
    contact('2', { mediaType: 'chat' }),
    contact('1'),
    contact('4', { isProcessed: false, startMs: DAY_MS - 1 }),
  ]);
  tally.note('2', 'stored');
  const none = { expected: 0, stored: 0, empty: 0, pending: 0, missing: 0, notProcessed: 0 };
  expect(tally.days()).toEqual([
    { day: '2026-11-20', mediaType: 'voice', ...none, notProcessed: 1 },
    { day: '2026-11-21', mediaType: 'chat', ...none, expected: 1, stored: 1 },
    { day: '2026-11-21', mediaType: 'voice', ...none, expected: 1, missing: 1 },
    { day: '2026-11-22', mediaType: 'voice', ...none, expected: 1, missing: 1 },
  ]);
  expect(tally.gaps().map(({ contactId }) => contactId)).toEqual(['1', '3']);
});

describe('a medium of the ledger', () => {
  it.each<[MediaType, MediaType[], boolean]>([
    ['voice', ['voice', 'chat'], true],
    ['email', ['voice', 'chat'], false],
    ['digital', ['digital'], true],
    ['sms', ['sms'], false],
    ['sms', ['sms', 'digital'], true],
    ['social', ['digital'], false],
    ['other', [...MEDIA_TYPES], true],
  ])('%s is looked for among %j: %s', (medium, mediaTypes, isExpected) => {
    expect(isAskedFor(medium, mediaTypes)).toBe(isExpected);
    const tally = tallyOf([contact('1', { mediaType: medium })], { ...SCOPE, mediaTypes });
    expect(tally.counts().expected).toBe(isExpected ? 1 : 0);
  });
});
