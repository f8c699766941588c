import { existsSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import { undocumentedExports } from '../scripts/architecture/docstrings.ts';
import { mayImport, mayUsePackage, placeOf } from '../scripts/architecture/room-of.ts';
import { ROOMS } from '../scripts/architecture/rooms.ts';
import { importsOf, readSources } from '../scripts/architecture/sources.ts';

/** A file that one reads at a sitting. */
const MAX_LINES = 300;
/** Files in a folder that one finds one's way in. */
const MAX_FILES = 20;
/** Tables rather than programs: they are as long as what they list. */
const DATA = ['packages/masker/src/types/general-phrases.ts', 'packages/masker/test/tables/utterances.ts'];

/** Folders whose exports all say what they are. */
const DOCUMENTED = ['infra', 'lambdas'];

const sources = readSources();

describe('the rooms', () => {
  it.each([
    ['lambdas/authenticate/handler.ts', 'lambdas/shared/task/middleware.ts', true],
    ['lambdas/authenticate/handler.ts', 'lambdas/plan-extraction/chunks.ts', false],
    ['lambdas/authenticate/handler.ts', 'packages/masker/src/index.ts', true],
    ['lambdas/authenticate/handler.ts', 'packages/masker/src/detect/detect.ts', false],
    ['lambdas/plan-extraction/handler.ts', 'lambdas/shared/vendor/other/client.ts', false],
    ['infra/stage-config.ts', 'lambdas/shared/vendor/other/settings.ts', true],
    ['infra/stage-config.ts', 'packages/masker/src/options.ts', true],
    ['infra/stage-config.ts', 'packages/masker/src/index.ts', false],
    ['lambdas/shared/vendor/exchange.ts', 'lambdas/shared/runs/watermark.ts', false],
    ['packages/masker/src/leak-check/leak-check.ts', 'packages/masker/src/text/tokens.ts', false],
    ['scripts/deploy.ts', 'infra/cost/price-table.ts', true],
    ['scripts/deploy.ts', 'test/serve.ts', false],
    ['lambdas/shared/contracts/errors.ts', 'lambdas/shared/new-room/file.ts', false],
  ])('lets %s import %s: %s', (from, to, allowed) => {
    expect(mayImport(from, to)).toBe(allowed);
  });

  it('are read from declarations, types and calls alike', () => {
    const text = `
      import a from './a.ts';
      import type { B } from '../b.ts';
      export { c } from './c.ts';
      export * from './d.ts';
      type E = import('./e.ts').E;
      const f = await import('./f.ts');
      import { MaskOptions } from '@cxone-transcripts/masker/options';
      import { join } from 'node:path';`;
    const files = ['x/a.ts', 'b.ts', 'x/c.ts', 'x/d.ts', 'x/e.ts', 'x/f.ts', 'packages/masker/src/options.ts'];
    expect(importsOf({ path: 'x/y.ts', text })).toEqual([...files.map((file) => ({ file })), { package: 'node:path' }]);
  });

  it('are there, each of them', () => {
    const used = new Set(sources.map(({ path }) => placeOf(path)?.room));
    expect(ROOMS.filter((room) => !used.has(room))).toEqual([]);
  });

  it('have every source file in one of them', () => {
    expect(sources.map(({ path }) => path).filter((path) => placeOf(path) === undefined)).toEqual([]);
  });

  it('import only what the table of `scripts/architecture/rooms.ts` lets them', () => {
    const forbidden = sources.flatMap((source) =>
      importsOf(source).flatMap((target) => {
        const isAllowed =
          'file' in target ? mayImport(source.path, target.file) : mayUsePackage(source.path, target.package);
        return isAllowed ? [] : [`${source.path} imports ${'file' in target ? target.file : target.package}`];
      }),
    );
    expect(forbidden.toSorted()).toEqual([]);
  });
});

describe('docs/architecture.md', () => {
  it('names files and folders that are there', () => {
    const page = readFileSync(new URL('../docs/architecture.md', import.meta.url), 'utf8');
    const table = page.slice(page.indexOf('## Where do I change'), page.indexOf('## Glossary'));
    const named = [...table.matchAll(/`((?!secrets\/)[\w-]+\/[\w./-]+)`/g)].map(([, path = '']) => path);
    expect(named.length).toBeGreaterThan(40);
    expect(named.filter((path) => !existsSync(new URL(`../${path}`, import.meta.url)))).toEqual([]);
  });
});

describe('files and folders', () => {
  it(`have at most ${MAX_LINES} lines, data aside`, () => {
    const long = sources.filter(
      ({ path, text }) => text.trimEnd().split('\n').length > MAX_LINES && !DATA.includes(path),
    );
    expect(long.map(({ path }) => path)).toEqual([]);
  });

  it(`have at most ${MAX_FILES} source files in a folder`, () => {
    const byFolder = Map.groupBy(sources, ({ path }) => posix.dirname(path));
    const full = [...byFolder].filter(([, files]) => files.length > MAX_FILES);
    expect(full.map(([folder, files]) => `${folder}: ${files.length}`)).toEqual([]);
  });

  it('hand nothing on that they have from others, the entries of packages aside', () => {
    const barrels = sources.filter(({ path, text }) => !/^packages\/[^/]+\/src\/\w+\.ts$/.test(path) && isBarrel(text));
    expect(barrels.map(({ path }) => path)).toEqual([]);
  });
});

describe('exported functions, classes and constants', () => {
  it.each([
    ['/** Two. */\nexport const two = 2;', []],
    ['/** The file. */\n\nexport const two = 2;', ['two']],
    ['// Two.\nexport function two() { return 2; }', ['two']],
    ['export class Two {}\nexport interface Three {}\nexport type Four = 4;', ['Two']],
  ])('have a docstring or not: %j', (text, undocumented) => {
    expect(undocumentedExports({ path: 'a.ts', text })).toEqual(undocumented);
  });

  it.each(DOCUMENTED)('have one in %s', (folder) => {
    const missing = sources
      .filter(({ path }) => path.startsWith(`${folder}/`))
      .flatMap((source) => undocumentedExports(source).map((name) => `${source.path}: ${name}`));
    expect(missing).toEqual([]);
  });
});

/** Whether all that a file does is to export what other files have: `export … from`, or `import` and `export {…}`. */
function isBarrel(text: string): boolean {
  const code = text.replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '').trim();
  const handedOn = code.replaceAll(/^export\s+(type\s+)?(\*(\s+as\s+\w+)?|\{[^}]*\})\s+from\s+'\.[^']+';?$/gm, '');
  return handedOn !== code && handedOn.replaceAll(/^import\s[^;]*;$/gm, '').trim() === '';
}
