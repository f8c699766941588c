/** Names that people and other systems give: of interactions, folders and objects. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { printable } from '../../cli/terminal/printable.ts';
import { scratch, transcripts } from './transcripts.ts';

describe('names', () => {
  it.each(['constructor', 'toString', 'hasOwnProperty', 'valueOf'])(
    'an interaction may be called %s',
    async (interaction) => {
      const lake = await scratch();
      const flags = ['--out', lake, '--interaction', interaction, '--yes'];
      expect(await transcripts(['erase', ...flags])).toMatchObject({
        code: 0,
        stdout: expect.stringContaining(`${interaction}: 0 rows erased`),
      });
      expect(JSON.parse((await transcripts(['erase', '--json', ...flags])).stdout)).toMatchObject({ rows: {} });
    },
  );

  it('do nothing to the terminal', async () => {
    const out = await scratch();
    const name = 'part\u001b]0;pwned\u0007\u202etxt.jsonl.gz';
    const folder = join(out, 'data-lake', 'transcripts', 'v=1', 'media_type=voice', 'dt=2026-11-21');
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, name), '');
    for (const args of [
      ['verify', out],
      ['verify', '--json', out],
      ['run', join(out, `${name}.json`)],
      ['verify', join(out, name, 'nowhere')],
      ['status', '--out', out, `run${name}`],
      [`command${name}`],
    ]) {
      const { stdout, stderr } = await transcripts(args);
      const text = stdout + stderr;
      expect(text).not.toBe('');
      expect(text).toBe(printable(text));
    }
  });
});
