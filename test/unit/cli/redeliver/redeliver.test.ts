import { describe, expect, it } from 'vitest';
import { renderOutcome, renderSurvey } from '../../../../cli/commands/redeliver.ts';
import { describeFailure } from '../../../../cli/redeliver/describe-failure.ts';

const outcome = (change = {}) =>
  renderOutcome('daily', 600, { status: 'SUCCEEDED', sent: 0, delivered: 600, parked: 0, pending: 0, ...change });

describe('a redelivery', () => {
  it.each([
    ['of nothing', {}, 'daily: 0 sent now; 600 of 600 delivered in all\n'],
    ['of some', { sent: 300 }, 'daily: 300 sent now; 600 of 600 delivered in all\n'],
    [
      'to nobody',
      { status: 'ABORTED', delivered: 300, pending: 300, lastFailure: 'refused' },
      'daily: 0 sent now; 300 of 600 delivered in all; 300 still to be sent: the connection is refused\n' +
        'The webhook does not take it now: try again later.\n',
    ],
    [
      'that is refused',
      { sent: 1, delivered: 599, parked: 1, lastFailure: 413 },
      'daily: 1 sent now; 599 of 600 delivered in all; 1 parked: it answers 413; runs/daily/parked.jsonl lists them\n',
    ],
  ])('%s says what was sent now, and what is delivered in all', (_name, change, expected) => {
    expect(outcome(change)).toBe(expected);
  });

  it('that is not made says what it would send', () => {
    const survey = { transcripts: 1, events: 2, delivered: 599, rows: 600, parked: 0 };
    expect(renderSurvey(survey)).toBe('1 transcript and 2 other events would be sent; 599 of 600 delivered in all\n');
  });
});

describe('a cause', () => {
  it.each([
    [503, 'it answers 503'],
    ['timeout', 'it does not answer in time'],
    ['tls:CERT_HAS_EXPIRED', 'no answer (tls:CERT_HAS_EXPIRED)'],
  ])('%s is put in words', (last, words) => expect(describeFailure(last)).toBe(words));
});
