import { describe, expect, it } from 'vitest';
import { endOfCall, noteStall } from '../../../../../lambdas/plan-extraction/search/go-on-later.ts';
import { PipelineError } from '../../../../../lambdas/shared/contracts/errors.ts';

const T0 = Date.parse('2026-11-22T10:00:00.000Z');
const HOUR_MS = 3_600_000;
const BEGAN = new Date(T0).toISOString();

describe('endOfCall', () => {
  it.each([
    ['the first call that gets nowhere', undefined, false, undefined, 0, 10, BEGAN],
    ['a minute of them', undefined, false, BEGAN, 60, 60, BEGAN],
    ['an hour of them', undefined, false, BEGAN, 3_600, 300, BEGAN],
    ['the last moment of patience', undefined, false, BEGAN, 7_199, 300, BEGAN],
    ['no patience left', undefined, false, BEGAN, 7_200, undefined, BEGAN],
    ['a call that has got on', undefined, true, undefined, 0, 30, undefined],
    ['a call that has got on after an outage', undefined, true, BEGAN, 9_000, 30, undefined],
    ['a vendor that says when', 90, false, undefined, 0, 90, undefined],
    ['a vendor that says when, after an outage', 90, false, BEGAN, 9_000, 90, undefined],
  ])('%s', (_, retryAfterSeconds, hasGotOn, stalledSince, secondsLater, waitSeconds, noted) => {
    const given = { status: 503, ...(retryAfterSeconds !== undefined && { retryAfterSeconds }) };
    const error = new PipelineError('VendorUnavailable', 'down', given);
    const nowMs = T0 + secondsLater * 1000;
    const end = endOfCall(error, { hasGotOn, stalledSince, nowMs, patienceMs: 2 * HOUR_MS, random: 1 });
    expect(end.error).toMatchObject({ name: 'VendorUnavailable', message: 'down', status: 503 });
    expect(end.error.retryAfterSeconds).toBe(waitSeconds);
    expect(end.stalledSince).toBe(noted);
  });
});

describe('noteStall', () => {
  const planning = { schemaVersion: 1, calls: 2 } as const;

  it.each([
    ['begins', planning, BEGAN, { ...planning, stalledSince: BEGAN }],
    ['goes on', { ...planning, stalledSince: BEGAN }, BEGAN, { ...planning, stalledSince: BEGAN }],
    ['ends', { ...planning, stalledSince: BEGAN }, undefined, planning],
  ])('%s', (_, before, stalledSince, after) => {
    expect(noteStall(before, stalledSince)).toEqual(after);
  });
});
