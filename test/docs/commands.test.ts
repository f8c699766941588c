/** The commands that the documents show: they exist, with the options shown. */
import { readdirSync, readFileSync } from 'node:fs';
import { DEFAULT_TYPES, OPT_IN_TYPES } from '@cxone-transcripts/masker';
import { describe, expect, it } from 'vitest';
import { createProgram } from '../../cli/program.ts';

const PROJECT = new URL('../../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, PROJECT), 'utf8');
const files = [
  'README.md',
  'SECURITY.md',
  ...readdirSync(new URL('docs/', PROJECT))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];
const texts = files.map((path) => ({ path, text: read(path) }));

const shown = texts.flatMap(({ path, text }) =>
  [...text.matchAll(/npm run -s transcripts -- ([a-z]+)([^\n`|#]*)/g)].map(([, command = '', rest = '']) => ({
    path,
    command,
    rest,
  })),
);
const { commands } = await createProgram(undefined);

describe('the documents', () => {
  it.each(shown)('$path: transcripts $command$rest', ({ command, rest }) => {
    const found = commands.find((one) => one.name() === command);
    const options = [...rest.matchAll(/ (--[a-z-]+)/g)].map(([, option]) => option);
    const known = ['--help', ...(found?.options.map(({ long }) => long) ?? [])];
    expect({ command, unknown: options.filter((option) => !known.includes(option)) }).toEqual({
      command: found?.name(),
      unknown: [],
    });
  });

  it.each(texts)('$path starts TypeScript through npm only, which finds the right Node', ({ text }) => {
    expect(text).not.toMatch(/^(?:\S+=\S+ )*node \S+\.ts/m);
  });

  it.each(texts)('$path says which region it bootstraps', ({ text }) => {
    expect([...text.matchAll(/cdk bootstrap(?! aws:\/\/)/g)]).toEqual([]);
  });

  it('count the types that are on and off as they are', () => {
    expect(read('docs/deploy.md')).toContain(
      `the ${DEFAULT_TYPES.length} types that need no switching on; ${OPT_IN_TYPES.length} more`,
    );
  });
});
