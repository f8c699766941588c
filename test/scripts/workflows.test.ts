import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const workflows = readdirSync(new URL('../../.github/workflows', import.meta.url)).map(
  (file) => [file, read(`.github/workflows/${file}`)] as const,
);
const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
const { context } = JSON.parse(read('cdk.json')) as { context: { stages: Record<string, unknown> } };

describe.each(workflows)('workflow %s', (_file, text) => {
  it('has the least permissions, and never those of the base for code of a fork', () => {
    expect(text).toMatch(/^permissions:\n {2}contents: read$/m);
    expect(text).not.toContain('pull_request_target');
    expect(text).not.toMatch(/: write$(?<!id-token: write)/m);
  });

  it('puts nothing that came from outside into a command', () => {
    const commands = text.split('\n').filter((line) => /^\s*(- )?run: /.test(line));
    for (const command of commands) expect(command).not.toMatch(/\$\{\{/);
  });

  it('names scripts that exist', () => {
    const names = [...text.matchAll(/npm run (?:-s )?([\w:-]+)/g)].map(([, name]) => name ?? '');
    expect(names.filter((name) => scripts[name] === undefined)).toEqual([]);
  });

  it('keeps no AWS key', () => {
    expect(text).not.toMatch(/AWS_ACCESS_KEY_ID|AWS_SECRET_ACCESS_KEY/);
  });
});

describe('check', () => {
  it('shows the difference of every example stage', () => {
    const lists = [...read('.github/workflows/check.yml').matchAll(/for stage in ([\w -]+);/g)];
    for (const [, list = ''] of lists) expect(list.split(' ')).toEqual(Object.keys(context.stages));
  });
});
