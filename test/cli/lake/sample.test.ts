import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { transcripts } from '../transcripts.ts';
import { DAY, openWorld } from './lake-world.ts';

it('draws what manifests list, and reads back what a person has marked', async () => {
  const world = await openWorld();
  const ids = Array.from({ length: 12 }, (_, n) => `int-${n}`);
  await world.recordRun('r1', ids.slice(0, 6), ids.slice(6));
  await world.storeBatch('open', 0, ['int-of-a-run-that-is-not-recorded']);
  const to = join(world.out, 'sample');
  const drawn = await transcripts([
    'sample',
    '5',
    '--seed',
    's',
    '--day',
    DAY,
    '--to',
    to,
    '--out',
    world.out,
    '--json',
  ]);
  expect(drawn).toMatchObject({ code: 0 });
  expect(JSON.parse(drawn.stdout)).toMatchObject({ drawn: 5, of: 12, seed: 's' });
  const page = await readFile(join(to, 'sample.html'), 'utf8');
  expect(page.match(/<section>/g)).toHaveLength(5);
  expect(page).toMatch(/<td>hello from int-\d+<\/td>/);
  expect(page).not.toContain('not-recorded');
  const sheet = join(to, 'sample.csv');
  expect((await stat(sheet)).mode & 0o077).toBe(0);

  const lines = (await readFile(sheet, 'utf8')).split('\r\n').filter(Boolean);
  expect(lines).toHaveLength(6);
  // Somebody finds a name in each but the last, which nobody has looked at.
  const filled = lines.map((line, n) => (n === 0 || n === 5 ? line : line.replace(',,0,,,', ',PERSON,0,,1,')));
  await writeFile(sheet, filled.join('\n'));
  const read = await transcripts(['sample', '--read', sheet, '--discard']);
  expect(read).toMatchObject({ code: 0, stdout: expect.stringContaining('4 of 5 interactions checked') });
  expect(read.stdout).toMatch(/PERSON +recall 0\.0% \(0\.0% to 49\.0%\)/);
  expect(await readdir(to)).toEqual(['sample-counts.json']);
  expect(await readFile(join(to, 'sample-counts.json'), 'utf8')).not.toContain('int-');
});

it.each([
  [['sample'], 'sample takes how many to draw, or --read and a sheet'],
  [['sample', '5', '--read', 'x'], 'sample takes how many to draw, or --read and a sheet'],
  [['sample', '--read', 'nothing-here.csv'], 'nothing-here.csv: no such file'],
  [['sample', '5', '--day', 'monday'], 'It must be a day: YYYY-MM-DD.'],
])('%j ends with 2 and says why', async (args, message) => {
  expect(await transcripts(args)).toMatchObject({ code: 2, stderr: expect.stringContaining(message) });
});

it('ends with 1 where there is nothing to draw from', async () => {
  const world = await openWorld();
  await world.recordRun('r1', ['int-1']);
  const args = ['sample', '5', '--day', '2020-01-01', '--to', join(world.out, 'sample'), '--out', world.out];
  expect(await transcripts(args)).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('has no transcripts of 2020-01-01'),
  });
});
