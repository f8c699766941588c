/**
 * Ids that end up in URLs and S3 keys.
 *
 * What passes between the states is ids and S3 keys, never a token, a result URL, transcript text or anything of unbounded
 * size.
 */
import * as z from 'zod';

/** Ids the vendor hands out end up in URLs and S3 keys: no slash, quote, space or control character. */
export const InteractionId = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._:-]{0,127}$/,
    'must be 1 to 128 letters, digits or . _ : - and start with a letter or digit',
  );

/** Step Functions execution name; becomes part of S3 keys. */
export const RunId = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,79}$/, 'must be 1 to 80 letters, digits, _ or -');
