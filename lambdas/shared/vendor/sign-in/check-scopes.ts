import { PipelineError } from '../../contracts/errors.ts';
import { REQUIRED_SCOPES } from './schemas.ts';

/**
 * Checks that a token may do what an extraction does.
 *
 * @param granted the token's scopes; undefined when the vendor does not name them, which RFC 6749 allows
 * @returns the granted scopes that the pipeline knows
 * @throws PipelineError `VendorAuthFailed` naming every missing scope
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
