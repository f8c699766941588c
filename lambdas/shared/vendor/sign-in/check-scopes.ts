import { PipelineError } from '../../contracts/errors.ts';
import { REQUIRED_SCOPES } from './schemas.ts';

/**
 * The granted scopes that an extraction needs; empty where the vendor does not name them.
 *
 * @param granted the token's scopes; undefined when the vendor does not name them, which RFC 6749 allows
 * @throws PipelineError `VendorAuthFailed` naming every missing scope
 * @example
 * checkScopes(['interactions:read', 'transcripts:read', 'jobs:read', 'reports:read'])
 * // ['interactions:read', 'transcripts:read', 'jobs:read']
 */
export function checkScopes(granted: string[] | undefined): string[] {
  if (granted === undefined) return [];
  const missing = REQUIRED_SCOPES.filter((scope) => !granted.includes(scope));
  if (missing.length > 0) {
    throw new PipelineError(
      'VendorAuthFailed',
      `The API client lacks the scope ${missing.join(', ')}: grant it in CXone`,
    );
  }
  return [...REQUIRED_SCOPES];
}
