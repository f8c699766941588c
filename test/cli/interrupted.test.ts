/** Commands that are stopped, lose the reader of their output, or find a folder in which nothing can be written. */
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { openWorld } from './lake/lake-world.ts';
import { scratch, start, transcripts } from './transcripts.ts';

const EVENT = 'events/manual-interactions.json';
const RUN = ['run', EVENT, '--speed', '50', '--out'];
const STACK_TRACE = /^ {4}at /m;

/** A process's temporary folder, and one for its output. */
async function places(): Promise<{ tmp: string; out: string }> {
  const folder = await scratch();
  const [tmp, out] = [join(folder, 'tmp'), join(folder, 'out')];
  await mkdir(tmp);
  return { tmp, out };
}

/** The variables of a process that finds nothing prepared. */
async function firstStart(): Promise<{ TRANSCRIPTS_CACHE: string }> {
  return { TRANSCRIPTS_CACHE: join(await scratch(), 'cache') };
}

/** Resolves once the output holds the words. */
async function until(output: () => string, words: string): Promise<void> {
  while (!output().includes(words)) await sleep(5);
}

describe('Ctrl-C', () => {
  it.each([
    // The bundler and the CDK are at work.
    ['while the stack is being synthesised', 'preparing', true],
    ['before the first state', 'source', false],
    ['while CXone is asked for credentials', 'Authenticate', false],
    ['while batches are under way', 'job submitted', false],
  ])('%s leaves one line, exit code 1 and nothing else', async (_, words, isFirst) => {
    const { tmp, out } = await places();
    const env = { TMPDIR: tmp, ...(isFirst ? await firstStart() : {}) };
    const { child, finished, output } = await start([...RUN, out], { env, ownGroup: true });
    await until(output, words);
    // A terminal sends it to the whole group: the processes of functions and the bundler get it too.
    process.kill(-(child.pid as number), 'SIGINT');
    const { code, stdout, stderr } = await finished;
    expect(code).toBe(1);
    expect(stdout + stderr).not.toMatch(STACK_TRACE);
    expect(stderr).toMatch(/^(Stopped\.\n)?$/);
    expect(await readdir(tmp)).toEqual([]);
  });

  it.each([
    ['plan', ['plan', EVENT]],
    ['redeliver', ['redeliver', 'run-1']],
  ])('stops %s as well', async (_, args) => {
    const { tmp, out } = await places();
    await mkdir(join(out, 'data-lake', 'runs', 'run-1'), { recursive: true });
    await writeFile(join(out, 'data-lake', 'runs', 'run-1', 'plan.json'), '{}');
    const env = { TMPDIR: tmp, ...(await firstStart()) };
    const { child, finished, errors } = await start([...args, '--out', out], { env, ownGroup: true });
    await until(errors, 'preparing');
    process.kill(-(child.pid as number), 'SIGINT');
    const { code, stdout, stderr } = await finished;
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/preparing.*\nStopped\.\n$/);
    expect(await readdir(tmp)).toEqual([]);
  });
});

describe('an erasure that is stopped while it tells the webhook', () => {
  it('has said what it erased', async () => {
    const world = await openWorld();
    await world.recordRun('run-1', ['int-1', 'int-2']);
    const args = ['erase', '--interaction', 'int-1', '--yes', '--json', '--out', world.out];
    const { child, finished, errors } = await start(args, { env: await firstStart(), ownGroup: true });
    await until(errors, 'preparing');
    process.kill(-(child.pid as number), 'SIGINT');
    const { code, stdout } = await finished;
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ rows: { 'int-1': 1 }, runs: ['run-1'] });
  });
});

describe('an output that nobody reads any more', () => {
  it.each([
    ['at once', 'source'],
    ['in the middle', 'PlanExtraction'],
  ])('ends a run %s, with 1 and nothing left', async (_, words) => {
    const { tmp, out } = await places();
    const { child, finished, output } = await start([...RUN, out], { env: { TMPDIR: tmp } });
    await until(output, words);
    child.stdout.destroy();
    const { code, stderr } = await finished;
    expect({ code, stderr }).toEqual({ code: 1, stderr: 'Stopped, since nobody reads the output any more.\n' });
    expect(await readdir(tmp)).toEqual([]);
  });

  it('ends what only shows things without a word', async () => {
    const lines = '{"a":"call 212 555 0142"}\n'.repeat(50_000);
    const { child, finished, output } = await start(['mask'], { stdin: lines });
    await until(output, '\n');
    child.stdout.destroy();
    expect(await finished).toMatchObject({ code: 0, stderr: '' });
  });
});

describe('an output folder', () => {
  it.each([
    ['in which nothing can be made', '/proc/x'],
    ['below a file', 'README.md/out'],
    ['that is a file', 'README.md'],
  ])('%s is one line and exit code 2', async (_, out) => {
    const { code, stderr } = await transcripts(['run', EVENT, '--out', out]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^error: \S*(proc\/x|README\.md)\S*: cannot be written to \([A-Z]+\)\n$/);
  });

  it.each(['logs', 'webhook', 'data-lake'])('of which %s is a file is refused before anything starts', async (name) => {
    const { tmp, out } = await places();
    await mkdir(out);
    await writeFile(join(out, name), '');
    const { code, stderr } = await transcripts(['run', EVENT, '--out', out], { env: { TMPDIR: tmp } });
    expect(code).toBe(2);
    expect(stderr).toContain(`${name}: cannot be written to`);
    expect(stderr).not.toMatch(STACK_TRACE);
    expect(await readdir(tmp)).toEqual([]);
  });
});

describe('a damaged record', () => {
  it.each([
    ['status', ['status', 'run-1', '--out']],
    ['show', ['show', 'run-1', '--out']],
  ])('is named by %s in one line', async (_, args) => {
    const { out } = await places();
    const folder = join(out, 'data-lake', 'runs', 'run-1');
    await mkdir(folder, { recursive: true });
    for (const file of ['plan.json', 'manifest.json']) await writeFile(join(folder, file), '{"schemaVersion": 9');
    const { code, stderr } = await transcripts([...args, out]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^error: ContractViolation: .*runs\/run-1\/(plan|manifest)\.json(: it is not JSON)?\n$/);
  });
});
