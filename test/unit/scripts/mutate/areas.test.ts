import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { AREAS } from '../../../../scripts/mutate/areas.ts';
import { inOrder, isAmong } from '../../../../scripts/mutate/globs.ts';

const PROJECT = join(import.meta.dirname, '../../../..');
const files = ['cli', 'infra', 'lambdas', 'packages', 'test'].flatMap((folder) =>
  readdirSync(join(PROJECT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(PROJECT.length + 1)),
);

it.each(
  AREAS.flatMap(({ name, files: globs, tests, slowTests }) =>
    [...globs, ...tests, ...slowTests].map((glob) => [name, glob] as const),
  ),
)('%s: there is something at %s', (_, glob) => {
  expect(files.some((file) => isAmong(file, [glob.replace(/^!/, '')]))).toBe(true);
});

it('leaves no file in two areas', () => {
  const twice = files.filter((file) => AREAS.filter((area) => isAmong(file, area.files)).length > 1);
  expect(twice).toEqual([]);
});

it('asks of slow tests in the order of the table', () => {
  const paths = ['t/b.test.ts', 't/a.test.ts', 't/c.ts', 's/a.test.ts'];
  expect(inOrder(paths, ['t/{a,b}.test.ts', '{s,t}/*.ts', '!t/c.ts'])).toEqual([
    't/a.test.ts',
    't/b.test.ts',
    's/a.test.ts',
  ]);
});
