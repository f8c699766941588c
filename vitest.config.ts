import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'packages/*/test/**/*.test.ts'],
    // Colours as a CI server gets them, everywhere: a test that passes here passes there.
    env: { CI: 'true' },
    setupFiles: ['test/property-seed.ts'],
    // Pipeline tests start processes of their own; two workers fit the smallest CI machine.
    maxWorkers: 2,
    // For what hangs, not for what is slow: the longest takes a tenth of it alone, and machines are busy.
    testTimeout: 600_000,
    hookTimeout: 600_000,
  },
});
