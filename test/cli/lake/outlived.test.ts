import { S3ServiceException } from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { compactDay } from '../../../cli/lake/compaction/compact-day.ts';
import { fetchCompacted, readCompacted } from '../../../cli/lake/compaction/compacted-file.ts';
import { eraseInteractions } from '../../../cli/lake/erasure/erase-interactions.ts';
import type { Lake } from '../../../cli/lake/open-lake.ts';
import { verifyLake } from '../../../cli/lake/verification/verify-lake.ts';
import { explainFault } from '../../../cli/process/explain-fault.ts';
import { keys } from '../../../lambdas/shared/storage/layout.ts';
import { transcripts } from '../transcripts.ts';
import { DAY, LATER, type LakeWorld, openWorld, STARTED_AT } from './lake-world.ts';

const AT = '2026-11-23T12:00:00.000Z';
const AGAIN = '2026-11-24T12:00:00.000Z';
const FILE = keys.compacted('voice', DAY);
const partOf = (runId: string) => keys.transcripts('voice', DAY, runId, 0);
const problemsOf = async (world: LakeWorld) => (await verifyLake(world, { nowMs: LATER })).problems;

async function fileIds(world: LakeWorld): Promise<string[] | undefined> {
  const directory = `${world.out}/looked-into`;
  const file = await fetchCompacted(world, FILE, directory);
  return file && (await readCompacted(file.path, directory))?.map(({ interactionId }) => interactionId);
}

async function deleteBelow(world: LakeWorld, ...prefixes: string[]): Promise<void> {
  for (const prefix of prefixes) for (const key of await world.keysOf(prefix)) await world.store.delete(key);
}

/** A compacted day that has outlived what it was made from. */
async function outlivingWorld(...interactionIds: string[]): Promise<LakeWorld> {
  const world = await openWorld();
  await world.recordRun('r1', interactionIds);
  await compactDay(world, DAY, STARTED_AT);
  await deleteBelow(world, 'runs/', 'transcripts/', 'audit/');
  return world;
}

/** The same lake, in which the calls on that key fail. */
function failing(lake: LakeWorld, operation: 'upload' | 'delete' | 'write', key: string): Lake {
  const store = Object.create(lake.store, {
    [operation]: {
      value: async (...args: unknown[]) => {
        if (args[0] === key) throw new Error('killed');
        return (lake.store[operation] as (...all: unknown[]) => unknown).apply(lake.store, args);
      },
    },
  }) as LakeWorld['store'];
  for (const name of ['open', 'readText', 'head', 'write', 'upload', 'delete', 'list'] as const) {
    if (name !== operation) Object.defineProperty(store, name, { value: lake.store[name].bind(lake.store) });
  }
  return { ...lake, store };
}

async function auditRows(world: LakeWorld): Promise<number[]> {
  const rows: number[] = [];
  for (const key of await world.keysOf('audit/erasures/')) {
    const lines = ((await world.store.readText(key))?.text ?? '').split('\n').filter(Boolean);
    rows.push(...lines.map((line) => (JSON.parse(line) as { rows: number }).rows));
  }
  return rows;
}

async function erasedEvents(world: LakeWorld): Promise<unknown[]> {
  const events: unknown[] = [];
  for (const key of await world.keysOf('runs/')) {
    if (!key.includes('/outbox/')) continue;
    const { body } = JSON.parse((await world.store.readText(key))?.text ?? '') as { body: string };
    events.push(JSON.parse(body));
  }
  return events;
}

describe('an erasure from a compacted day whose runs and parts have expired', () => {
  it('rewrites the file without the interaction, in every version, and puts the record right', async () => {
    const world = await outlivingWorld('int-1', 'int-2', 'int-3');
    const erasure = await eraseInteractions(world, ['int-2', 'int-9'], AT);
    expect(erasure).toMatchObject({ rows: new Map([['int-2', 1]]), runs: ['r1'], compacted: [DAY], leftAlone: [] });
    expect(await fileIds(world)).toEqual(['int-1', 'int-3']);
    expect(await world.oldVersions(FILE)).toBe(0);
    expect((await world.store.head(FILE))?.metadata.day).toBe(DAY);
    expect(await verifyLake(world, { nowMs: LATER })).toMatchObject({ problems: [], staleDays: [] });
    expect(await erasedEvents(world)).toMatchObject([{ data: { interactionId: 'int-2', rows: 1 } }]);
    expect((await auditRows(world)).sort()).toEqual([0, 1]);
    expect((await eraseInteractions(world, ['int-2'], AGAIN)).rows).toEqual(new Map());
  });

  it('leaves no file of which nothing is left', async () => {
    const world = await outlivingWorld('int-1');
    await eraseInteractions(world, ['int-1'], AT);
    expect(await fileIds(world)).toBeUndefined();
    expect(await world.oldVersions(FILE)).toBe(0);
    expect(await problemsOf(world)).toEqual([]);
  });

  it.each([
    ['upload', FILE],
    ['write', keys.compaction(DAY)],
    ['delete', FILE],
  ] as const)('is completed by doing it again where it broke off before the %s of %s', async (operation, key) => {
    const world = await outlivingWorld('int-1');
    await expect(eraseInteractions(failing(world, operation, key), ['int-1'], AT)).rejects.toThrow('killed');
    await eraseInteractions(world, ['int-1'], AGAIN);
    expect(await fileIds(world)).toBeUndefined();
    expect(await world.oldVersions(FILE)).toBe(0);
    expect(await problemsOf(world)).toEqual([]);
    expect(await auditRows(world)).toEqual([1]);
    expect(await erasedEvents(world)).toHaveLength(1);
  });

  it('takes the interaction out where only some parts of the day are left', async () => {
    const world = await openWorld();
    await world.recordRun('r1', ['int-1', 'int-2']);
    await world.recordRun('r2', ['int-1', 'int-3']);
    await compactDay(world, DAY, STARTED_AT);
    await deleteBelow(world, 'runs/r1/', partOf('r1'));
    expect((await eraseInteractions(world, ['int-1'], AT)).leftAlone).toEqual([]);
    expect(await fileIds(world)).toEqual(['int-2', 'int-3']);
    expect(await problemsOf(world)).toEqual([]);
  });

  it('names a file that it cannot read', async () => {
    const world = await outlivingWorld('int-1');
    await world.store.write(FILE, 'PAR1');
    const { leftAlone } = await eraseInteractions(world, ['int-1'], AT);
    expect(leftAlone).toEqual([{ key: FILE, reason: 'it cannot be read as Parquet' }]);
  });
});

