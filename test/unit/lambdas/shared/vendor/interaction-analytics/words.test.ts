import { describe, expect, it } from 'vitest';
import { mediumOf } from '../../../../../../lambdas/shared/vendor/interaction-analytics/media.ts';
import { parseTime } from '../../../../../../lambdas/shared/vendor/times.ts';

describe('mediumOf', () => {
  it.each([
    ['PhoneCall', 'voice'],
    ['PHONE_CALL', 'voice'],
    ['Voice', 'voice'],
    ['CHAT', 'chat'],
    ['E-Mail', 'email'],
    ['Sms', 'sms'],
    ['Social', 'social'],
    ['Digital', 'digital'],
    ['Hologram', 'other'],
    ['constructor', 'other'],
    [' ', undefined],
    [7, undefined],
    [null, undefined],
  ])('%s: %s', (said, medium) => expect(mediumOf(said)).toBe(medium));
});

describe('parseTime', () => {
  it.each([
    ['2026-11-21T10:00:00Z', '2026-11-21T10:00:00.000Z'],
    ['2026-11-21T10:00:00.123456Z', '2026-11-21T10:00:00.123Z'],
    ['2026-11-21T10:00:00+01:00', '2026-11-21T09:00:00.000Z'],
    ['2026-11-21T10:00:00+0100', '2026-11-21T09:00:00.000Z'],
    ['2026-11-21T10:00:00', '2026-11-21T10:00:00.000Z'],
    ['2026-11-21 10:00', '2026-11-21T10:00:00.000Z'],
    [1_795_251_600, '2026-11-21T09:00:00.000Z'],
    [1_795_251_600_123, '2026-11-21T09:00:00.123Z'],
    ['1795251600123', '2026-11-21T09:00:00.123Z'],
    [1_795_251_600.5, '2026-11-21T09:00:00.500Z'],
  ])('%s: %s', (said, iso) => expect(new Date(parseTime(said) ?? 0).toISOString()).toBe(iso));

  it.each([
    '9999-12-31T00:00:00Z',
    '1970-01-01T00:00:00Z',
    '2026-11-21',
    'soon',
    '',
    12,
    Number.NaN,
    null,
    {},
    '2026-13-40T00:00:00Z',
  ])('%s is none', (said) => expect(parseTime(said)).toBeUndefined());
});
