import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { MASK_RULES_VERSION } from '../../../lambdas/pii/rules-version.ts';
import recorded from './rules-digest.json' with { type: 'json' };

const RULES = new URL('../../../lambdas/pii/', import.meta.url);

/** The sources without comments and white space: wording may change, rules may not. */
function digestOfRules(): string {
  const hash = createHash('sha256');
  for (const file of readdirSync(RULES).sort()) {
    if (!file.endsWith('.ts') || file === 'rules-version.ts') continue;
    const source = readFileSync(new URL(file, RULES), 'utf8');
    hash.update(file).update(source.replace(/\/\*\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '').replace(/\s+/g, ' '));
  }
  return hash.digest('hex');
}

test('a change of the rules comes with a new version', () => {
  const digest = digestOfRules();
  expect(
    (recorded as Record<string, string>)[MASK_RULES_VERSION],
    `The rules changed: raise MASK_RULES_VERSION and record ${digest} for it in rules-digest.json.`,
  ).toBe(digest);
  expect(new Set(Object.values(recorded)).size).toBe(Object.keys(recorded).length);
});
