import { expect, describe as group, it } from 'vitest';
import { describe } from '../../../../lambdas/reconcile-contacts/describe.ts';
import { standingOf } from '../../../../lambdas/reconcile-contacts/note-runs.ts';
import { rememberGaps } from '../../../../lambdas/reconcile-contacts/remember-gaps.ts';
import { contactSpan } from '../../../../lambdas/reconcile-contacts/span.ts';
import { PipelineError } from '../../../../lambdas/shared/contracts/errors.ts';

const DAY = 86_400_000;
const SPAN = { fromMs: 10 * DAY, toMs: 24 * DAY, sinceMs: 0 };
const gap = (contactId: string) => ({
  contactId,
  day: '1970-01-20',
  mediaType: 'voice' as const,
  processedMs: 20 * DAY,
});
const asked = (contactId: string, tries: number) => ({
  ...{ contactId, day: '1970-01-20', mediaType: 'voice' as const, tries },
  processedAt: new Date(20 * DAY).toISOString(),
});

it.each([
  ['a daily run', 99, 100, 10, { fromMs: 86 * DAY, sinceMs: 10 * DAY }],
  ['a first run', 98, 100, undefined, { fromMs: 86 * DAY, sinceMs: 98 * DAY }],
  ['a run after a long pause', 80, 100, 10, { fromMs: 80 * DAY, sinceMs: 10 * DAY }],
  ['a run further back than is listed', 10, 100, 10, { fromMs: 71 * DAY, sinceMs: 10 * DAY }],
  ['a run that begins before the schedule is known to', 9, 100, 10, { fromMs: 71 * DAY, sinceMs: 9 * DAY }],
])('%s is held against', (_name, from, to, since, span) => {
  const found = contactSpan(from * DAY, to * DAY + 1_234, since === undefined ? undefined : since * DAY);
  expect(found).toEqual({ ...span, toMs: to * DAY + 1_000 });
});

group('gaps', () => {
  it('are remembered with how often they were asked for', () => {
    expect(rememberGaps([gap('1'), gap('2')], [asked('1', 2), asked('3', 0)])).toEqual([asked('2', 0), asked('1', 3)]);
  });

  it('stay where nothing could be compared', () => {
    expect(rememberGaps(undefined, [asked('1', 2)])).toEqual([asked('1', 3)]);
  });
});

it.each([
  [{ outcome: 'notReady' }, 'empty'],
  [{ outcome: 'notReady', error: 'TakenByOtherRun' }, 'pending'],
  [{ outcome: 'failed' }, 'pending'],
  [{ outcome: 'quarantined' }, 'pending'],
  [{ outcome: 'missing' }, 'empty'],
  [{ outcome: 'duplicate' }, 'stored'],
] as const)('%j of a run is %s', (line, standing) => {
  expect(standingOf(line)).toBe(standing);
});

group('a record', () => {
  const none = { expected: 0, stored: 0, empty: 0, pending: 0, missing: 0, notProcessed: 0 };
  const compared = {
    isComparable: true,
    reached: { from: '1970-01-15', to: '1970-01-24' },
    leftOut: undefined,
    counts: { ...none, expected: 1, missing: 1 },
    days: [],
    gaps: [gap('1')],
  };

  it.each([
    [new PipelineError('VendorAuthFailed', 'No.', { status: 403 }), 'notPermitted'],
    [new PipelineError('VendorAuthFailed', 'No.', { status: 401 }), 'unavailable'],
    [new PipelineError('VendorUnavailable', 'No.'), 'unavailable'],
  ])('of %s says so, and keeps the gaps', (error, status) => {
    expect(describe(error, SPAN, [asked('9', 0)])).toMatchObject({
      ...{ status, note: 'No.', from: '1970-01-11', to: '1970-01-24', missing: [] },
      gaps: [asked('9', 1)],
    });
  });

  it('of a comparison has its counts', () => {
    const { note, ...record } = describe(compared, SPAN, []);
    expect(record).toMatchObject({ status: 'compared', from: '1970-01-15', expected: 1, missing: ['1'] });
    expect(note).toBeUndefined();
  });

  it.each([
    ['tooOld', /lists no contacts of the days before/],
    ['tooMany', /no time, or no room/],
  ] as const)('says which days are left out: %s', (leftOut, words) => {
    expect(describe({ ...compared, leftOut }, SPAN, []).note).toMatch(words);
  });

  it('says that nothing can be compared, or was', () => {
    expect(describe({ ...compared, isComparable: false }, SPAN, []).status).toBe('notComparable');
    expect(describe({ ...compared, reached: undefined }, SPAN, []).status).toBe('unavailable');
  });
});
