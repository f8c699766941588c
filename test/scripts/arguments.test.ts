/** Options that are mistyped, and a Node that is too old: each is one line. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readDeployArguments } from '../../scripts/arguments.ts';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));
const scripts = (JSON.parse(readFileSync(`${PROJECT}/package.json`, 'utf8')) as { scripts: Record<string, string> })
  .scripts;
const ours = Object.entries(scripts).filter(([, command]) => command.startsWith('node '));

function node(...args: string[]) {
  return spawnSync(process.execPath, args, { cwd: PROJECT, encoding: 'utf8', env: { PATH: process.env.PATH } });
}

describe('scripts', () => {
  it.each(ours.map(([name, command]) => [name, command.split(' ').slice(1)] as const))(
    'npm run %s refuses an option that it does not know',
    (_, args) => {
      const { status, stdout, stderr } = node(...args, '--no-such-option');
      expect(status).not.toBe(0);
      expect(stdout).toBe('');
      expect(stderr).toContain('no-such-option');
      expect(stderr).not.toMatch(/^ {4}at /m);
    },
  );

  it('say which Node they need where they run on an older one', () => {
    const old =
      'data:text/javascript,Object.defineProperty(process,"versions",{value:{...process.versions,node:"20.20.2"}})';
    const { status, stderr } = node('--import', old, 'scripts/start.mjs', 'cli/transcripts.ts');
    expect(status).toBe(2);
    expect(stderr).toMatch(/^error: this needs Node 24 and runs on 20\.20\.2\. npm ci brings .*\n$/);
  });

  it('are all started by what says so, and the CDK too', () => {
    expect(ours.filter(([, command]) => !command.startsWith('node scripts/start.mjs '))).toEqual([]);
    expect(readFileSync(`${PROJECT}/cdk.json`, 'utf8')).toContain('"app": "node scripts/start.mjs ');
  });

  it('list the benchmarks there are', () => {
    const { status, stderr } = node('scripts/start.mjs', 'bench/run.ts', 'foo');
    expect(status).toBe(2);
    expect(stderr).toMatch(/^no such benchmark: foo; there are bundles, .*masking.*\n$/);
  });
});

describe('readDeployArguments', () => {
  it('reads what both take, and what only a deployment takes', () => {
    const both = ['--context', 'stage=prod', '-c', 'webhookUrl=https://a.test/?b=c', '--profile', 'me'];
    const read = { help: false, context: { stage: 'prod', webhookUrl: 'https://a.test/?b=c' }, profile: 'me' };
    expect(readDeployArguments(both, false)).toEqual(read);
    expect(readDeployArguments([...both, '--require-approval', 'never'], true)).toEqual(read);
  });

  it.each([
    ['an option of the deployment alone', ['--require-approval', 'never'], '--require-approval'],
    ['a stage that is no context', ['--stage', 'prod'], '--stage'],
    ['a word', ['prod'], 'prod'],
    ['a context without a value', ['--context', 'stage'], 'name=value, not stage'],
  ])('refuses %s', (_, args, words) => {
    expect(() => readDeployArguments(args, false)).toThrow(words);
  });
});
