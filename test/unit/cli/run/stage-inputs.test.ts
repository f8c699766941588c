import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { stageInputs } from '../../../../cli/run/stage-inputs.ts';

/** Set by a test: what somebody does just before the file is copied. */
const meanwhile = vi.hoisted(() => ({ edit: async () => {} }));
vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof import('node:fs/promises')>();
  return {
    ...real,
    copyFile: async (from: string, to: string) => {
      await meanwhile.edit();
      await real.copyFile(from, to);
    },
  };
});

let folder: string;
let lake: string;
let event: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stage-inputs-'));
  lake = join(folder, 'lake');
  event = join(folder, 'event.json');
});
afterEach(async () => {
  meanwhile.edit = async () => {};
  await rm(folder, { recursive: true, force: true });
});

async function put(path: string, text: string) {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}

async function stage(key: string) {
  const { input, taken } = await stageInputs(event, { interactionIdsFrom: `s3:///${key}` }, lake);
  const { interactionIdsFrom } = input as { interactionIdsFrom: string };
  return { key: interactionIdsFrom.replace('s3:///', ''), taken };
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 16);

describe('a file of ids beside the event', () => {
  it.each([
    ['inputs/ids.csv', `inputs/sha256-${sha256('id\na\n')}/ids.csv`],
    ['inputs/more/ids.csv', `inputs/more/sha256-${sha256('id\na\n')}/ids.csv`],
    ['inputs/Käse.csv', `inputs/sha256-${sha256('id\na\n')}/Käse.csv`],
    ['inputs/日本,(1)+x&y.csv', `inputs/sha256-${sha256('id\na\n')}/日本,(1)+x&y.csv`],
    ['lists/x.csv', `inputs/lists/sha256-${sha256('id\na\n')}/x.csv`],
    ['ids.jsonl', `inputs/sha256-${sha256('id\na\n')}/ids.jsonl`],
  ])('%s is staged under what it holds', async (key, copy) => {
    await put(join(folder, key), 'id\na\n');
    const staged = await stage(key);
    expect(staged).toEqual({ key: copy, taken: `${join(folder, key)} as it is now, as ${copy}` });
    expect(await readFile(join(lake, copy), 'utf8')).toBe('id\na\n');
  });

  it.each(['inputs/lost.csv', 'lists/lost.csv', 'inputs/Käse.csv', 'lost.csv'])(
    '%s that is nowhere is refused with the places',
    async (key) => {
      const staging = stage(key);
      await expect(staging).rejects.toThrow(`${key} is not in ${folder}, where the event is, nor in ${lake}`);
    },
  );

  it.each(['../x.csv', 'inputs/../../x.csv', './x.csv', 'inputs//x.csv'])('%s is refused', async (key) => {
    await expect(stage(key)).rejects.toThrow('leads elsewhere');
  });

  it('is taken from the lake where it is only there', async () => {
    await put(join(lake, 'lists/x.csv'), 'id\na\n');
    expect(await stage('lists/x.csv')).toMatchObject({ key: 'lists/x.csv' });
  });

  it('of another bucket is left as it is named', async () => {
    const input = { interactionIdsFrom: 's3://elsewhere/x.csv' };
    expect(await stageInputs(event, input, lake)).toEqual({ input });
  });

  it('that is edited meanwhile is kept under the hash of what was copied', async () => {
    await put(join(folder, 'inputs/ids.csv'), 'id\na\n');
    meanwhile.edit = () => writeFile(join(folder, 'inputs/ids.csv'), 'id\nb\n');
    const { key } = await stage('inputs/ids.csv');
    const kept = await readFile(join(lake, key), 'utf8');
    expect(kept).toBe('id\nb\n');
    expect(key).toContain(sha256(kept));
  });
});
