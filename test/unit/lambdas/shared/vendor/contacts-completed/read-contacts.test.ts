import { describe, expect, it } from 'vitest';
import { readContacts } from '../../../../../../lambdas/shared/vendor/contacts-completed/read-contacts.ts';

const START = '2026-11-21T10:00:00Z';
const START_MS = Date.parse(START);
const page = (...rows: unknown[]) => JSON.stringify({ completedContacts: rows });
const only = (row: unknown) => readContacts(page(row)).rows[0];

describe('a row of completed contacts', () => {
  it.each([
    ['as it is today', { contactId: 4711, contactStartDate: START, mediaTypeId: 4, isAnalyticsProcessed: true }],
    ['by earlier names', { contactId: 4711, contactStart: START, mediaType: 4, isAnalyticsProcessed: true }],
    [
      'with text for numbers',
      { contactId: '4711', contactStartDate: START, mediaTypeId: '4', isAnalyticsProcessed: 'True' },
    ],
  ])('%s', (_name, row) => {
    expect(only(row)).toEqual({
      contactId: '4711',
      startMs: START_MS,
      mediaType: 'voice',
      isProcessed: true,
      processedMs: undefined,
    });
  });

  it.each([
    [1, 'email'],
    [3, 'chat'],
    [5, 'voice'],
    [6, 'other'],
    [7, 'sms'],
    [8, 'social'],
    [9, 'digital'],
    [77, 'other'],
    [undefined, 'other'],
  ])('medium %s is %s', (mediaTypeId, medium) => {
    expect(only({ contactId: 1, mediaTypeId })?.mediaType).toBe(medium);
  });

  it.each([
    [{ isAnalyticsProcessed: false, analyticsProcessedDate: START }, false, START_MS],
    [{ analyticsProcessedDate: START }, true, START_MS],
    [{ isAnalyticsProcessed: 1, lastUpdateTime: START }, true, START_MS],
    [{}, false, undefined],
  ])('%j', (said, isProcessed, processedMs) => {
    expect(only({ contactId: 1, ...said })).toMatchObject({ isProcessed, processedMs });
  });

  it('without an id costs itself only, and counts for where the next page begins', () => {
    const { rows, length } = readContacts(page({ contactId: 1 }, { contactId: 2 ** 60 }, null, { contactId: 'a b' }));
    expect([rows.map(({ contactId }) => contactId), length]).toEqual([['1'], 4]);
  });
});

it.each(['', 'no JSON', '[]', '{"contacts":[]}'])('no list is no answer: %j', (body) => {
  expect(() => readContacts(body)).toThrow(expect.objectContaining({ name: 'ContractViolation' }));
});

it('null is an empty list', () => {
  expect(readContacts('{"completedContacts":null}')).toEqual({ rows: [], length: 0 });
});
