import { expect, it } from 'vitest';
import { importsOf, testsByFile } from '../../../../scripts/mutate/import-graph.ts';

it.each([
  ["import { a } from './a.ts';", ['lib/a.ts']],
  ["import a, {\n  b,\n} from '../b.ts';", ['b.ts']],
  ["import './a.ts';", ['lib/a.ts']],
  ["export { a } from './a.ts';", ['lib/a.ts']],
  ["const { a } = await import('./a.ts');", ['lib/a.ts']],
  ["fileURLToPath(new URL('a.ts', import.meta.url));", ['lib/a.ts']],
  ["import type { A } from './a.ts';\nimport { join } from 'node:path';", []],
])('%s leads to %j', (source, expected) => {
  expect(importsOf('lib/here.ts', source)).toEqual(expected);
});

it('finds the tests that load a file through others, in a circle too', () => {
  const sources = new Map([
    ['test/one.test.ts', "import { a } from '../a.ts';"],
    ['test/two.test.ts', "import { b } from '../b.ts';"],
    ['a.ts', "import { b } from './b.ts';"],
    ['b.ts', "import { a } from './a.ts';\nimport { c } from './c.ts';"],
    ['c.ts', ''],
  ]);
  const tests = testsByFile(sources, ['test/one.test.ts', 'test/two.test.ts']);
  expect(tests.get('c.ts')).toEqual(['test/one.test.ts', 'test/two.test.ts']);
  expect(tests.get('test/one.test.ts')).toEqual(['test/one.test.ts']);
  expect(tests.get('none.ts')).toBeUndefined();
});
