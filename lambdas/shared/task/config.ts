/**
 * What a function reads from its environment: one zod schema per concern, parsed once, every fault listed at once.
 * The CDK stack sets exactly these variables; nothing else in the environment changes what a handler does.
 */
import * as z from 'zod';
import { parseOrThrow } from '../contracts/validation.ts';
import { secureUrl } from '../lib/secure-url.ts';

const json = <Schema extends z.ZodType>(schema: Schema) =>
  z
    .string()
    .transform((text, context) => {
      try {
        return JSON.parse(text) as unknown;
      } catch {
        context.addIssue({ code: 'custom', message: 'must be JSON' });
        return z.NEVER;
      }
    })
    .pipe(schema);

const path = z.string().regex(/^\/[A-Za-z0-9/_.{}-]*$/, 'must be a path that starts with /');

/** Paths of the vendor's calls below its base URL; `{jobId}` stands for the job's id. */
export const VendorPaths = z.strictObject({
  token: path.default('/oauth/token'),
  submit: path.default('/api/v2/interactions/transcripts'),
  job: path.includes('{jobId}', 'must contain {jobId}').default('/api/v2/jobs/{jobId}'),
  search: path.default('/api/v2/interactions/search'),
});
export type VendorPaths = z.infer<typeof VendorPaths>;

/** Origins (scheme, host and port) such as `https://storage.example.com`; none by default. */
export const ResultOrigins = z
  .array(
    secureUrl.refine((text) => URL.canParse(text) && new URL(text).origin === text, 'must be an origin: https://host'),
  )
  .max(10);

export const VendorConfig = z.object({
  CXONE_BASE_URL: secureUrl,
  CXONE_SECRET_ID: z.string().min(1),
  CXONE_PATHS: json(VendorPaths).prefault('{}'),
  /** Other origins that results may be read from, without the token. */
  CXONE_RESULT_ORIGINS: json(ResultOrigins).prefault('[]'),
});
export type VendorConfig = z.infer<typeof VendorConfig>;

export const DataLakeConfig = z.object({ DATA_LAKE_BUCKET: z.string().min(3) });

export const WebhookConfig = z.object({ WEBHOOK_URL: secureUrl, WEBHOOK_SECRET_ID: z.string().min(1) });

export const StageConfig = z.object({ STAGE: z.string().min(1).default('dev') });

/**
 * Reads the environment through `schema`.
 *
 * @throws PipelineError `ConfigInvalid` naming every variable at fault
 */
export function readConfig<Schema extends z.ZodType>(
  schema: Schema,
  environment: Record<string, string | undefined> = process.env,
): z.output<Schema> {
  return parseOrThrow(schema, environment, 'ConfigInvalid', 'environment of the function');
}

/** A whole number from a string variable. */
export const integer = (minimum: number, maximum: number) => z.coerce.number().int().min(minimum).max(maximum);

export { json as jsonVariable };
