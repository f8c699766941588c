import { describe, expect, it } from 'vitest';
import { closeDeadRuns } from '../../../../lambdas/plan-extraction/close-dead-runs.ts';
import type { Planner } from '../../../../lambdas/plan-extraction/planner.ts';
import { PipelineError } from '../../../../lambdas/shared/contracts/errors.ts';
import { readOpenRuns } from '../../../../lambdas/shared/runs/open-runs.ts';
import { claimedIds } from '../../../../lambdas/shared/runs/stored-ids.ts';
import { keys } from '../../../../lambdas/shared/storage/layout.ts';
import { RunBuilder } from '../shared/runs/run-builder.ts';

const HOUR = 3_600_000;

async function worldWithDeadRuns() {
  const runs = new RunBuilder();
  await runs.plan({ runId: 'dead-1', ids: [['int-1']] });
  await runs.plan({ runId: 'dead-2', ids: [['int-2']] });
  const notes: string[] = [];
  const plannerOf = (store: Planner['store'], remainingMs = () => 1_000) =>
    ({
      store,
      settings: { leaseMs: 12 * HOUR, maxAttempts: 5 },
      functionVersion: '1',
      nowMs: () => runs.nowMs + 13 * HOUR,
      callMs: 1_000,
      remainingMs,
      note: (message: string, facts: Record<string, unknown>) =>
        notes.push(`${message}: ${facts.openRunId ?? facts.closedRunId}`),
    }) as unknown as Planner;
  const open = async () => (await readOpenRuns(runs.store())).runs.map(({ runId }) => runId);
  return { runs, notes, plannerOf, open };
}

describe('a dead run', () => {
  it('is closed, its batches given up', async () => {
    const { runs, plannerOf, open } = await worldWithDeadRuns();
    await closeDeadRuns(plannerOf(runs.store()), 'run');
    expect(await open()).toEqual([]);
    expect(runs.json(keys.manifest('dead-1'))).toMatchObject({ status: 'incomplete', counts: { failed: 1 } });
  });

  it.each<[string, (key: string) => void]>([
    [
      'its plan is damaged',
      (key) => {
        if (key === keys.plan('dead-1')) throw new PipelineError('ContractViolation', 'damaged');
      },
    ],
    [
      'S3 does not answer about it',
      (key) => {
        if (key.startsWith('runs/dead-1/')) throw new PipelineError('DataLakeUnavailable', 'down');
      },
    ],
    [
      'S3 refuses it',
      (key) => {
        if (key.startsWith('runs/dead-1/')) throw new PipelineError('DataLakeRejected', 'no');
      },
    ],
    [
      'an unforeseen error is thrown',
      (key) => {
        if (key === keys.batches('dead-1')) throw new TypeError('unforeseen');
      },
    ],
  ])('that cannot be closed, since %s, is reported and left, and stops no other run', async (_, fail) => {
    const { runs, notes, plannerOf, open } = await worldWithDeadRuns();
    const store = runs.store((when, _operation, key) => {
      if (when === 'before') fail(key);
    });
    await closeDeadRuns(plannerOf(store), 'run');
    expect(await open()).toEqual(['dead-1']);
    expect(notes).toEqual(['Run cannot be closed and is left open: dead-1', 'Run closed in its place: dead-2']);
  });

  it('whose batches have expired leaves the list, and what it planned is not made up', async () => {
    const { runs, notes, plannerOf, open } = await worldWithDeadRuns();
    runs.objects.delete(keys.batches('dead-1'));
    await closeDeadRuns(plannerOf(runs.store()), 'run');
    expect(await open()).toEqual([]);
    expect(runs.objects.has(keys.manifest('dead-1'))).toBe(false);
    expect(notes[0]).toBe('Run taken off the list of open ones: its batches have expired: dead-1');
  });

  it('that takes longer to close than there is time for is left to the next run', async () => {
    const { runs, notes, plannerOf, open } = await worldWithDeadRuns();
    await closeDeadRuns(
      plannerOf(runs.store(), () => 700),
      'run',
    );
    expect(await open()).toEqual(['dead-1', 'dead-2']);
    expect(notes).toHaveLength(2);
  });

  it('whose batches cannot be read claims nothing, and stops no other run', async () => {
    const { runs } = await worldWithDeadRuns();
    const store = runs.store((_when, operation, key) => {
      if (operation !== 'readLines' || key !== keys.batches('dead-1')) return;
      throw new PipelineError('DataLakeRejected', 'refused', { status: 403 });
    });
    const open = (await readOpenRuns(store)).runs;
    const told: string[] = [];
    const claimed = await claimedIds(store, open, 'run', (runId, errorName) => told.push(`${runId} ${errorName}`));
    expect([claimed.has('int-1'), claimed.has('int-2')]).toEqual([false, true]);
    expect(told).toEqual(['dead-1 DataLakeRejected']);
    await expect(claimedIds(store, open, 'run')).rejects.toMatchObject({ name: 'DataLakeRejected' });
  });
});
