import { describe, expect, it } from 'vitest';
import { recheckWindow, scheduleWindow } from '../../../../../lambdas/plan-extraction/select/schedule-window.ts';

const at = (time: string) => Date.parse(`2026-${time}:00Z`);
const HOUR = 3_600_000;
const settings = { lookBackMs: 72 * HOUR, settleMs: HOUR, startMs: at('01-01T00:00') };

function span(scheduled: string, now: string, watermark?: string, change: Partial<typeof settings> = {}) {
  const window = scheduleWindow(at(scheduled), at(now), watermark ? at(watermark) : undefined, {
    ...settings,
    ...change,
  });
  return window && `${new Date(window.fromMs).toISOString()} ${new Date(window.toMs).toISOString()}`;
}

describe('scheduleWindow', () => {
  it.each<[string, string | undefined, string | undefined]>([
    [
      'begins where it is configured to',
      span('11-22T03:00', '11-22T03:00'),
      '2026-01-01T00:00:00.000Z 2026-11-22T02:00:00.000Z',
    ],
    [
      'goes from a look-back before the watermark to a settle delay before its time',
      span('11-22T03:00', '11-22T03:05', '11-21T02:00'),
      '2026-11-18T02:00:00.000Z 2026-11-22T02:00:00.000Z',
    ],
    [
      'catches up on missed days',
      span('11-22T03:00', '11-22T03:00', '11-10T02:00'),
      '2026-11-07T02:00:00.000Z 2026-11-22T02:00:00.000Z',
    ],
    [
      'never looks back past the configured start',
      span('01-02T03:00', '01-02T03:00', '01-01T02:00'),
      '2026-01-01T00:00:00.000Z 2026-01-02T02:00:00.000Z',
    ],
    [
      'ends at the present when the schedule names a time to come',
      span('12-24T03:00', '11-22T03:00', '11-21T02:00'),
      '2026-11-18T02:00:00.000Z 2026-11-22T02:00:00.000Z',
    ],
    ['has nothing to do for a time it has passed', span('11-20T03:00', '11-22T03:00', '11-21T02:00'), undefined],
    ['has nothing to do for the same time again', span('11-22T03:00', '11-22T09:00', '11-22T02:00'), undefined],
    ['has nothing to do when the clock went back', span('11-22T03:00', '11-20T03:00', '11-21T02:00'), undefined],
    ['has nothing to do before its start', span('01-01T00:30', '01-01T00:30'), undefined],
  ])('%s', (_, actual, expected) => {
    expect(actual).toBe(expected);
  });

  it('looks back from its end when no start is configured', () => {
    const window = scheduleWindow(at('11-22T03:00'), at('11-22T03:00'), undefined, { ...settings, startMs: undefined });
    expect(window).toEqual({ fromMs: at('11-19T02:00'), sinceMs: at('11-19T02:00'), toMs: at('11-22T02:00') });
  });

  it('is not bent by daylight saving: days are 24 hours of UTC', () => {
    // 25 October 2026 has 25 hours in most of Europe, 8 March 2026 has 23 in most of the USA.
    for (const [today, before] of [
      ['10-26T01:00', '10-25T00:00'],
      ['03-09T07:00', '03-08T06:00'],
    ] as const) {
      const window = scheduleWindow(at(today), at(today), at(before), { ...settings, lookBackMs: 0 });
      expect(window).toEqual({ fromMs: at(before), sinceMs: at(before), toMs: at(today) - HOUR });
    }
  });

  it.each([
    ['the watermark', settings, '11-21T02:00', '11-21T02:00'],
    [
      'a start that was set behind the watermark',
      { ...settings, startMs: at('11-21T12:00') },
      '11-21T02:00',
      '11-21T12:00',
    ],
  ])('what is new begins at %s', (_, given, watermark, since) => {
    const window = scheduleWindow(at('11-22T03:00'), at('11-22T03:00'), at(watermark), given);
    expect(window?.sinceMs).toBe(at(since));
  });
});

describe('recheckWindow', () => {
  it.each([
    ['never', 0, undefined, undefined],
    ['what was new so long before', 20, undefined, { fromMs: 80, toMs: 100 }],
    ['no earlier than the schedule begins', 20, 90, { fromMs: 90, toMs: 100 }],
    ['nothing before the schedule begins', 20, 100, undefined],
  ])('%s', (_, afterMs, startMs, window) => {
    expect(recheckWindow({ sinceMs: 100, toMs: 120 }, afterMs, startMs)).toEqual(window);
  });
});
