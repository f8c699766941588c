import { globSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { MaskOptions } from '../../src/model/options.ts';
import { OPT_IN_TYPES, PII_TYPES, type PiiType } from '../../src/model/type-table.ts';
import { TYPE_LIST, TYPES } from '../../src/types/registry.ts';
import { readMarks } from '../marked.ts';
import { maskTranscript } from '../masker.ts';
import type { TypeTable } from './type-table.ts';

const DIRECTORY = fileURLToPath(new URL('.', import.meta.url));
const SOURCES = fileURLToPath(new URL('../../src/types/', import.meta.url));
const FEWEST_SENTENCES = 8;

const tables = await Promise.all(
  globSync('*/*.table.ts', { cwd: DIRECTORY })
    .toSorted()
    .map(async (file) => {
      const { table } = (await import(`${DIRECTORY}${file}`)) as { table: TypeTable };
      return { file: file.replace('.table.ts', ''), ...table };
    }),
);

/** What is found of one type, with it switched on. */
function found(text: string, type: PiiType): [string, string][] {
  const enable = OPT_IN_TYPES.filter((one) => one === type);
  const options: MaskOptions = enable.length > 0 ? { enable } : {};
  return maskTranscript(text, options)
    .findings.filter((finding) => finding.type === type)
    .map(({ start, end }) => [type, text.slice(start, end)]);
}

function isDescriptor(exported: unknown): boolean {
  return typeof exported === 'object' && exported !== null && 'announcedBy' in exported && 'replacement' in exported;
}

describe.each(tables)('$type', ({ type, personal, ordinary }) => {
  test.each(personal)('%s', (marked) => {
    const { text, spans } = readMarks(marked);
    expect(found(text, type)).toEqual(spans.map(({ start, end }) => [type, text.slice(start, end)]));
    if (TYPES[type].enabled === 'on request')
      expect(maskTranscript(text).findings.filter((finding) => finding.type === type)).toEqual([]);
  });

  test.each(ordinary)('is not in: %s', (text) => {
    expect(found(text, type)).toEqual([]);
  });
});

describe('the registry', () => {
  test('has each type under its own name, and no other', () => {
    expect(TYPE_LIST.map(({ name }) => name).toSorted()).toEqual([...PII_TYPES].toSorted());
    for (const [name, descriptor] of Object.entries(TYPES)) expect(descriptor.name).toBe(name);
  });

  test('has every type that a file below `types` describes', async () => {
    const files = globSync('*/*.ts', { cwd: SOURCES }).toSorted();
    const modules = await Promise.all(files.map(async (file) => [file, await import(`${SOURCES}${file}`)] as const));
    const described = modules.flatMap(([file, exports]) =>
      Object.values(exports as Record<string, unknown>)
        .filter(isDescriptor)
        .map((descriptor) => ({ file, descriptor })),
    );
    const missing = described.filter(({ descriptor }) => !TYPE_LIST.some((type) => type === descriptor));
    expect(missing.map(({ file }) => file)).toEqual([]);
    expect(described).toHaveLength(TYPE_LIST.length);
  });

  test('has no replacement twice', () => {
    expect(new Set(TYPE_LIST.map(({ replacement }) => replacement)).size).toBe(TYPE_LIST.length);
  });

  test.each(TYPE_LIST)('$name has enough sentences that hold it, and look-alikes', ({ name }) => {
    const own = tables.filter(({ type }) => type === name);
    expect(own.map(({ file }) => file)).toHaveLength(1);
    for (const { personal, ordinary } of own) {
      const holding = personal.filter((marked) => readMarks(marked).spans.some(({ type }) => type === name));
      expect(new Set(holding).size).toBeGreaterThanOrEqual(FEWEST_SENTENCES);
      expect(new Set(ordinary).size).toBeGreaterThanOrEqual(FEWEST_SENTENCES);
    }
  });
});
