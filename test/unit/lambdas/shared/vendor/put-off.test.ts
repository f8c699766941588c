import { describe, expect, it } from 'vitest';
import { PipelineError, type PipelineErrorName } from '../../../../../lambdas/shared/contracts/errors.ts';
import { asksToWait, isOutage, namesTime, putOff, unlessPutOff } from '../../../../../lambdas/shared/vendor/put-off.ts';

const T0 = Date.parse('2026-11-22T10:00:00.000Z');
const failure = (name: PipelineErrorName, retryAfterSeconds?: number, status?: number) =>
  new PipelineError(name, 'no', {
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
    ...(status !== undefined && { status }),
  });

describe('asksToWait', () => {
  it.each([
    // Whether the vendor asked for it, whether it says when, and whether another time may help at all.
    ['VendorThrottled', 30, 429, [true, true, true]],
    ['VendorThrottled', undefined, 429, [true, false, true]],
    ['VendorUnavailable', 30, 503, [true, true, true]],
    ['VendorUnavailable', undefined, 503, [true, false, true]],
    ['VendorUnavailable', undefined, undefined, [false, false, true]],
    ['VendorAuthFailed', 30, 401, [false, false, false]],
    ['DataLakeUnavailable', undefined, 503, [false, false, false]],
  ] as const)('%s, %s s, status %s: %s', (name, seconds, status, expected) => {
    const error = failure(name, seconds, status);
    expect([asksToWait(error), namesTime(error), isOutage(error)]).toEqual(expected);
  });
});

describe('putOff', () => {
  const at = (secondsLater: number) => new Date(T0 + secondsLater * 1000).toISOString();

  it.each([
    ['the first time', failure('VendorUnavailable', 300), undefined, 300, at(7_200)],
    ['again: the first deadline holds', failure('VendorThrottled', 300), at(4_000), 300, at(4_000)],
    ['close to the deadline', failure('VendorThrottled', 900), at(40), 40, at(40)],
  ])('%s', (_name, error, deadline, waitSeconds, deadlineAt) => {
    const since = deadline === undefined ? undefined : { deadlineAt: deadline };
    expect(putOff(error, since, T0, 7_200, 1)).toEqual({ again: true, waitSeconds, deadlineAt });
  });

  it.each([
    ['an outage begins', 0, 1, 10],
    ['it has lasted for a minute', 60, 1, 60],
    ['batches come back apart', 60, 0, 30],
    ['it has lasted for an hour', 3_600, 1, 300],
    ['patience is nearly over', 7_190, 1, 10],
  ])('without a time: %s', (_name, outSeconds, random, waitSeconds) => {
    const since = { deadlineAt: at(7_200 - outSeconds) };
    for (const error of [failure('VendorUnavailable', undefined, 500), failure('VendorThrottled', undefined, 429)]) {
      expect(putOff(error, since, T0, 7_200, random)).toEqual({ again: true, waitSeconds, ...since });
    }
  });

  it('outlasts an outage with few calls', () => {
    let calls = 0;
    let since: { deadlineAt: string; waitSeconds: number } | undefined;
    for (let nowMs = T0; nowMs < T0 + 7_000_000; nowMs += (since?.waitSeconds ?? 0) * 1000) {
      since = putOff(failure('VendorUnavailable', undefined, 503), since, nowMs, 7_200, 0.5);
      calls += 1;
    }
    expect(calls).toBeGreaterThan(20);
    expect(calls).toBeLessThan(50);
  });

  it.each([
    ['past the deadline', failure('VendorThrottled', 30), { deadlineAt: at(0) }],
    ['without an answer', failure('VendorUnavailable'), undefined],
    ['for an error that waiting does not mend', failure('VendorRejected', 30), undefined],
    ['for anything else', new Error('x'), undefined],
  ])('not %s', async (_name, error, since) => {
    expect(putOff(error, since, T0, 7_200, 1)).toBeUndefined();
    await expect(unlessPutOff(() => Promise.reject(error), since, 7_200)).rejects.toBe(error);
  });
});
