import { globSync, readFileSync } from 'node:fs';
import { defineConfig } from 'vitest/config';

/** Tests of functions and of the stack's text: no processes, no folders in common. */
const UNIT = ['test/unit/**/*.test.ts', 'packages/*/test/**/*.test.ts'];
/** What replaces modules must not meet one that another file has read already, nor leave its own to it. */
const MOCKING = globSync(UNIT, { cwd: import.meta.dirname }).filter((path) =>
  readFileSync(new URL(path, import.meta.url), 'utf8').includes('vi.mock('),
);

export default defineConfig({
  test: {
    // Colours as a CI server gets them, everywhere: a test that passes here passes there.
    env: { CI: 'true' },
    setupFiles: ['test/compile-cache.ts', 'test/property-seed.ts'],
    // Node runs the sources as the product does: Vite would rewrite each access to an import, which doubles the time of hot
    // loops.
    experimental: { viteModuleRunner: false },
    // Pipeline tests start processes of their own; two workers fit the smallest CI machine.
    maxWorkers: 2,
    // For what hangs, not for what is slow: the longest takes a tenth of it alone, and machines are busy.
    testTimeout: 600_000,
    hookTimeout: 600_000,
    projects: [
      // To read the sources anew for each of two hundred files takes as long as the tests do.
      { extends: true, test: { name: 'unit', include: UNIT, exclude: MOCKING, isolate: false } },
      { extends: true, test: { name: 'unit-with-mocks', include: MOCKING } },
      { extends: true, test: { name: 'whole', include: ['test/**/*.test.ts'], exclude: UNIT } },
    ],
  },
});
