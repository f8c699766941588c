import { afterEach, describe, expect, it } from 'vitest';
import type { Fault } from '../../emulator/stand-ins/cxone/faults.ts';
import { eventFor, freshIds, usePipeline } from './world/pipeline.ts';

const pipeline = usePipeline();

afterEach(() => pipeline.simulator.setFaults([]));

/** Runs a batch of three with faults from the first call on; function processes may hold a token from before. */
async function runWith(faults: Fault[], change: Record<string, unknown> = {}) {
  const ids = freshIds(3);
  pipeline.simulator.setFaults(faults);
  const before = pipeline.simulator.requests.length;
  const result = await pipeline.run(eventFor(ids, change));
  const calls = pipeline.simulator.requests.slice(before);
  return { ids, result, calls, states: pipeline.entered(result), rows: await pipeline.rows(result.name) };
}

const failure = (error: string) => ({ status: 'FAILED', error });

describe('token', () => {
  it.each([
    ['429 with Retry-After', { status: 429, retryAfter: 1 }],
    ['503', { status: 503 }],
    ['a reset connection', { reset: true }],
  ])('%s passes', async (_name, effect) => {
    pipeline.simulator.revokeTokens();
    const { result } = await runWith([{ on: 'token', times: 1, do: effect }]);
    expect(result).toMatchObject({ status: 'SUCCEEDED' });
  });

  it('renews a token that is revoked in mid-run', async () => {
    const { result, calls } = await runWith([{ on: 'poll', times: 1, do: { status: 401 } }]);
    expect(result).toMatchObject({ status: 'SUCCEEDED' });
    expect(calls.filter(({ call }) => call === 'token').length).toBeGreaterThan(0);
    expect(calls.filter(({ call }) => call === 'submit')).toHaveLength(1);
  });

  it('fails for good when a fresh token is refused too', async () => {
    const { result } = await runWith([{ on: 'submit', times: 'always', do: { status: 401 } }]);
    expect(result).toMatchObject(failure('ExtractionIncomplete'));
  });
});

describe('submit', () => {
  it.each([400, 422])('%i is not tried again', async (status) => {
    const { result, calls } = await runWith([{ on: 'submit', times: 'always', do: { status } }]);
    expect(result).toMatchObject(failure('ExtractionIncomplete'));
    expect(calls.filter(({ call }) => call === 'submit')).toHaveLength(1);
  });

  it('waits as long as a 429 asks, in a Wait state', async () => {
    const { result, states, calls } = await runWith([{ on: 'submit', times: 3, do: { status: 429, retryAfter: 40 } }]);
    expect(result).toMatchObject({ status: 'SUCCEEDED' });
    expect(states.filter((state) => state === 'WaitToResubmit')).toHaveLength(3);
    expect(calls.filter(({ call }) => call === 'submit')).toHaveLength(4);
    const waits = result.history.flatMap((event) =>
      event.type === 'StateEntered' && event.state === 'WaitToResubmit'
        ? [(event.input as { job: { waitSeconds: number } }).job.waitSeconds]
        : [],
    );
    expect(waits).toEqual([40, 40, 40]);
  });

  it('is repeated after a 503 and after a time-out that the vendor had accepted', async () => {
    const { result, rows } = await runWith([
      { on: 'submit', times: 1, do: { status: 503 } },
      { on: 'submit', times: 1, do: { afterAccept: true, reset: true } },
    ]);
    expect(result).toMatchObject({ status: 'SUCCEEDED' });
    expect(rows).toHaveLength(3);
  });

  it('refuses an answer without jobId', async () => {
    const { result } = await runWith([{ on: 'submit', times: 'always', do: { jobId: null } }]);
    expect(result).toMatchObject(failure('ExtractionIncomplete'));
  });

  it.each(['.', '..'])('asks nothing about a jobId that leads to another path: %s', async (jobId) => {
    const { result, calls } = await runWith([{ on: 'submit', times: 'always', do: { jobId } }]);
    expect(result).toMatchObject(failure('ExtractionIncomplete'));
    expect(JSON.stringify(result.history)).toContain('ContractViolation');
    expect(calls.map(({ call }) => call)).not.toContain('unknown');
    expect(calls.filter(({ call }) => call === 'poll')).toHaveLength(0);
  });

  it('takes a jobId of odd characters', async () => {
    const { result, rows } = await runWith([{ on: 'submit', times: 1, do: { jobId: 'job/../ä?&#1' } }]);
    expect(result).toMatchObject({ status: 'SUCCEEDED' });
    expect(rows).toHaveLength(3);
  });
});

