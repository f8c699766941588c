import { describe, expect, it } from 'vitest';
import { noteParts } from '../../../../../lambdas/shared/runs/part-notes.ts';
import { type Recorder, recordRun } from '../../../../../lambdas/shared/runs/record-run.ts';
import { Manifest } from '../../../../../lambdas/shared/runs/run-records.ts';
import { advanceWatermark, readWatermark } from '../../../../../lambdas/shared/runs/watermark.ts';
import { keys } from '../../../../../lambdas/shared/storage/layout.ts';
import { receiptOf } from '../../../../builders/receipt.ts';
import { RunBuilder } from './run-builder.ts';

const AT = '2026-11-21T05:00:00.000Z';
const recorderFor = (store: Recorder['store'], change: Partial<Recorder> = {}): Recorder => ({
  store,
  runId: 'run',
  maxAttempts: 5,
  functionVersion: '1',
  nowMs: Date.parse(AT),
  ...change,
});
const manifestIn = (runs: RunBuilder, runId = 'run') => Manifest.parse(runs.json(keys.manifest(runId)));

describe('sealing', () => {
  it.each([
    ['after the receipts were listed', 'after', 'list'],
    ['just before the seal is written', 'before', 'write'],
  ])('leaves the receipt of a batch that is stored %s', async (_, moment, operation) => {
    const runs = new RunBuilder();
    const plan = await runs.plan();
    const receipt = JSON.stringify(receiptOf('run', 0, ['int-1']));
    const own = runs.store();
    let isThere = false;
    const store = runs.store(async (when, what, key) => {
      const isMoment = when === moment && what === operation && key.startsWith(keys.receipts('run'));
      if (isThere || !isMoment) return;
      isThere = true;
      await own.write(keys.receipt('run', 0), receipt);
    });
    const manifest = await recordRun(recorderFor(store), plan);
    expect(isThere).toBe(true);
    expect(runs.objects.get(keys.receipt('run', 0))?.body.toString()).toBe(receipt);
    expect(manifest.counts).toMatchObject({ stored: 1, failed: 0 });
  });

  it('tells why a batch did not end: its own error, else what stopped the run, else that it ended', async () => {
    const runs = new RunBuilder();
    const plan = await runs.plan({ ids: [['int-1'], ['int-2', 'int-3']] });
    const failed = [{ Input: JSON.stringify({ batch: { batch: 0 } }), Error: 'VendorRejected' }];
    await runs.store().write(`${keys.mapResults('run')}x/FAILED_0.json`, JSON.stringify(failed));
    const stoppedBy = 'States.ExceedToleratedFailureThreshold';
    const manifest = await recordRun(recorderFor(runs.store(), { stoppedBy }), plan);
    expect(manifest.failures).toEqual([
      { error: 'VendorRejected', interactions: 1, batches: 1 },
      { error: stoppedBy, interactions: 2, batches: 1 },
    ]);

    const other = new RunBuilder();
    const { failures } = await recordRun(recorderFor(other.store()), await other.plan());
    expect(failures).toEqual([{ error: 'RunEnded', interactions: 1, batches: 1 }]);
  });

  it('deletes what an attempt that broke off has left, wherever that is, and nothing else', async () => {
    const runs = new RunBuilder();
    const plan = await runs.plan({ ids: [['int-1'], ['int-2']] });
    const store = runs.store();
    const left = ['2016-02-29', '2026-11-21'].map((day) => keys.transcripts('chat', day, 'run', 0));
    const kept = [
      keys.transcripts('chat', '2026-11-21', 'run', 1),
      keys.transcripts('chat', '2026-11-21', 'other', 0),
      keys.transcripts('chat', '2026-11-21', 'run-2', 0),
    ];
    for (const key of [...left, ...kept]) await store.write(key, 'rows');
    await noteParts(store, 'run', 0, left);
    // A note that was changed by hand names what is not the batch's.
    await store.write(keys.partNote('run', 0, 'x'), JSON.stringify({ schemaVersion: 1, keys: kept }));
    await noteParts(store, 'run', 1, kept.slice(0, 1));
    await store.write(keys.receipt('run', 1), JSON.stringify(receiptOf('run', 1, ['int-2'])));
    await recordRun(recorderFor(store), plan);
    const parts = [...runs.objects.keys()].filter((key) => key.startsWith('transcripts/'));
    expect(parts.sort()).toEqual(kept.sort());
  });

  it.each([1, 2_000])('of batches without days costs the same in a lake with %i other parts', async (others) => {
    const runs = new RunBuilder();
    const plan = await runs.plan({ ids: [['int-1'], ['int-2']] });
    for (let part = 0; part < others; part += 1) {
      const day = new Date(Date.parse('2020-01-01') + part * 86_400_000).toISOString().slice(0, 10);
      await runs.store().write(keys.transcripts('voice', day, `run-${part}`, 0), 'rows');
    }
    const operations: string[] = [];
    const store = runs.store((when, operation, key) => {
      if (when === 'before') operations.push(`${operation} ${key}`);
    });
    await recordRun(recorderFor(store), plan);
    expect(operations.length).toBeLessThan(30);
    expect(operations.filter((each) => /^list (?!runs\/run\/)/.test(each))).toEqual([]);
  });
});

