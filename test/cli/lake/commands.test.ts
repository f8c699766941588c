import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { keys } from '../../../lambdas/shared/storage/layout.ts';
import { transcripts } from '../transcripts.ts';
import { DAY, type LakeWorld, openWorld, STARTED_AT } from './lake-world.ts';

const ORPHAN = keys.transcripts('voice', DAY, 'nobody', 0);
const parts = async ({ out }: LakeWorld) =>
  (await readdir(join(out, 'data-lake/transcripts'), { recursive: true })).join();

/** Two days old, as somebody would find it. */
async function putOrphan({ out }: LakeWorld): Promise<void> {
  const path = join(out, 'data-lake', ORPHAN);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, 'x');
  const then = new Date(Date.now() - 2 * 86_400_000);
  await utimes(path, then, then);
}

async function openRun(world: LakeWorld, interactionId: string): Promise<void> {
  const run = {
    runId: 'open',
    source: 'window',
    plannedAt: STARTED_AT,
    batchesKey: keys.batches('open'),
    batchCount: 1,
  };
  await world.store.write(keys.openRuns, JSON.stringify({ schemaVersion: 1, revision: 1, runs: [run] }));
  await world.store.write(keys.batches('open'), `${JSON.stringify({ batch: 0, interactionIds: [interactionId] })}\n`);
}

describe('verify --delete-orphans', () => {
  it('deletes nothing unasked, then what it showed', async () => {
    const world = await openWorld();
    await world.recordRun('r1', ['int-1']);
    await putOrphan(world);
    const unasked = await transcripts(['verify', world.out, '--delete-orphans']);
    expect(unasked).toMatchObject({ code: 2, stderr: expect.stringContaining('--yes') });
    expect(unasked.stderr).toContain(`  ${ORPHAN}\n`);
    expect(await parts(world)).toContain('nobody');
    const asked = await transcripts(['verify', world.out, '--delete-orphans', '--yes']);
    expect(asked).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/\n {2}transcripts\S+nobody-000000\.jsonl\.gz\n1 orphans deleted\n$/),
    });
    expect(await parts(world)).not.toContain('nobody');
    expect(await parts(world)).toContain('r1-000000');
  });

  it('deletes nothing while a manifest cannot be read, and names it', async () => {
    const world = await openWorld();
    await world.recordRun('r1', ['int-1']);
    await putOrphan(world);
    await world.change(keys.manifest('r1'), (record) => ({ ...record, schemaVersion: 2 }));
    const refused = await transcripts(['verify', world.out, '--delete-orphans', '--yes']);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain('No orphan was deleted: first mend runs/r1/manifest.json');
    expect(await parts(world)).toMatch(/(?=.*nobody)(?=.*r1-000000)/);
  });
});

describe('erase', () => {
  const erase = (world: LakeWorld, ...more: string[]) =>
    transcripts(['erase', '--interaction', 'int-1', '--out', world.out, '--no-notify', ...more]);

  it('asks first, exits 0 when it is done, and counts any id', async () => {
    const world = await openWorld();
    await world.recordRun('r1', ['int-1', 'int-2', 'constructor']);
    expect(await erase(world)).toMatchObject({ code: 2, stdout: '' });
    expect(await world.keysOf(keys.tombstones)).toEqual([]);
    const { code, stdout } = await erase(world, 'constructor', 'toString', '--yes');
    expect(code).toBe(2);
    expect(stdout).toBe('');
    const done = await erase(world, '--interaction', 'constructor', 'toString', '--yes');
    expect(done.code).toBe(0);
    expect(done.stdout).toContain('int-1: 1 rows erased\nconstructor: 1 rows erased\ntoString: 0 rows erased\n');
  });

  it('exits 1 while a run under way has it planned', async () => {
    const world = await openWorld();
    await world.recordRun('r1', ['int-1', 'int-2']);
    await openRun(world, 'int-1');
    const { code, stdout } = await erase(world, '--yes');
    expect(code).toBe(1);
    expect(stdout).toContain('int-1: a run under way has it planned');
  });

  it('exits 1 and names what it could not look into', async () => {
    const world = await openWorld();
    await world.recordRun('r1', ['int-1', 'int-2']);
    await world.change(keys.receipt('r1', 0), (record) => ({ ...record, schemaVersion: 9 }));
    const { code, stdout } = await erase(world, '--json', '--yes');
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ rows: {}, leftAlone: [{ key: keys.receipt('r1', 0) }] });
  });
});

describe('compact', () => {
  it('exits 1 with one line that names what it cannot go by', async () => {
    const world = await openWorld();
    await world.recordRun('r1', ['int-1']);
    await world.store.write(keys.manifest('r1'), '{');
    const { code, stdout, stderr } = await transcripts(['compact', DAY, '--out', world.out]);
    expect({ code, stdout, stderr }).toEqual({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(/\nerror: not compacted: runs\/r1\/manifest\.json: it is not JSON\n$/),
    });
  });
});
