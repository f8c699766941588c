import { describe, expect, it } from 'vitest';
import { PipelineError, type PipelineErrorName } from '../../../../../lambdas/shared/contracts/errors.ts';
import { asksToWait, putOff, unlessPutOff } from '../../../../../lambdas/shared/vendor/put-off.ts';

const T0 = Date.parse('2026-11-22T10:00:00.000Z');
const failure = (name: PipelineErrorName, retryAfterSeconds?: number) =>
  new PipelineError(name, 'no', retryAfterSeconds === undefined ? {} : { retryAfterSeconds });

describe('asksToWait', () => {
  it.each([
    ['VendorThrottled', 30, true],
    ['VendorThrottled', undefined, true],
    ['VendorUnavailable', 30, true],
    ['VendorUnavailable', undefined, false],
    ['VendorAuthFailed', 30, false],
    ['DataLakeUnavailable', undefined, false],
  ] as const)('%s, %s s: %s', (name, seconds, expected) => {
    expect(asksToWait(failure(name, seconds))).toBe(expected);
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
    expect(putOff(error, since, T0, 7_200)).toEqual({ again: true, waitSeconds, deadlineAt });
  });

  it.each([
    ['past the deadline', failure('VendorThrottled', 30), { deadlineAt: at(0) }],
    ['without a time', failure('VendorThrottled'), undefined],
    ['for an outage', failure('VendorUnavailable'), undefined],
    ['for an error that waiting does not mend', failure('VendorRejected', 30), undefined],
    ['for anything else', new Error('x'), undefined],
  ])('not %s', async (_name, error, since) => {
    expect(putOff(error, since, T0, 7_200)).toBeUndefined();
    await expect(unlessPutOff(() => Promise.reject(error), since, 7_200)).rejects.toBe(error);
  });
});
