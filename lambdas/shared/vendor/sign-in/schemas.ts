/** The token service's answer. Fields that we do not use are dropped; those that we use must be of the expected form. */
import * as z from 'zod';

/** Scopes that the three calls of an extraction need. */
export const REQUIRED_SCOPES = ['interactions:read', 'transcripts:read', 'jobs:read'] as const;

/** A day: no real token lives longer, and a nonsensical life must not keep an expired token in use. */
const MAX_TOKEN_SECONDS = 86_400;

/** What is read of a token: itself, its life in whole seconds (at most a day), its scopes. */
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
});
export type TokenResponse = z.infer<typeof TokenResponse>;
