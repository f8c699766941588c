/** Signatures as Standard Webhooks asks for them: HMAC-SHA-256 over id, time and body, with every key that is valid. */
import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import * as z from 'zod';

const PREFIX = 'whsec_';
/** 128 bits; below that a key can be guessed. */
const MIN_KEY_BYTES = 16;

function keyBytes(secret: string): Buffer {
  return Buffer.from(secret.slice(PREFIX.length), 'base64');
}

const SigningKey = z
  .string()
  // Base64 never leaves one character over.
  .regex(/^whsec_(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2,3})?={0,2}$/)
  .refine((secret) => keyBytes(secret).length >= MIN_KEY_BYTES);

/** `{"current": "whsec_…", "previous": "whsec_…"}`; `previous` only during a rotation. */
export const SigningKeys = z.object({ current: SigningKey, previous: SigningKey.optional() });
export type SigningKeys = z.infer<typeof SigningKeys>;

export interface SignedHeaders {
  'webhook-id': string;
  /** Seconds since the epoch. */
  'webhook-timestamp': string;
  /** `v1,…` once per key, with a space between them. */
  'webhook-signature': string;
}

/** Signs events with the keys of one secret. */
export class Signer {
  readonly #keys: KeyObject[];

  constructor({ current, previous }: SigningKeys) {
    const secrets = previous === undefined || previous === current ? [current] : [current, previous];
    // A KeyObject: with a plain buffer every HMAC would import the key anew.
    this.#keys = secrets.map((secret) => createSecretKey(keyBytes(secret)));
  }

  /**
   * The three headers that prove who has sent the body, and when.
   *
   * @param nowMs time of this attempt: verifiers refuse what is older than a few minutes
   * @example signer.sign('msg_1', body, 1_700_000_000_000)['webhook-timestamp'] // '1700000000'
   */
  sign(id: string, body: Buffer, nowMs: number): SignedHeaders {
    const timestamp = String(Math.floor(nowMs / 1000));
    const signatures = this.#keys.map(
      (key) => `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest('base64')}`,
    );
    return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures.join(' ') };
  }
}