describe('recording again', () => {
  it('keeps the note of what was erased since, even at the same moment', async () => {
    const runs = new RunBuilder();
    const plan = await runs.plan();
    await recordRun(recorderFor(runs.store()), plan);
    const own = runs.store();
    const erase = async (rows: number) => {
      const manifest = manifestIn(runs);
      const erasures = [...manifest.erasures, { at: AT, rows }];
      await own.write(keys.manifest('run'), JSON.stringify({ ...manifest, erasures }));
    };
    await erase(1);
    let isErased = false;
    const store = runs.store(async (when, operation, key) => {
      if (isErased || when !== 'before' || operation !== 'write' || key !== keys.manifest('run')) return;
      isErased = true;
      await erase(2);
    });
    await recordRun(recorderFor(store), plan);
    expect(manifestIn(runs).erasures).toEqual([
      { at: AT, rows: 1 },
      { at: AT, rows: 2 },
    ]);
  });

  it('does not replace a manifest of another version', async () => {
    const runs = new RunBuilder();
    const plan = await runs.plan();
    const newer = JSON.stringify({ schemaVersion: 2, parts: 'elsewhere' });
    await runs.store().write(keys.manifest('run'), newer);
    await expect(recordRun(recorderFor(runs.store()), plan)).rejects.toMatchObject({ name: 'ContractViolation' });
    expect(runs.objects.get(keys.manifest('run'))?.body.toString()).toBe(newer);
  });

  it('stops when there is no time to go on, and goes on from there', async () => {
    const runs = new RunBuilder();
    const ids = Array.from({ length: 40 }, (_, number) => [`int-${number}`]);
    const plan = await runs.plan({ ids });
    let checks = 0;
    const hasTime = () => {
      checks += 1;
      return checks < 20;
    };
    const first = recordRun(recorderFor(runs.store(), { hasTime }), plan);
    await expect(first).rejects.toMatchObject({ name: 'DataLakeUnavailable' });
    expect(runs.json(keys.manifest('run'))).toBeNull();
    const { counts } = await recordRun(recorderFor(runs.store()), plan);
    expect(counts.failed).toBe(40);
  });
});

describe('a run that did not search all it was to', () => {
  it('is not complete, says what is left, and moves the watermark as far as it came', async () => {
    const runs = new RunBuilder();
    const left = [{ from: '2026-11-20T00:00:00.000Z', to: '2026-11-21T00:00:00.000Z' }];
    const plan = await runs.plan({
      ids: [],
      change: {
        source: 'schedule',
        reference: { schedule: 'daily', time: AT },
        window: { from: '2026-11-18T00:00:00.000Z', to: '2026-11-20T00:00:00.000Z' },
        notSearched: left,
        planningCalls: 7,
      },
    });
    await recordRun(recorderFor(runs.store()), plan);
    expect(manifestIn(runs)).toMatchObject({
      status: 'incomplete',
      notSearched: left,
      cost: { stateTransitions: 13 + 6 * 3 },
    });
    expect((await readWatermark(runs.store(), 'daily'))?.value.watermark).toBe('2026-11-20T00:00:00.000Z');
  });
});

describe('the watermark', () => {
  it.each([
    ['2026-11-22T00:00:00.000Z', '2026-11-23T00:00:00.000Z', '2026-11-23T00:00:00.000Z'],
    ['2026-11-22T00:00:00.000Z', '2026-11-21T00:00:00.000Z', '2026-11-22T00:00:00.000Z'],
    ['2026-11-22T00:00:00.000Z', '2026-11-22T00:00:00.000Z', '2026-11-22T00:00:00.000Z'],
  ])('at %s, with a run up to %s, stands at %s: it never moves back', async (before, to, after) => {
    const runs = new RunBuilder();
    const store = runs.store();
    const upTo = async (runId: string, end: string) => {
      const plan = await runs.plan({
        runId,
        change: {
          source: 'schedule',
          reference: { schedule: 'daily', time: AT },
          window: { from: '2026-11-18T00:00:00.000Z', to: end },
        },
      });
      await advanceWatermark(store, plan, [], AT);
    };
    await upTo('first', before);
    await upTo('second', to);
    expect((await readWatermark(store, 'daily'))?.value).toMatchObject({ watermark: after, runId: 'second' });
  });
});

describe('the first run of a schedule', () => {
  it('says since when anything was searched, and later ones keep that', async () => {
    const runs = new RunBuilder();
    const store = runs.store();
    for (const [runId, from, to] of [
      ['first', '2026-11-20T00:00:00.000Z', '2026-11-21T00:00:00.000Z'],
      ['second', '2026-11-20T12:00:00.000Z', '2026-11-22T00:00:00.000Z'],
    ] as const) {
      const change = { source: 'schedule' as const, reference: { schedule: 'daily', time: AT }, window: { from, to } };
      await recordRun(recorderFor(store), await runs.plan({ runId, ids: [], change }));
      expect((await readWatermark(store, 'daily'))?.value.since).toBe('2026-11-20T00:00:00.000Z');
    }
  });
});
