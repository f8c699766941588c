/** A planned run in a bucket in memory, for tests of what becomes of it. */

import { enterOpenRun, readOpenRuns } from '../../../../../lambdas/shared/runs/open-runs.ts';
import type { Plan } from '../../../../../lambdas/shared/runs/run-records.ts';
import { keys } from '../../../../../lambdas/shared/storage/layout.ts';
import { MemoryStore, type MemoryStoreOptions, type Objects } from '../../../../year/memory-store.ts';

const PLANNED_AT = '2026-11-21T03:00:00.000Z';

export interface RunOptions {
  runId?: string;
  /** Of each batch. */
  ids?: string[][];
  change?: Partial<Plan>;
}

export class RunBuilder {
  readonly objects: Objects = new Map();
  readonly nowMs = Date.parse(PLANNED_AT);

  /** A store over the builder's objects; `interrupt` as in {@link MemoryStore}. */
  store(interrupt?: MemoryStoreOptions['interrupt']): MemoryStore {
    return new MemoryStore(this.objects, { nowMs: () => this.nowMs, ...(interrupt && { interrupt }) });
  }

  /** Plans a run with a batch for each list of ids, whose days are not known, and enters it as open. */
  async plan({ runId = 'run', ids = [['int-1']], change = {} }: RunOptions = {}): Promise<Plan> {
    const store = this.store();
    const plan: Plan = {
      schemaVersion: 1,
      runId,
      startedAt: PLANNED_AT,
      plannedAt: PLANNED_AT,
      source: 'interactionIds',
      reference: {},
      dryRun: false,
      options: { mediaTypes: ['voice'], redactionPolicy: 'auto', format: 'json', maxConcurrentDownloads: 5 },
      batchSize: 1,
      concurrency: 1,
      polling: { firstWaitSeconds: 2, longestWaitSeconds: 60 },
      batchesKey: keys.batches(runId),
      batchCount: ids.length,
      requested: ids.flat().length,
      decided: { missing: 0, notReady: 0, duplicate: 0, quarantined: 0 },
      leftOut: { stored: 0, givenUp: 0, erased: 0, taken: 0 },
      ...change,
    };
    const lines = ids.map((interactionIds, batch) => `${JSON.stringify({ batch, interactionIds })}\n`);
    await store.write(plan.batchesKey, lines.join(''));
    await store.write(keys.plan(runId), JSON.stringify(plan));
    const { source, plannedAt, batchesKey, batchCount } = plan;
    const open = { runId, source, plannedAt, batchesKey, batchCount };
    if (batchCount > 0) await enterOpenRun(store, await readOpenRuns(store), open);
    return plan;
  }

  json(key: string): unknown {
    return JSON.parse(this.objects.get(key)?.body.toString() ?? 'null');
  }
}
