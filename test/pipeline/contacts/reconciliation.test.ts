/** What CXone says it has analysed, held against the lake: each gap is named, asked for again, and nothing else is. */
import { describe, expect, it } from 'vitest';
import { Reconciliation } from '../../../lambdas/shared/runs/reconciliation-record.ts';
import { Manifest } from '../../../lambdas/shared/runs/run-records.ts';
import { keys } from '../../../lambdas/shared/storage/layout.ts';
import { usePipeline } from '../world/pipeline.ts';

let nowMs = Date.parse('2026-10-03T03:00:00Z');
const START = '2026-10-01T00:00:00Z';
/** What was listed days ago is not searched again: gaps that are closed are found by their ids alone. */
const SETTINGS = { watermarkStart: START, batchSize: 20, maxAttempts: 3, settleMinutes: 60, lookBackHours: 12 };
const SIMULATOR = {
  interactions: { count: 160, from: START, to: '2026-10-05T00:00:00Z' },
  availableAfterSeconds: 600,
  lateShare: 0.1,
  lateBySeconds: 40 * 3_600,
  segments: { transferShare: 0.2, gapShare: 0.08, unprocessedShare: 0.06, missingShare: 0.1, emptyShare: 0.1 },
  now: () => nowMs,
};

const pipeline = usePipeline({
  source: 'interaction-analytics',
  settings: SETTINGS,
  vendor: { simulator: SIMULATOR },
});

async function runAt(time: string, name: string) {
  nowMs = Date.parse(time);
  const result = await pipeline.run({ schedule: { name: 'daily', time } }, { name });
  expect([result.status, result.error, result.cause]).toEqual(['SUCCEEDED', undefined, undefined]);
  return result;
}

const recordOf = async (runId: string) => Reconciliation.parse((await pipeline.lines(keys.reconciliation(runId)))[0]);
const manifestOf = async (runId: string) => Manifest.parse((await pipeline.lines(keys.manifest(runId)))[0]);

/** The vendor's own account of what was analysed before a moment. */
function accountAt(time: string) {
  const all = pipeline.simulator.contacts({ from: START, to: time });
  const expected = all.filter(({ processedMs = Number.POSITIVE_INFINITY }) => processedMs < Date.parse(time));
  const gaps = expected.filter(({ isGap }) => isGap).map(({ contactId }) => String(contactId));
  return { all, expected, gaps: gaps.sort() };
}

describe('a scheduled run', () => {
  it('names every gap and no other contact, and stays green', async () => {
    const result = await runAt('2026-10-03T03:00:00Z', 'first');
    const { expected, gaps, all } = accountAt('2026-10-03T02:00:00Z');
    expect(gaps.length).toBeGreaterThan(1);
    const record = await recordOf('first');
    expect(record.missing.toSorted()).toEqual(gaps);
    expect(record).toMatchObject({
      status: 'compared',
      source: 'interaction-analytics',
      expected: expected.length,
      pending: 0,
      notProcessed: all.length - expected.length,
    });
    expect(record.stored + record.empty + record.missing.length).toBe(record.expected);
    expect(record.empty).toBeGreaterThan(0);
    expect(record.days.reduce((sum, day) => sum + day.missing, 0)).toBe(gaps.length);

    const { reconciliation, status } = await manifestOf('first');
    const { stored, empty, notProcessed } = record;
    const counts = { expected: expected.length, stored, empty, pending: 0, missing: gaps.length, notProcessed };
    expect(status).toBe('complete');
    expect(reconciliation).toEqual({ status: 'compared', ...counts, key: keys.reconciliation('first') });
    expect(result.output).toMatchObject({ reconciliation: counts });
  });

  it('takes what comes late for no gap, and asks for gaps until they are listed', async () => {
    await runAt('2026-10-04T03:00:00Z', 'second');
    const { gaps } = accountAt('2026-10-04T02:00:00Z');
    const second = await recordOf('second');
    expect(second.missing.toSorted()).toEqual(gaps);
    expect(Math.max(...second.gaps.map(({ tries }) => tries))).toBe(1);
    expect((await pipeline.keys('runs/second/search/')).some((key) => key.includes('/gaps-'))).toBe(true);

    pipeline.simulator.closeGaps();
    await runAt('2026-10-05T03:00:00Z', 'third');
    expect((await recordOf('third')).missing).toEqual([]);
    const rows = (await Promise.all(['first', 'second', 'third'].map((runId) => pipeline.rows(runId)))).flat();
    const segments = pipeline.simulator.segments({ from: START, to: '2026-10-05T02:00:00Z' });
    const there = segments.filter(({ outcome }) => outcome === 'transcript').map(({ segmentId }) => segmentId);
    expect(rows.map(({ interactionId }) => interactionId).sort()).toEqual(there.sort());
  });

  it('without the permission says so in a line, and is green', async () => {
    pipeline.simulator.setFaults([{ on: 'completed', times: 'always', do: { status: 403, body: '' } }]);
    const result = await runAt('2026-10-06T03:00:00Z', 'not-permitted');
    const { status, note, missing, expected } = await recordOf('not-permitted');
    expect([status, missing, expected]).toEqual(['notPermitted', [], 0]);
    expect(note).toMatch(/^CXone refused the list of completed contacts with status 403: .*ACD, View/);
    expect(result.output).toMatchObject({ status: 'complete', reconciliation: { status: 'notPermitted', note } });
  });

  it('waits for a vendor that is out, and goes without it where that takes too long', async () => {
    const busy = { on: 'completed' as const, do: { status: 503, retryAfter: 40 } };
    pipeline.simulator.setFaults([{ ...busy, times: 2 }]);
    const waited = await runAt('2026-10-07T03:00:00Z', 'waited');
    expect(pipeline.entered(waited).filter((state) => state === 'WaitToReconcile')).toHaveLength(2);
    expect((await recordOf('waited')).status).toBe('compared');

    pipeline.simulator.setFaults([{ on: 'completed', times: 'always', do: { status: 404 } }]);
    await runAt('2026-10-08T03:00:00Z', 'moved');
    expect(await recordOf('moved')).toMatchObject({ status: 'unavailable', note: expect.stringMatching(/cxonePaths/) });
  });

  it('is recorded where the answer is none', async () => {
    pipeline.simulator.setFaults([{ on: 'completed', times: 'always', do: { html: true } }]);
    const result = await runAt('2026-10-09T03:00:00Z', 'odd');
    expect(result.output).toMatchObject({ status: 'complete' });
    expect(await recordOf('odd')).toMatchObject({ status: 'unavailable', note: expect.stringMatching(/not JSON/) });
  });
});

it('a run that is not of a schedule is held against nothing', async () => {
  pipeline.simulator.setFaults([]);
  const before = pipeline.simulator.count('completed');
  const window = { from: '2026-10-01T00:00:00Z', to: '2026-10-02T00:00:00Z' };
  const result = await pipeline.run({ window }, { name: 'window' });
  expect(result.status).toBe('SUCCEEDED');
  expect(pipeline.entered(result)).not.toContain('ReconcileContacts');
  expect(pipeline.simulator.count('completed')).toBe(before);
});
