/**
 * What is mutated, and which tests have to notice it: the one place that names folders. Paths are globs from the
 * project's folder; one that begins with `!` takes files out again.
 */
export interface Area {
  name: string;
  files: readonly string[];
  /** Quick tests: those of them that import a changed file are asked first. */
  tests: readonly string[];
  /**
   * Tests that bundle handlers or start processes, whose imports do not say what they reach: asked about what the quick
   * ones let live, the most telling first.
   */
  slowTests: readonly string[];
}

/** What is mutated, and the tests that are to notice. */
export const AREAS: readonly Area[] = [
  {
    name: 'decisions',
    files: [
      'lambdas/{authenticate,get-job-status,plan-extraction,record-outcome,store-transcripts,submit-transcript-job}/**',
      'lambdas/shared/**',
      '!lambdas/shared/delivery/**',
    ],
    tests: ['test/{unit,webhook,year}/**'],
    slowTests: [
      'test/infra/{state-machine,permissions}.test.ts',
      'test/pipeline/{happy-path,outcomes,vendor-faults,schedules,own-faults,overdue-job}.test.ts',
    ],
  },
  {
    name: 'lake',
    files: ['cli/lake/**', '!cli/lake/verification/problem.ts'],
    tests: ['test/{unit,cli/lake}/**', '!test/cli/lake/commands.test.ts'],
    slowTests: ['test/cli/lake/commands.test.ts', 'test/pipeline/{lake*,shared-lake}.test.ts'],
  },
  {
    name: 'delivery',
    files: ['lambdas/{deliver-transcripts,park-deliveries}/**', 'lambdas/shared/delivery/**', 'cli/redeliver/**'],
    tests: ['test/{unit,webhook}/**'],
    slowTests: ['test/pipeline/{delivery,happy-path}.test.ts', 'test/cli/redeliver.test.ts'],
  },
  {
    name: 'stack',
    // The entry point is held by `npm run synth:stages`.
    files: ['infra/**', '!infra/{acknowledgements,app}.ts', '!infra/constructs/observability/dashboard*.ts'],
    tests: ['test/{infra,scripts,unit}/**', '!test/infra/bundles.test.ts'],
    slowTests: ['test/infra/bundles.test.ts', 'test/pipeline/{happy-path,outcomes,schedules,delivery}.test.ts'],
  },
  {
    name: 'masker',
    files: [
      'packages/masker/src/**',
      '!packages/masker/src/model/rules-version.ts',
      '!packages/masker/src/prefilter/scanner/{assembly/**,scanner-wasm.ts,webassembly.d.ts}',
    ],
    tests: ['packages/masker/test/**', 'test/unit/**'],
    slowTests: ['test/pipeline/canary.test.ts'],
  },
];

/** Tests that notice any change of a text, whatever it does: that they fail says nothing. By their names. */
export const CHANGE_DETECTORS: readonly string[] = [
  'a change of the rules comes with a new version',
  'the bytes of the scanner are those of its source',
  'is up to date: `npm run docs` writes it',
];
