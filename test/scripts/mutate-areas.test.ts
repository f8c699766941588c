import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { AREAS } from '../../scripts/mutate/areas.ts';
import { isAmong, withoutBraces } from '../../scripts/mutate/globs.ts';
import { filesOf } from '../../scripts/mutate/tree-copy.ts';

const FILES = filesOf(join(import.meta.dirname, '../..'));

describe('an area of mutation names folders and tests that are there', () => {
  const globs = AREAS.flatMap(({ name, files, tests, slowTests }) =>
    [...files, ...tests, ...slowTests].flatMap((glob) =>
      withoutBraces(glob.replace(/^!/, '')).map((one): [string, string] => [name, one]),
    ),
  );
  it.each(globs)('%s: %s', (_, glob) => {
    expect(FILES.some((file) => isAmong(file, [glob]))).toBe(true);
  });
});
