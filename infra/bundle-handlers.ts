/** Bundles every handler in one esbuild call: a spawn per function would cost a second each. */
import { copyFileSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import { LEXICON_FILE, lexiconPath } from '../lambdas/shared/lib/names-lexicon.ts';

const PROJECT = join(dirname(fileURLToPath(import.meta.url)), '..');

/** Where the product's own handlers are. */
export const HANDLERS_DIR = join(PROJECT, 'lambdas');

/** Some bundled packages are CommonJS and call `require` for Node's own modules. */
const REQUIRE_IN_ESM = "import{createRequire as _cr}from'node:module';const require=_cr(import.meta.url);";

/**
 * Ways to credentials that the AWS SDK tries, by `import()`, where the environment holds none. A function's always does
 * (docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html), so these would be a tenth of its code for nothing.
 */
const CREDENTIALS_OF_OTHER_PLACES = ['http', 'ini', 'login', 'process', 'sso', 'web-identity'].map(
  (place) => `@aws-sdk/credential-provider-${place}`,
);

/** Loaded only where `masking.comprehend` is on, which a function alone can have: its runtime brings the client along. */
const FROM_THE_RUNTIME = ['@aws-sdk/client-comprehend'];

/** A bundle with this file in it needs the lexicon beside it: 400 kB of bytes that are no text. */
const READS_LEXICON = 'lambdas/shared/lib/names-lexicon.ts';

/**
 * The directory with the bundle of each folder's `handler.ts`: `<folder>/index.mjs` and its source map. The caller
 * removes it.
 *
 * @throws Error from esbuild, which names file and line
 * @example bundleHandlers('lambdas', ['authenticate']) // '/tmp/functions-a1b2c3', with authenticate/index.mjs in it
 */
export function bundleHandlers(handlersDir: string, folders: readonly string[]): string {
  // Source maps hold paths relative to their own place: with a fixed (never written) place, equal sources give equal
  // bytes on every machine, so that a deploy updates only the functions that changed.
  const outdir = join(PROJECT, 'cdk.out', 'functions');
  const { outputFiles, metafile } = buildSync({
    entryPoints: folders.map((folder) => ({ in: join(handlersDir, folder, 'handler.ts'), out: `${folder}/index` })),
    outdir,
    absWorkingDir: PROJECT,
    write: false,
    metafile: true,
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    outExtension: { '.js': '.mjs' },
    mainFields: ['module', 'main'],
    banner: { js: REQUIRE_IN_ESM },
    minify: true,
    external: [...CREDENTIALS_OF_OTHER_PLACES, ...FROM_THE_RUNTIME],
    // Names of functions and classes are not kept, which would take a twentieth of the code: the errors that Step Functions
    // matches on carry theirs as text.
    sourcemap: 'linked',
    sourcesContent: false,
    charset: 'utf8',
    logLevel: 'silent',
  });
  const target = mkdtempSync(join(tmpdir(), 'functions-'));
  for (const file of outputFiles) {
    const path = join(target, relative(outdir, file.path));
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, file.contents);
  }
  for (const [output, { inputs }] of Object.entries(metafile.outputs))
    if (READS_LEXICON in inputs)
      copyFileSync(lexiconPath(), join(target, dirname(relative(outdir, join(PROJECT, output))), LEXICON_FILE));
  return target;
}
