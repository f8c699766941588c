import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { entryFolder, prune, publish, unfinishedFolder } from '../../../emulator/content-cache.ts';

const MINUTE_MS = 60_000;

let cache: string;
beforeEach(() => {
  cache = mkdtempSync(join(tmpdir(), 'content-cache-'));
  vi.stubEnv('TRANSCRIPTS_CACHE', cache);
  onTestFinished(() => {
    vi.unstubAllEnvs();
    rmSync(cache, { recursive: true, force: true });
  });
});

function makeOld(name: string, minutes: number): void {
  const then = new Date(Date.now() - minutes * MINUTE_MS);
  utimesSync(join(cache, name), then, then);
}

describe('what is published', () => {
  it('is in its place as a whole, and a second one that is the same changes nothing', () => {
    const place = join(entryFolder('key'), 'bundles');
    for (const text of ['first', 'second']) {
      const folder = unfinishedFolder();
      mkdirSync(join(folder.path, 'made'));
      writeFileSync(join(folder.path, 'made', 'index.mjs'), text);
      publish(join(folder.path, 'made'), place);
      folder.remove();
    }
    expect(readFileSync(join(place, 'index.mjs'), 'utf8')).toBe('first');
    expect(readdirSync(cache)).toEqual(['key']);
  });

  it('tells of a fault of the file system', () => {
    expect(() => publish(join(cache, 'none'), join(cache, 'place'))).toThrow(/ENOENT/);
  });
});

describe('pruning', () => {
  it('keeps the newest entries, and what is in use', () => {
    const old = Array.from({ length: 12 }, (_, index) => `old-${index}`);
    for (const [index, name] of old.entries()) {
      mkdirSync(join(cache, name));
      makeOld(name, 20 + index);
    }
    mkdirSync(join(cache, 'unfinished-killed'));
    makeOld('unfinished-killed', 20);
    mkdirSync(join(cache, 'unfinished-now'));
    for (let index = 0; index < 5; index += 1) entryFolder(`used-${index}`);
    prune();
    const used = ['used-0', 'used-1', 'used-2', 'used-3', 'used-4'];
    expect(readdirSync(cache).sort()).toEqual(['old-0', 'old-1', 'old-2', 'unfinished-now', ...used]);
  });

  it('leaves an entry that was taken again', () => {
    entryFolder('mine');
    makeOld('mine', 60);
    entryFolder('mine');
    expect(Date.now() - statSync(join(cache, 'mine')).mtimeMs).toBeLessThan(MINUTE_MS);
  });
});

it('is elsewhere where nothing can be written', () => {
  writeFileSync(join(cache, 'file'), '');
  vi.stubEnv('TRANSCRIPTS_CACHE', join(cache, 'file', 'below'));
  writeFileSync(join(entryFolder('key'), 'made'), '');
  expect(readdirSync(entryFolder('key'))).toEqual(['made']);
});
