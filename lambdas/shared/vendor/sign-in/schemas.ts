/** The answers of token service and discovery. Fields that we do not use are dropped; those that we use must be of the expected form. */
import * as z from 'zod';

/** Scopes that the three calls of an extraction need. */
export const REQUIRED_SCOPES = ['interactions:read', 'transcripts:read', 'jobs:read'] as const;

/** A day: no real token lives longer, and a nonsensical life must not keep an expired token in use. */
const MAX_TOKEN_SECONDS = 86_400;

/** A field that is looked at where it is there and makes sense, and missed only where it is needed. */
const ifAny = (longest: number) => z.string().min(1).max(longest).optional().catch(undefined);

/** What is read of a token: itself, its life in whole seconds (at most a day), its scopes, and whose it is. */
export const TokenResponse = z.object({
  access_token: z
    .string()
    .min(1)
    .max(16_384)
    .regex(/^[\x21-\x7e]+$/, 'must be printable'),
  token_type: z
    .string()
    .regex(/^bearer$/i, 'must be bearer')
    .optional(),
  /** Some gateways send the number as a string. Zero or less would mean a refresh before every call: refused. */
  expires_in: z
    .union([
      z.number(),
      z
        .string()
        .regex(/^\d{1,12}$/)
        .transform(Number),
    ])
    .pipe(z.number().positive())
    .transform((seconds) => Math.min(Math.max(1, Math.floor(seconds)), MAX_TOKEN_SECONDS)),
  /** Space separated (RFC 6749, section 3.3); left out when it equals what was asked for. */
  scope: z.string().max(4096).optional(),
  /** A JWT with the tenant's id. */
  id_token: ifAny(65_536),
  /** Base of the tenant's API, where an access key alone was taken; not always there. */
  resource_server_base_uri: ifAny(2048),
});
export type TokenResponse = z.infer<typeof TokenResponse>;

/** What is read of `/.well-known/openid-configuration` (OpenID Connect Discovery 1.0). */
export const DiscoveryDocument = z.object({ token_endpoint: ifAny(2048) });
export type DiscoveryDocument = z.infer<typeof DiscoveryDocument>;

/** What is read of `/.well-known/cxone-configuration`. */
export const TenantConfiguration = z.object({
  api_endpoint: ifAny(2048),
  area: z
    .string()
    .regex(/^[A-Za-z0-9-]{1,32}$/)
    .optional()
    .catch(undefined),
  domain: ifAny(253),
});
export type TenantConfiguration = z.infer<typeof TenantConfiguration>;
