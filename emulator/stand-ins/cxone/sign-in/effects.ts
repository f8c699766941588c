/** What a fault on a call of the sign-in and of discovery may do. */
import { z } from 'zod';
import { transport } from '../transport-fault.ts';

/** RFC 6749, section 5.2. */
export const SIGN_IN_ERRORS = [
  'invalid_request',
  'invalid_client',
  'invalid_grant',
  'unauthorized_client',
  'unsupported_grant_type',
  'invalid_scope',
] as const;

export const signInEffect = z.strictObject({
  ...transport,
  /** Refuses with 400 and this error, whatever was sent. */
  error: z.enum(SIGN_IN_ERRORS).optional(),
  /** `expires_in` as it stands, of any type. */
  expiresIn: z.union([z.number(), z.string(), z.null()]).optional(),
  /** `id_token` as it stands; null leaves it out. */
  idToken: z.string().nullable().optional(),
  /** Which token says the tenant; the one for the API by default says nothing. */
  tenantIdIn: z.enum(['id_token', 'access_token', 'neither']).optional(),
  /** `resource_server_base_uri`, which some tenants get. */
  resourceServer: z.string().optional(),
  /** `access_token` left out. */
  noToken: z.boolean().optional(),
});

export const openIdDiscoveryEffect = z.strictObject({
  ...transport,
  /** 404: no issuer here. */
  absent: z.boolean().optional(),
  /** `token_endpoint` as it stands; null leaves it out. */
  tokenEndpoint: z.string().nullable().optional(),
});

export const tenantDiscoveryEffect = z.strictObject({
  ...transport,
  /** 404: no such tenant. */
  unknownTenant: z.boolean().optional(),
  /** `api_endpoint` as it stands; null leaves it out. */
  apiEndpoint: z.string().nullable().optional(),
  /** `area` and `domain` as they stand; null leaves one out. */
  area: z.string().nullable().optional(),
  domain: z.string().nullable().optional(),
});
