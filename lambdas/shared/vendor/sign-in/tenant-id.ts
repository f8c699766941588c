/** The tenant that a token is for, read from the token itself (JWT, RFC 7519). Pure. */
import * as z from 'zod';

/** A UUID on paper; any id that can stand in a query is taken. */
const Claims = z.object({ tenantId: z.string().regex(/^[A-Za-z0-9_-]{1,128}$/) });

function claimedBy(token: string): string | undefined {
  try {
    // The claims are not verified: whoever could forge them answers our sign-in, and names no host that is not allowed.
    const claims: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'));
    return Claims.safeParse(claims).data?.tenantId;
  } catch {
    return undefined;
  }
}

/**
 * The id of the tenant that the first of the tokens names; undefined when none does. An id token may be missing or be no
 * JWT, and an access token may be opaque.
 *
 * @example tenantIdOf([undefined, 'e30.eyJ0ZW5hbnRJZCI6InQtMSJ9.sig']) // 't-1'
 */
export function tenantIdOf(tokens: readonly (string | undefined)[]): string | undefined {
  for (const token of tokens) {
    const id = token === undefined ? undefined : claimedBy(token);
    if (id !== undefined) return id;
  }
  return undefined;
}
