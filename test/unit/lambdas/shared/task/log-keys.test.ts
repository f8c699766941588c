import { describe, expect, it } from 'vitest';
import { type LogKeys, logKeys } from '../../../../../lambdas/shared/task/log-keys.ts';

const NONE: LogKeys = { runId: undefined, batch: undefined, jobId: undefined, delivery: undefined };
const startedAt = '2026-11-21T03:00:00.000Z';

describe('logKeys', () => {
  it.each<[string, unknown, Partial<LogKeys>]>([
    ['the first states of a run', { runId: 'run-1', input: {} }, { runId: 'run-1' }],
    [
      'a batch that is submitted',
      { runId: 'run-1', batch: { batch: 0, interactionIds: ['a'] } },
      { runId: 'run-1', batch: 0 },
    ],
    [
      'a job that is polled',
      { runId: 'run-1', batch: 7, job: { jobId: 'job-9' } },
      { runId: 'run-1', batch: 7, jobId: 'job-9' },
    ],
    [
      'a delivery that goes on after its run',
      { delivery: { name: 'd-1', startedAt, input: { runId: 'run-1' } }, attempt: 3 },
      { runId: 'run-1', delivery: 'd-1' },
    ],
    [
      'a redelivery',
      { delivery: { name: 'manual-1', startedAt, input: { redeliverRun: 'run-1', only: 'parked' } } },
      { runId: 'run-1', delivery: 'manual-1' },
    ],
    ['an id that is none', { runId: 'John Smith, 555-0100', batch: -1 }, {}],
    ['something else', 'text', {}],
    ['nothing', undefined, {}],
  ])('of %s', (_name, event, expected) => {
    expect(logKeys(event)).toEqual({ ...NONE, ...expected });
  });
});
