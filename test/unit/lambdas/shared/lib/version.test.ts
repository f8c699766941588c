import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { PIPELINE_VERSION } from '../../../../../lambdas/shared/lib/version.ts';

it('is the version of package.json', () => {
  const { version } = JSON.parse(readFileSync(new URL('../../../../../package.json', import.meta.url), 'utf8')) as {
    version: string;
  };
  expect(PIPELINE_VERSION).toBe(version);
});
