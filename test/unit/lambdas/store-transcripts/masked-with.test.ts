import { createMasker, DEFAULT_TYPES, MASK_RULES_VERSION, type MaskOptions } from '@cxone-transcripts/masker';
import { expect, it } from 'vitest';
import { readLexicon } from '../../../../lambdas/shared/lib/names-lexicon.ts';
import { maskedWith } from '../../../../lambdas/store-transcripts/masked-with.ts';

const of = (options: MaskOptions) => maskedWith(createMasker(options, readLexicon()));

it('names the rules and the types that are on', () => {
  expect(of({})).toMatchObject({ rules: MASK_RULES_VERSION, types: [...DEFAULT_TYPES].sort() });
  expect(of({ enable: ['VIN'], disable: ['PIN'] }).types).toEqual(
    [...DEFAULT_TYPES, 'VIN'].filter((type) => type !== 'PIN').sort(),
  );
});

it.each<[string, MaskOptions, MaskOptions, boolean]>([
  [
    'the order of members means nothing',
    { regions: ['GB'], enable: ['VIN'] },
    { enable: ['VIN'], regions: ['GB'] },
    true,
  ],
  ['another region', { regions: ['GB'] }, { regions: ['IE'] }, false],
  ['another replacement', { replacements: { PIN: '[A1]' } }, { replacements: { PIN: '[A2]' } }, false],
  ['none', {}, { regions: ['US'] }, false],
])('options: %s', (_, one, other, same) => {
  expect(of(one).optionsHash === of(other).optionsHash).toBe(same);
  expect(of(one).optionsHash).toMatch(/^[0-9a-f]{16}$/);
});
