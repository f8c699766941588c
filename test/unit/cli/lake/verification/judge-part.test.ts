import { describe, expect, it } from 'vitest';
import { judgePart, type PartVerdict, type RunState } from '../../../../../cli/lake/verification/judge-part.ts';
import { keys } from '../../../../../lambdas/shared/storage/layout.ts';

const NOW = Date.parse('2026-11-25T00:00:00Z');
const HOUR = 3_600_000;
const key = keys.transcripts('voice', '2026-11-21', 'daily-7', 3);

describe('a part below transcripts/', () => {
  const cases: [string, PartVerdict, { listed?: boolean; state: RunState; ageHours: number; key?: string }][] = [
    ['is listed, whatever else is known', 'listed', { listed: true, state: 'unreadable', ageHours: 1 }],
    ['of a run that was read whole and does not list it', 'orphan', { state: 'recorded', ageHours: 25 }],
    ['of a run that has left nothing', 'orphan', { state: 'unknown', ageHours: 25 }],
    ['of a run whose manifest cannot be read', 'kept', { state: 'unreadable', ageHours: 10_000 }],
    ['of a run that is not recorded', 'kept', { state: 'unrecorded', ageHours: 10_000 }],
    ['of an open run', 'kept', { state: 'open', ageHours: 10_000 }],
    ['written within the last day', 'young', { state: 'recorded', ageHours: 23 }],
    ['of the future, by a clock that is off', 'young', { state: 'unknown', ageHours: -5 }],
    ['that nobody dates', 'young', { state: 'unknown', ageHours: NOW / HOUR }],
    ['under a name of somebody else', 'foreign', { state: 'unknown', ageHours: 25, key: 'transcripts/notes.txt' }],
    ['of a newer form', 'foreign', { state: 'unknown', ageHours: 25, key: key.replace('v=1', 'v=2') }],
  ];
  it.each(cases)('%s: %s', (_, verdict, { listed = false, state, ageHours, key: other = key }) => {
    const facts = { key: other, modifiedMs: NOW - ageHours * HOUR };
    expect(judgePart(facts, listed, () => state, NOW)).toBe(verdict);
  });
});
