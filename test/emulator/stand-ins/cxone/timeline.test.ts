import { describe, expect, it } from 'vitest';
import { createTimeline, type TimelineOptions } from '../../../../emulator/stand-ins/cxone/timeline.ts';

const HOUR_MS = 3_600_000;
const from = '2026-10-01T00:00:00.000Z';
const fromMs = Date.parse(from);
const of = (change: Partial<TimelineOptions>) =>
  createTimeline({ seed: 's', interactions: { count: 200, from, to: '2026-10-02T00:00:00.000Z' }, ...change });

describe.each<[string, Partial<TimelineOptions>]>([
  ['as usual', {}],
  ['much of it late by different times', { lateShare: 0.5, lateBySeconds: [60, 7_200, 90_000] }],
  ['a moment of many', { lateShare: 0.2, sameMoment: { first: 40, count: 90 } }],
  ['a moment at its end', { sameMoment: { first: 190, count: 90 } }],
])('a timeline: %s', (_name, options) => {
  const timeline = of(options);
  const all = Array.from({ length: 200 }, (_, slot) => timeline.entry(slot));

  it.each([0, 3, 9, 10.01, 23, 30])('shows from hour %d on what comes in three hours, in order', (hour) => {
    const span = [fromMs + hour * HOUR_MS, fromMs + (hour + 3) * HOUR_MS] as const;
    const expected = all
      .filter(({ availableMs }) => availableMs >= span[0] && availableMs < span[1])
      .sort((a, b) => a.availableMs - b.availableMs || a.slot - b.slot);
    expect([...timeline.byAvailability(...span)]).toEqual(expected);
    expect([...timeline.byAvailability(...span, 'desc')]).toEqual(expected.toReversed());
  });

  it('begins again at any of its times with everything of that time', () => {
    for (const { availableMs } of all) {
      const expected = all.filter((entry) => entry.availableMs === availableMs).map(({ slot }) => slot);
      const found = [...timeline.byAvailability(availableMs, availableMs + 1)].map(({ slot }) => slot);
      expect(found).toEqual(expected);
    }
  });

  it('knows its ids again', () => {
    for (const { slot, interactionId } of all) expect(timeline.slotOf(interactionId)).toBe(slot);
    expect(timeline.slotOf('int-000000000-ffffff')).toBeUndefined();
    expect(timeline.slotOf('other')).toBeUndefined();
  });
});
