import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundleHandlers } from '../../infra/bundle-handlers.ts';
import { handlerFolder, TASK_NAMES } from '../../infra/task-table.ts';
import { PERMANENT_ERRORS, TRANSIENT_ERRORS } from '../../lambdas/shared/contracts/errors.ts';

const HANDLERS = fileURLToPath(new URL('../../lambdas', import.meta.url));
const ONE_MB = 1_000_000;

let bundles: string;
beforeAll(() => {
  bundles = bundleHandlers(HANDLERS, TASK_NAMES.map(handlerFolder));
});
afterAll(() => rmSync(bundles, { recursive: true, force: true }));

describe('imports', () => {
  it('take zod as a namespace: the object `z` drags in 270 kB of translations', () => {
    const files = readdirSync(HANDLERS, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts'));
    const heavy = files.filter((path) =>
      /^import \{ z \} from 'zod'/m.test(readFileSync(join(HANDLERS, path), 'utf8')),
    );
    expect(heavy).toEqual([]);
  });
});

describe.each(TASK_NAMES)('bundle of %s', (task) => {
  it('is under a megabyte', () => {
    expect(statSync(join(bundles, handlerFolder(task), 'index.mjs')).size).toBeLessThan(ONE_MB);
  });

  it('needs no package beside it, but for what a function never looks for, or has from its runtime', () => {
    const code = readFileSync(join(bundles, handlerFolder(task), 'index.mjs'), 'utf8');
    const named = (pattern: RegExp) => [...code.matchAll(pattern)].map(([, name = '']) => name);
    const packages = (names: string[]) => names.filter((name) => !isBuiltin(name));
    expect(packages(named(/\bfrom\s*["']([@a-z][^"']*)/g))).toEqual([]);
    const later = packages(named(/\bimport\(\s*["']([^"']+)/g));
    const isElsewhere = (name: string) =>
      name.startsWith('@aws-sdk/credential-provider-') || name === '@aws-sdk/client-comprehend';
    expect(later.filter((name) => !isElsewhere(name))).toEqual([]);
  });

  it('keeps the names of errors, on which the state machine matches', () => {
    const code = readFileSync(join(bundles, handlerFolder(task), 'index.mjs'), 'utf8');
    const used = [...TRANSIENT_ERRORS, ...PERMANENT_ERRORS].filter((name) => code.includes(`"${name}"`));
    expect(used).toContain('ConfigInvalid');
    expect(used).toContain('ContractViolation');
  });
});
