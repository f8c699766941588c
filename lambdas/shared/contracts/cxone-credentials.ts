/** The secret with the credentials for CXone: one schema for its three forms. */
import * as z from 'zod';

/** Limits are far above real ones; what is not well-formed has no encoding in a request. */
const text = (longest: number) =>
  z
    .string()
    .min(1)
    .max(longest)
    .refine((value) => value.isWellFormed(), 'must be well-formed text');

const client = { clientId: text(512), clientSecret: text(4096) };
const accessKey = { accessKeyId: text(512), accessKeySecret: text(4096) };

/** Client credentials (RFC 6749, section 4.4), as the bulk transcript API takes them. */
const ClientCredentials = z.object({ form: z.literal('client-credentials'), ...client });
/** An access key and nothing else, as most customers have it. */
const AccessKey = z.object({ form: z.literal('access-key'), ...accessKey });
/** An access key together with a registered application. */
const RegisteredApplication = z.object({
  form: z.literal('registered-application'),
  ...accessKey,
  ...client,
  /** How the client's id and secret are sent: fixed when the application is registered. */
  clientAuth: z.enum(['basic', 'body'], { error: 'must be basic or body' }).default('basic'),
});

/** Which form is meant shows in the names that are there, so that what is missing can be said. */
function formOf(secret: object): CxoneCredentials['form'] {
  const hasKey = 'accessKeyId' in secret || 'accessKeySecret' in secret;
  const hasClient = 'clientId' in secret || 'clientSecret' in secret;
  if ('clientAuth' in secret || (hasKey && hasClient)) return 'registered-application';
  return hasKey ? 'access-key' : 'client-credentials';
}

/** zod: the secret's JSON, with the form that it has: `{accessKeyId, accessKeySecret}` -> `{form: 'access-key', …}`. */
export const CxoneCredentials = z.preprocess(
  (secret) => (typeof secret === 'object' && secret !== null ? { ...secret, form: formOf(secret) } : secret),
  z.discriminatedUnion('form', [ClientCredentials, AccessKey, RegisteredApplication]),
);
export type CxoneCredentials =
  | z.output<typeof ClientCredentials>
  | z.output<typeof AccessKey>
  | z.output<typeof RegisteredApplication>;

/** Credentials of one form: `CredentialsOf<'access-key'>`. */
export type CredentialsOf<Form extends CxoneCredentials['form']> = Extract<CxoneCredentials, { form: Form }>;
