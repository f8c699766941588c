/** Files of ids beside an event, rows that are shown, text that is masked. */
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { scratch, transcripts } from './transcripts.ts';

const FAST = ['--speed', '50'];

/** An event whose ids are in a file beside it, in a folder with blanks in its name. */
async function listed(ids: readonly string[]) {
  const folder = join(await scratch(), "somebody's folder");
  await mkdir(join(folder, 'inputs'), { recursive: true });
  const event = join(folder, 'event.json');
  const file = join(folder, 'inputs', 'list.csv');
  await writeFile(event, JSON.stringify({ interactionIdsFrom: 's3:///inputs/list.csv', mediaTypes: ['chat'] }));
  const write = (content: readonly string[]) => writeFile(file, ['interactionId', ...content, ''].join('\n'));
  await write(ids);
  return { event, file, write, out: join(folder, 'out') };
}

describe('a list of ids', () => {
  it('is taken as it is now, whatever was run before, and the run says so', async () => {
    const { event, file, write, out } = await listed(['list-1', 'list-2']);
    const run = async () => {
      const { code, stdout, stderr } = await transcripts(['run', event, '--out', out, '--json', ...FAST]);
      expect(code).toBe(0);
      return { counts: JSON.parse(stdout).counts, stderr };
    };
    const first = await run();
    expect(first.counts).toMatchObject({ requested: 2 });
    expect(first.stderr).toContain(`${file} as it is now, as inputs/sha256-`);

    await write(['list-1', 'list-2', 'list-3', 'list-4']);
    expect((await run()).counts).toMatchObject({ requested: 4 });
    // The list of the first run is still there for whoever asks what it was.
    expect((await readdir(join(out, 'data-lake', 'inputs'))).filter((name) => name.startsWith('sha256-'))).toHaveLength(
      2,
    );

    await write(['list-5']);
    const planned = await transcripts(['plan', event, '--out', out]);
    expect(planned.stdout).toContain('1 interaction in 1 batch');
    expect(planned.stdout).toMatch(/source +interactionIdsFrom s3:\/\/\/inputs\/sha256-[0-9a-f]{16}\/list\.csv/);
  });

  it('that is nowhere is named, with where it was looked for', async () => {
    const { event, out } = await listed([]);
    await writeFile(event, JSON.stringify({ interactionIdsFrom: 's3:///inputs/lost.csv' }));
    const { code, stderr } = await transcripts(['run', event, '--out', out]);
    expect(code).toBe(2);
    expect(stderr).toContain('interactionIdsFrom: inputs/lost.csv is not in ');
    expect(stderr).toContain(join(out, 'data-lake'));
  });
});

describe('what a run prints to look at', () => {
  it('is a command that works as it stands, in a folder with blanks', async () => {
    const { event, out } = await listed(['list-1']);
    const { stdout } = await transcripts(['run', event, '--out', out, '--name', 'run-1', ...FAST]);
    const quoted = `'${out.replaceAll("'", "'\\''")}'`;
    expect(stdout).toContain(`npm run -s transcripts -- show run-1 --limit 1 --out ${quoted}\n`);
    const shown = await transcripts(['show', 'run-1', '--limit', '1', '--out', out]);
    expect(JSON.parse(shown.stdout)).toMatchObject({ interactionId: 'list-1', masked: true });
    expect(await transcripts(['show', 'run-2', '--out', out])).toMatchObject({ code: 2, stdout: '' });
  });

  it('of a dry run is its plan, and that nothing was done', async () => {
    const { event, out } = await listed(['list-1']);
    await writeFile(event, JSON.stringify({ interactionIds: ['a', 'b'], mediaTypes: ['chat'], dryRun: true }));
    const { stdout } = await transcripts(['run', event, '--out', out, ...FAST]);
    expect(stdout).toContain('Dry run        2 would be extracted in 1 batch; nothing was');
    expect(stdout).toContain('plan written');
    expect(stdout).not.toMatch(/Personal data|manifest/);
  });

  it('after a window in which nothing is, is a hint', async () => {
    const { event, out } = await listed([]);
    await writeFile(event, JSON.stringify({ window: { from: '2099-01-01T00:00:00Z', to: '2099-01-02T00:00:00Z' } }));
    const { code, stdout } = await transcripts(['run', event, '--out', out, ...FAST]);
    expect(code).toBe(0);
    expect(stdout).toContain('→ Nothing was found.');
  });
});

describe('compact', () => {
  it('says of a day without transcripts that there is none', async () => {
    const out = await scratch();
    const { code, stdout } = await transcripts(['compact', '2001-01-01', '--out', out]);
    expect({ code, stdout }).toEqual({ code: 0, stdout: '2001-01-01: no transcript of that day is stored here\n' });
  });
});

describe('mask --text', () => {
  it('takes lines as they are, blank ones too', async () => {
    const { code, stdout } = await transcripts(['mask', '--text'], { stdin: 'my ssn is 078-05-1120\n\n{"a":1}\n' });
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'my ssn is [SSN_MASKED]\n\n{"a":1}\n' });
  });

  it('tells with --spans what was found where', async () => {
    const { stdout } = await transcripts(['mask', '--text', '--spans'], { stdin: 'my ssn is 078-05-1120' });
    expect(JSON.parse(stdout)).toEqual({
      value: 'my ssn is [SSN_MASKED]',
      findings: [{ path: '', type: 'US_SSN', start: 10, end: 21 }],
    });
  });
});
