/** What the vendor accepts, checked strictly: a field too many is as wrong as one too few. */
import { z } from 'zod';
import { BULK_MEDIA_TYPES } from '../../../../lambdas/shared/contracts/job-options.ts';

const ids = (max: number) =>
  z
    .array(z.string().regex(/^[A-Za-z0-9._:-]{1,128}$/, 'is not an interaction id'))
    .min(1)
    .max(max)
    .refine((list) => new Set(list).size === list.length, 'holds an id twice');

const MediaType = z.enum(BULK_MEDIA_TYPES);

/** The body that submits a job, with the vendor's limits: 1,000 ids, 10 downloads at a time. */
export const SubmitRequest = z.strictObject({
  interactionIds: ids(1_000),
  mediaTypes: z.array(MediaType).min(1),
  redactionPolicy: z.enum(['auto', 'none', 'full']),
  format: z.literal('json'),
  maxConcurrentDownloads: z.int().min(1).max(10),
});
export type SubmitRequest = z.infer<typeof SubmitRequest>;

/** The body of a search: by ids, 10,000 at the most, or by a window of time, 1,000 rows a page at the most. */
export const SearchRequest = z.union([
  z.strictObject({ interactionIds: ids(10_000), mediaTypes: z.array(MediaType).min(1).optional() }),
  z.strictObject({
    from: z.iso.datetime(),
    to: z.iso.datetime(),
    mediaTypes: z.array(MediaType).min(1),
    cursor: z.string().min(1).optional(),
    pageSize: z.int().min(1).max(1_000).optional(),
  }),
]);
export type SearchRequest = z.infer<typeof SearchRequest>;

export type Checked<T> =
  | { ok: true; value: T }
  | { ok: false; status: 400 | 415 | 422; body: { error: string; details?: { field: string; message: string }[] } };

/**
 * The body as the schema has it, or the answer that refuses it: 415 for another content type, 400 for what is not JSON,
 * 422 with the fields otherwise.
 *
 * @example checkJson(SubmitRequest, 'text/plain', '{}') // { ok: false, status: 415, body: { error: '…' } }
 */
export function checkJson<T>(schema: z.ZodType<T>, contentType: string | undefined, text: string): Checked<T> {
  if (!/^application\/json\b/i.test(contentType ?? '')) {
    return { ok: false, status: 415, body: { error: 'unsupported_media_type' } };
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { ok: false, status: 400, body: { error: 'invalid_json' } };
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return { ok: true, value: parsed.data };
  const details = parsed.error.issues.map(({ path, message }) => ({ field: path.join('.'), message }));
  return { ok: false, status: 422, body: { error: 'validation_failed', details } };
}
