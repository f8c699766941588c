/** The project's tests as a mutant meets them: the given files in the given order, one at a time, up to the first failure. */
import { join } from 'node:path';
import { mergeConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import project from '../../vitest.config.ts';

const root = join(import.meta.dirname, '../..');
const files = JSON.parse(process.env.MUTATE_TESTS ?? '[]') as string[];
const placeOf = ({ moduleId }: TestSpecification) => files.findIndex((file) => moduleId.endsWith(`/${file}`));

class InGivenOrder extends BaseSequencer {
  override async sort(specifications: TestSpecification[]): Promise<TestSpecification[]> {
    return specifications.toSorted((a, b) => placeOf(a) - placeOf(b));
  }
}

const config = mergeConfig(project, { root, cacheDir: join(root, '.mutate-cache'), test: { fsModuleCache: false } });
// Not merged: lists would be joined.
config.test = { ...config.test, projects: undefined, include: files, sequence: { sequencer: InGivenOrder } };

export default config;
