import { describe, expect, it } from 'vitest';
import { readSources } from '../../scripts/architecture/sources.ts';
import { keptLake } from './kept-lake.ts';
import { READERS, storeWith, withNewFields } from './records.ts';

const lake = keptLake('0.1.0');

describe.each(READERS)('$schema in $key', ({ key, read }) => {
  it('is read', async () => {
    await expect(read(storeWith(lake, key))).resolves.toBeDefined();
  });

  it('is read the same with fields that are not known', async () => {
    const known = await read(storeWith(lake, key));
    expect(await read(storeWith(lake, key, withNewFields))).toEqual(known);
  });

  it('of a newer version is refused: the error names the record, both versions and what to do', async () => {
    const newer = storeWith(lake, key, (record) => ({ ...record, schemaVersion: 2 }));
    await expect(read(newer)).rejects.toMatchObject({
      name: 'ContractViolation',
      message: `${key}: it has schemaVersion 2 and this version of the pipeline knows 1: a newer one wrote it, upgrade to read it`,
    });
  });
});

const READ = /\bread(?:Json|JsonLines|JsonLinesIfAny|Record)\(\s*[^;]*?,[^;]*?,\s*([A-Z]\w*)\b/g;
const VERSIONED = /\bconst (\w+) = z\.(?:strict|loose)?[oO]bject\(\{\s*schemaVersion:/g;

describe('every record', () => {
  const sources = [...readSources('lambdas'), ...readSources('cli')].map(({ text }) =>
    text.replaceAll(/^ *\/?\*.*$/gm, ''),
  );
  const namesIn = (pattern: RegExp) =>
    new Set(sources.flatMap((text) => [...text.matchAll(pattern)].map(([, name = '']) => name)));
  const covered = new Set(READERS.map(({ schema }) => schema));

  it('that is read by its schema has a row in the table', () => {
    const read = [...namesIn(READ)];
    expect(read.length).toBeGreaterThan(10);
    expect(read.filter((name) => !covered.has(name))).toEqual([]);
  });

  it('that has a version has a row in the table', () => {
    const versioned = [...namesIn(VERSIONED)];
    expect(versioned.length).toBeGreaterThan(15);
    // `verify` reads whole rows: test/cli/lake/verify.test.ts.
    expect(versioned.filter((name) => !covered.has(name) && name !== 'TranscriptRow')).toEqual([]);
  });
});
