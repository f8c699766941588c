import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, it, onTestFinished } from 'vitest';
import { hashFiles } from '../../../emulator/hash-files.ts';

let base: string;
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'hash-files-'));
  mkdirSync(join(base, 'src', 'test'), { recursive: true });
  writeFileSync(join(base, 'src', 'a.ts'), 'a');
  writeFileSync(join(base, 'lock.json'), '{}');
  onTestFinished(() => rmSync(base, { recursive: true, force: true }));
});

const hash = (...more: string[]) => hashFiles(base, ['src', 'lock.json', 'none.json'], ...more);

it.each([
  ['a byte', () => writeFileSync(join(base, 'src', 'a.ts'), 'b')],
  ['a file more', () => writeFileSync(join(base, 'src', 'b.ts'), '')],
  ['a file less', () => rmSync(join(base, 'src', 'a.ts'))],
  [
    'another name',
    () => {
      rmSync(join(base, 'src', 'a.ts'));
      writeFileSync(join(base, 'src', 'b.ts'), 'a');
    },
  ],
  [
    'a border between files that moves',
    () => {
      writeFileSync(join(base, 'src', 'a.ts'), '');
      writeFileSync(join(base, 'lock.json'), 'a{}');
    },
  ],
  ['a file that was not there', () => writeFileSync(join(base, 'none.json'), '')],
])('%s is another hash', (_, change) => {
  const before = hash();
  change();
  expect(hash()).not.toBe(before);
});

it.each([
  ['time', () => utimesSync(join(base, 'src', 'a.ts'), 0, 0)],
  ['test', () => writeFileSync(join(base, 'src', 'test', 'a.test.ts'), '')],
])('another %s is the same hash', (_, change) => {
  const before = hash();
  change();
  expect(hash()).toBe(before);
});

it('is another one with other words', () => {
  expect(new Set([hash(), hash('v24.1.0'), hash('v24', '.1.0')]).size).toBe(3);
});
