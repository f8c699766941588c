import { describe, expect, it } from 'vitest';
import { checkScopes } from '../../../../../../lambdas/shared/vendor/sign-in/check-scopes.ts';

describe('checkScopes', () => {
  it('accepts all three, whatever else is granted', () => {
    expect(checkScopes(['jobs:read', 'x', 'interactions:read', 'transcripts:read'])).toHaveLength(3);
  });

  it('accepts a vendor that does not name the scopes', () => {
    expect(checkScopes(undefined)).toEqual([]);
  });

  it.each([
    [['interactions:read', 'jobs:read'], 'transcripts:read'],
    [['transcripts:read'], 'interactions:read, jobs:read'],
    [[], 'interactions:read, transcripts:read, jobs:read'],
  ])('names what is missing from %j', (granted, named) => {
    expect(() => checkScopes(granted)).toThrow(
      expect.objectContaining({ name: 'VendorAuthFailed', message: expect.stringContaining(`scope ${named}:`) }),
    );
  });
});
