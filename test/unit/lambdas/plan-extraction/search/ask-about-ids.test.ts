import { describe, expect, it } from 'vitest';
import { askAboutIds } from '../../../../../lambdas/plan-extraction/search/ask-about-ids.ts';
import { PipelineError } from '../../../../../lambdas/shared/contracts/errors.ts';

const task = { logger: { warn: () => {} } } as unknown as Parameters<typeof askAboutIds>[1];
const refusing = (name: 'VendorRejected' | 'ContractViolation' | 'VendorUnavailable') => async () => {
  throw new PipelineError(name, 'no');
};

describe('askAboutIds', () => {
  it.each(['VendorRejected', 'ContractViolation'] as const)('leaves ids unchecked after %s', async (name) => {
    expect(await askAboutIds(refusing(name), task)(['a'])).toBeUndefined();
  });

  it('passes on what may pass', async () => {
    const asking = askAboutIds(refusing('VendorUnavailable'), task)(['a']);
    await expect(asking).rejects.toMatchObject({ name: 'VendorUnavailable' });
  });
});
