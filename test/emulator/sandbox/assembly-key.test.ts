import { describe, expect, it } from 'vitest';
import { MADE_FROM, settingsKey } from '../../../emulator/sandbox/assembly-key.ts';
import { handlerFolder, TASK_NAMES } from '../../../infra/task-table.ts';
import { importsOf, readSources } from '../../../scripts/architecture/sources.ts';

/** Whatever is imported by the synthesis and the handlers, by others too. */
function filesRead(): Map<string, string> {
  const sources = new Map(readSources().map((source) => [source.path, source]));
  const read = new Set([
    'emulator/sandbox/synth-process.ts',
    ...TASK_NAMES.map((task) => `lambdas/${handlerFolder(task)}/handler.ts`),
  ]);
  for (const path of read) {
    const source = sources.get(path);
    for (const target of source ? importsOf(source) : []) if ('file' in target) read.add(target.file);
  }
  return new Map([...read].map((path) => [path, sources.get(path)?.text ?? '']));
}

describe('the name of a stack', () => {
  const read = filesRead();

  it('covers every file that the synthesis and the bundles import', () => {
    expect(read.size).toBeGreaterThan(200);
    const isCovered = (path: string) => MADE_FROM.some((made) => path === made || path.startsWith(`${made}/`));
    expect([...read.keys()].filter((path) => !isCovered(path))).toEqual([]);
  });

  it('covers the folders and files that the synthesis reads by their names', () => {
    const synthesis = [...read].filter(([path]) => path.startsWith('infra/') || path.startsWith('emulator/sandbox/'));
    const readers = synthesis.filter(([, text]) => /\b(?:readFileSync|readdirSync|readFile)\(/.test(text));
    // Another one that reads a file of the project: is it in `MADE_FROM`?
    expect(readers.map(([path]) => path).sort()).toEqual([
      'emulator/sandbox/synth.ts',
      'infra/constructs/data-catalog.ts',
    ]);
    expect(MADE_FROM).toEqual(expect.arrayContaining(['athena', 'cdk.json', 'package-lock.json', 'package.json']));
  });

  it.each([
    ['a setting', { batchSize: 21 }, {}],
    ['what the CDK reads of its environment', { batchSize: 20 }, { CDK_CONTEXT_JSON: '{}' }],
  ])('tells apart %s', (_, settings, environment) => {
    expect(settingsKey(settings, environment)).not.toBe(settingsKey({ batchSize: 20 }, { HOME: '/root' }));
  });
});