describe('an erasure that broke off and is done again', () => {
  it('says what was erased in all, in its audit and in one event', async () => {
    const world = await openWorld();
    await world.recordRun('r1', ['int-1', 'int-2']);
    await world.recordRun('r2', ['int-1', 'int-3']);
    await expect(eraseInteractions(failing(world, 'upload', partOf('r2')), ['int-1'], AT)).rejects.toThrow('killed');
    await eraseInteractions(world, ['int-1'], AGAIN);
    expect(await auditRows(world)).toEqual([2]);
    expect(await erasedEvents(world)).toMatchObject([{ timestamp: AT, data: { rows: 2 } }]);
    await world.recordRun('r0', ['int-1']);
    await eraseInteractions(world, ['int-1'], AGAIN);
    expect((await auditRows(world)).sort()).toEqual([2, 3]);
    expect(await erasedEvents(world)).toHaveLength(1);
  });
});

describe('compact, where less is listed than its files hold', () => {
  const losses: [string, (world: LakeWorld) => Promise<unknown>][] = [
    ['no manifest', (world) => deleteBelow(world, 'runs/')],
    ['half of the manifests', (world) => deleteBelow(world, 'runs/r1/')],
    [
      'other transcripts, and more of them',
      async (world) => {
        await deleteBelow(world, 'runs/r1/');
        await world.recordRun('r3', ['int-7', 'int-8', 'int-9']);
      },
    ],
    ['no manifest, nor the record of compact', async (world) => deleteBelow(world, 'runs/', keys.compaction(DAY))],
  ];
  it.each(losses)('%s: leaves file and versions, names the file and exits 1', async (_, lose) => {
    const world = await openWorld();
    await world.recordRun('r1', ['int-1', 'int-2']);
    await world.recordRun('r2', ['int-3']);
    await compactDay(world, DAY, STARTED_AT);
    await lose(world);
    const earlier = [await world.store.head(FILE), await world.store.readText(keys.compaction(DAY))];
    const { code, stdout, stderr } = await transcripts(['compact', DAY, '--out', world.out]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(`error: not compacted: ${FILE}: `);
    expect([await world.store.head(FILE), await world.store.readText(keys.compaction(DAY))]).toEqual(earlier);
  });

  it('a file that is gone: keeps its versions, so that it can be brought back', async () => {
    const world = await outlivingWorld('int-1');
    await world.store.delete(FILE);
    const versions = await world.oldVersions(FILE);
    await expect(compactDay(world, DAY, AT)).rejects.toThrow(FILE);
    expect(await world.oldVersions(FILE)).toBe(versions);
  });

  it('verify does not advise to compact a day of which no part is listed', async () => {
    const world = await outlivingWorld('int-1');
    expect(await verifyLake(world, { nowMs: LATER })).toMatchObject({ staleDays: [], problems: [] });
  });
});

describe('a lake that refuses a call', () => {
  const $metadata = { httpStatusCode: 403 };
  const denied = new S3ServiceException({ name: 'AccessDenied', $fault: 'client', $metadata });
  const refusing = (world: LakeWorld, refused: string, error: Error): Lake => {
    const send = async (command: Parameters<typeof world.client.send>[0]) => {
      if (command.constructor.name === refused) throw error;
      return world.client.send(command);
    };
    return { ...world, client: Object.assign(Object.create(world.client), { send }) };
  };
  it.each([
    ['ListObjectsV2Command', denied],
    ['ListObjectVersionsCommand', denied],
    ['DeleteObjectsCommand', denied],
    ['GetBucketLifecycleConfigurationCommand', new S3ServiceException({ ...denied, name: 'Denied', $metadata })],
  ])('%s: is explained in one line', async (refused, error) => {
    const world = await openWorld();
    await world.recordRun('r1', ['int-1', 'int-2']);
    await compactDay(world, DAY, STARTED_AT);
    const lake = refusing(world, refused, error);
    const thrown = await eraseInteractions(lake, ['int-1'], AT).catch((reason: unknown) => reason);
    expect(explainFault(thrown)).toEqual({
      exitCode: 1,
      message: expect.stringMatching(/^error: DataLakeRejected: S3 refused \w+ with status 403 \(\w+\)$/),
    });
  });
});
