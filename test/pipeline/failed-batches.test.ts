/** Batches that fail: their own errors are what the run, its manifest and its metrics name. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { Fault } from '../../emulator/stand-ins/cxone/faults.ts';
import { Manifest } from '../../lambdas/shared/runs/run-records.ts';
import { eventFor, freshIds, usePipeline } from './world/pipeline.ts';

const pipeline = usePipeline({
  settings: { batchSize: 2, concurrency: 1 },
  vendor: { simulator: { jobLatency: { polls: 0 } } },
});

beforeEach(() => pipeline.simulator.setFaults([]));

const manifestOf = async (runId: string) => Manifest.parse((await pipeline.lines(`runs/${runId}/manifest.json`))[0]);
const on = (call: 'submit' | 'poll', interactionId: string, effect: object): Fault =>
  ({ on: call, match: { interactionId }, times: 'always', do: effect }) as Fault;

describe('a run of few batches', () => {
  it('goes on after the first of them has failed, and names why', async () => {
    const ids = freshIds(8);
    pipeline.simulator.setFaults([
      on('poll', ids[0] as string, { jobStatus: 'failed' }),
      on('submit', ids[2] as string, { status: 400 }),
      on('poll', ids[4] as string, { jobStatus: 'failed' }),
    ]);
    const result = await pipeline.run(eventFor(ids), { name: 'few' });
    expect(result).toMatchObject({ status: 'FAILED', error: 'ExtractionIncomplete' });
    const failures = [
      { error: 'TranscriptJobFailed', interactions: 4, batches: 2 },
      { error: 'VendorRejected', interactions: 2, batches: 1 },
    ];
    expect(await manifestOf('few')).toMatchObject({ counts: { stored: 2, failed: 6 }, failures });
    expect(result.cause).toBe(
      '6 of 8 interactions were not extracted: TranscriptJobFailed (4), VendorRejected (2); ' +
        'the manifest of the run has the rest',
    );
  });
});

describe('a run in which everything fails', () => {
  it('stops early, and names what made it fail before what followed from that', async () => {
    const ids = freshIds(20);
    pipeline.simulator.setFaults([{ on: 'submit', times: 'always', do: { status: 400 } }]);
    const submits = pipeline.simulator.count('submit');
    const result = await pipeline.run(eventFor(ids), { name: 'all' });
    expect(result).toMatchObject({ status: 'FAILED', error: 'ExtractionIncomplete' });
    expect(pipeline.entered(result)).toContain('NoteWhyMapStopped');
    // Three of ten are tolerated: the fourth is one too many.
    expect(pipeline.simulator.count('submit') - submits).toBe(4);
    const { failures, counts } = await manifestOf('all');
    expect(counts.failed).toBe(20);
    expect(failures).toEqual([
      { error: 'VendorRejected', interactions: 8, batches: 4 },
      { error: 'States.ExceedToleratedFailureThreshold', interactions: 12, batches: 6 },
    ]);
    expect(result.cause).toContain(': VendorRejected (8), States.Exceed');
  });
});
