import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { findForbidden, type LockedPackage } from '../../scripts/licences/find-forbidden.ts';

describe('licences', () => {
  it.each<[string, LockedPackage, boolean]>([
    ['a permissive one', { license: 'MIT' }, true],
    ['a choice that holds a permissive one', { license: '(GPL-3.0-only OR MIT)' }, true],
    ['two of which one is not allowed', { license: 'MIT AND GPL-3.0-only' }, false],
    ['none', {}, false],
    ['a weak copyleft that is bundled', { license: 'MPL-2.0' }, false],
    ['a weak copyleft that is a tool', { license: 'MPL-2.0', dev: true }, true],
  ])('%s', (_name, entry, isAllowed) => {
    expect(findForbidden({ '': {}, 'node_modules/a/node_modules/@b/c': { version: '1.0.0', ...entry } })).toEqual(
      isAllowed ? [] : [{ name: '@b/c@1.0.0', licence: entry.license ?? 'none stated', isBundled: !entry.dev }],
    );
  });

  it('of this project are all allowed', () => {
    const lock = JSON.parse(readFileSync(new URL('../../package-lock.json', import.meta.url), 'utf8')) as {
      packages: Record<string, LockedPackage>;
    };
    expect(findForbidden(lock.packages)).toEqual([]);
  });
});
