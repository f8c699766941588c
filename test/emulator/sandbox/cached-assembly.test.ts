import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Assembly } from '../../../emulator/engine/assembly.ts';
import { cachedAssembly } from '../../../emulator/sandbox/cached-assembly.ts';
import { handlerFolder, TASK_NAMES } from '../../../infra/task-table.ts';

let folder: string;
let handlersDir: string;
let handler: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cached-assembly-'));
  vi.stubEnv('TRANSCRIPTS_CACHE', join(folder, 'cache'));
  handlersDir = join(folder, 'handlers');
  for (const task of TASK_NAMES) {
    mkdirSync(join(handlersDir, handlerFolder(task)), { recursive: true });
    writeFileSync(join(handlersDir, handlerFolder(task), 'handler.ts'), 'export const handler = async () => null;\n');
  }
  handler = join(handlersDir, 'authenticate', 'handler.ts');
});
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

const bundleOf = ({ functions }: Assembly) =>
  join(functions.find(({ codeDir }) => codeDir.endsWith('authenticate'))?.codeDir ?? '', 'index.mjs');
const codeOf = (assembly: Assembly) => readFileSync(bundleOf(assembly), 'utf8');
const entries = () => readdirSync(join(folder, 'cache'));
const say = (word: string) => writeFileSync(handler, `export const handler = async () => '${word}';\n`);

/** The stack, and how many times it had to be made for it. */
async function take(onMaking = () => {}, settings = {}) {
  let made = 0;
  const assembly = await cachedAssembly({
    handlersDir,
    settings,
    onMaking: () => {
      made += 1;
      onMaking();
    },
  });
  return { assembly, made };
}

describe('the stack', () => {
  it('is made once, by whoever of two is the first', async () => {
    say('one');
    const [left, right] = await Promise.all([take(), take()]);
    expect(left.assembly).toEqual(right.assembly);
    expect(codeOf(left.assembly)).toContain('one');
    expect(await take()).toEqual({ assembly: left.assembly, made: 0 });
    expect(entries()).toHaveLength(1);
  });

  it('is of the sources as they are now, and as they were when it was looked for', async () => {
    const before = await take();
    say('two');
    // Somebody saves the file while the bundler is at work.
    const after = await take(() => say('three'));
    expect([codeOf(before.assembly), codeOf(after.assembly), after.made]).toEqual([
      expect.stringContaining('one'),
      expect.stringContaining('three'),
      2,
    ]);
    say('one');
    expect(await take()).toEqual({ assembly: before.assembly, made: 0 });
  });

  it('has other settings with the same bundles', async () => {
    const [plain, other] = [await take(), await take(undefined, { batchSize: 7 })];
    expect(JSON.stringify(other.assembly)).not.toBe(JSON.stringify(plain.assembly));
    expect(bundleOf(other.assembly)).toBe(bundleOf(plain.assembly));
  });

  it('is made anew where a part of it was cleared away', async () => {
    const { assembly } = await take();
    rmSync(bundleOf(assembly));
    expect(await take()).toEqual({ assembly, made: 1 });
    expect(existsSync(bundleOf(assembly))).toBe(true);
  });

  it('leaves nothing where it is stopped, and says why', async () => {
    const before = entries();
    say('never');
    const reason = new Error('Stopped');
    await expect(cachedAssembly({ handlersDir, signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    const stopping = new AbortController();
    const onMaking = () => void setTimeout(() => stopping.abort(reason), 50);
    await expect(cachedAssembly({ handlersDir, signal: stopping.signal, onMaking })).rejects.toBe(reason);
    expect(entries().filter((name) => name.startsWith('unfinished'))).toEqual([]);
    expect(entries().length).toBeLessThanOrEqual(before.length + 1);
  });

  it('tells what is wrong with a setting', async () => {
    await expect(take(undefined, { batchSize: 'many' })).rejects.toThrow(/batchSize/);
  });
});
