/** Surrogates: the same masked value gets the same token, so that analysts can join what they may not read. */
import { createHmac, createSecretKey } from 'node:crypto';
import type { MaskTools } from '@cxone-transcripts/masker';
import * as z from 'zod';
import type { SecretReader } from '../shared/aws/secrets.ts';

/**
 * `{"keyId": "k1", "key": "…"}`. Tokens of two keys never join: after a rotation (a new key under a new id) the row's
 * `surrogateKeyId` tells which tokens belong together.
 */
export const SurrogateKey = z.object({
  keyId: z.string().regex(/^[a-z0-9-]{1,16}$/),
  key: z.string().min(32).max(256),
});
export type SurrogateKey = z.infer<typeof SurrogateKey>;

/** 80 bits: two of a billion values share a token with a chance of one in two million. */
const TOKEN_HEX_DIGITS = 20;

/**
 * The masker's tools that replace a value by a truncated HMAC-SHA-256 of its type and canonical form.
 *
 * @example
 * surrogateTools(key).surrogate?.('EMAIL_ADDRESS', 'ann@example.com')
 * // 20 hex digits, the same for this key each time
 */
export function surrogateTools({ key }: SurrogateKey): MaskTools {
  const hmacKey = createSecretKey(Buffer.from(key, 'utf8'));
  return {
    surrogate: (type, canonical) =>
      createHmac('sha256', hmacKey).update(`${type}\n${canonical}`).digest('hex').slice(0, TOKEN_HEX_DIGITS),
  };
}

export interface Surrogates {
  tools: MaskTools;
  keyId: string;
}

/**
 * The tools and the id of their key; undefined where surrogates are off.
 *
 * @throws PipelineError `ConfigInvalid`, `VendorUnavailable` when the key cannot be read
 */
export async function readSurrogates(
  secret: SecretReader<typeof SurrogateKey> | undefined,
): Promise<Surrogates | undefined> {
  if (!secret) return undefined;
  const key = await secret.read();
  return { tools: surrogateTools(key), keyId: key.keyId };
}