describe('poll', () => {
  it('lives through a storm of 429', async () => {
    const { result, states } = await runWith([{ on: 'poll', times: 5, do: { status: 429, retryAfter: 30 } }]);
    expect(result).toMatchObject({ status: 'SUCCEEDED' });
    expect(states.filter((state) => state === 'GetJobStatus').length).toBeGreaterThanOrEqual(6);
    const waits = result.history.flatMap((event) =>
      event.type === 'StateEntered' && event.state === 'WaitForJob'
        ? [(event.input as { job: { waitSeconds: number } }).job.waitSeconds]
        : [],
    );
    expect(waits.slice(1, 6)).toEqual([30, 30, 30, 30, 30]);
  });

  it('submits a failed job again, and the second one is stored', async () => {
    const { result, states, rows } = await runWith([
      { on: 'poll', times: 1, do: { jobStatus: 'failed', errors: ['caller 415-555-0132 hung up'] } },
    ]);
    expect(result).toMatchObject({ status: 'SUCCEEDED' });
    expect(states.filter((state) => state === 'SubmitTranscriptJob')).toHaveLength(2);
    expect(rows).toHaveLength(3);
    expect(JSON.stringify(result.history)).not.toContain('0132 hung up');
  });

  it('gives a job up that fails four times', async () => {
    const { result, calls } = await runWith([{ on: 'poll', times: 'always', do: { jobStatus: 'failed' } }]);
    expect(result).toMatchObject(failure('ExtractionIncomplete'));
    expect(calls.filter(({ call }) => call === 'submit')).toHaveLength(4);
    expect(JSON.stringify(result.history)).toContain('TranscriptJobFailed');
  });

  it.each([
    ['progress that goes backwards', { progress: -20 }],
    ['progress that is a word', { progress: 'NaN' }],
    ['a 404 for a moment', { status: 404 }],
    ['a 503', { status: 503 }],
    ['no resultUrl at first', { jobStatus: 'completedWithoutUrl' as const }],
  ])('is not led astray by %s', async (_name, effect) => {
    const { result, rows } = await runWith([{ on: 'poll', times: 1, do: effect }]);
    expect(result).toMatchObject({ status: 'SUCCEEDED' });
    expect(rows).toHaveLength(3);
  });

  it('waits for the resultUrl of a job in the state that downloads it, too', async () => {
    const { result, rows } = await runWith([{ on: 'poll', times: 2, do: { jobStatus: 'completedWithoutUrl' } }]);
    expect(result).toMatchObject({ status: 'SUCCEEDED' });
    expect(rows).toHaveLength(3);
  });

  it.each([
    ['a status that nobody knows', { jobStatus: 'unknown' as const }],
    ['a page of HTML', { html: true }],
  ])('stops at %s', async (_name, effect) => {
    const { result } = await runWith([{ on: 'poll', times: 'always', do: effect }]);
    expect(result).toMatchObject(failure('ExtractionIncomplete'));
  });

  it('sends neither token nor request to a result URL elsewhere', async () => {
    const { result, calls } = await runWith([
      {
        on: 'poll',
        times: 'always',
        do: { jobStatus: 'completed', resultUrl: 'https://169.254.169.254/latest/meta-data' },
      },
    ]);
    expect(result).toMatchObject(failure('ExtractionIncomplete'));
    expect(calls.filter(({ call }) => call === 'download')).toHaveLength(0);
  });
});

describe('download', () => {
  it.each([
    ['an expired URL (403)', { expiredUrl: 403 as const }],
    ['an expired URL (410)', { expiredUrl: 410 as const }],
    ['a reset in mid-body', { truncateAt: 700 }],
    ['a body cut short with a clean close', { truncateAt: 700, cleanClose: true }],
    ['a 503', { status: 503 }],
    ['a byte order mark', { bom: true }],
    ['a comment before an artifact', { badItem: 'comment' as const }],
    ['the wrong content type', { contentType: 'text/plain' }],
    ['an artifact nobody asked for', { extraItem: true }],
    ['the same artifact twice', { duplicateItem: true }],
  ])('%s: all is stored, once', async (_name, effect) => {
    const { ids, result, rows } = await runWith([{ on: 'download', times: 1, do: effect }]);
    expect(result).toMatchObject({ status: 'SUCCEEDED' });
    expect(rows.map(({ interactionId }) => interactionId).sort()).toEqual(ids);
  });

  it.each([
    ['not JSON', 'syntax' as const],
    ['no artifact', 'shape' as const],
    ['no object', 'null' as const],
  ])('one bad artifact (%s) among good ones costs only itself', async (_name, badItem) => {
    const { result, rows, ids } = await runWith([{ on: 'download', times: 'always', do: { badItem } }]);
    expect(result).toMatchObject(failure('ExtractionIncomplete'));
    expect(rows).toHaveLength(2);
    const [receipt] = await pipeline.receipts(result.name);
    expect(receipt?.counts).toMatchObject({ stored: 2 });
    const audit = await pipeline.audit(result.name);
    expect(audit.map(({ interactionId }) => interactionId).sort()).toEqual(ids);
    expect(audit.filter(({ outcome }) => outcome === 'stored')).toHaveLength(2);
  });

  it.each(['deep', 'utf8', 'huge'] as const)('an artifact that is %s takes nobody with it', async (badItem) => {
    const { result, rows } = await runWith([{ on: 'download', times: 'always', do: { badItem } }]);
    expect(result.stateTransitions).toBeGreaterThan(5);
    expect(rows.length).toBeGreaterThanOrEqual(2);
    const [receipt] = await pipeline.receipts(result.name);
    const { stored, missing, failed, quarantined } = receipt?.counts ?? {
      stored: 0,
      missing: 0,
      failed: 0,
      quarantined: 0,
    };
    expect(stored + missing + failed + quarantined).toBe(3);
  });

  it('an empty result is a success that stores nothing and says so', async () => {
    const { result, rows } = await runWith([{ on: 'download', times: 'always', do: { emptyResult: true } }]);
    expect(result).toMatchObject({ status: 'SUCCEEDED', output: { counts: { requested: 3, stored: 0, missing: 3 } } });
    expect(rows).toHaveLength(0);
  });

  it('a redirect is not followed', async () => {
    const { result } = await runWith([
      { on: 'download', times: 'always', do: { status: 302, location: 'https://example.com/elsewhere' } },
    ]);
    expect(result).toMatchObject(failure('ExtractionIncomplete'));
  });
});
