/** What a function has to be told to talk to the vendor. */
import * as z from 'zod';
import { SourceName } from '../contracts/source-name.ts';
import { MOST_REQUESTS_PER_SECOND } from '../lib/pacing/pacer.ts';
import { secureUrl } from '../lib/secure-url.ts';
import { integerVariable, jsonVariable } from '../lib/variables.ts';

const path = z.string().regex(/^\/[A-Za-z0-9/_.{}-]*$/, 'must be a path that starts with /');

/** Paths of the vendor's calls below its base URL; `{jobId}` and `{segmentId}` stand for an id. */
export const VendorPaths = z.strictObject({
  token: path.default('/oauth/token'),
  submit: path.default('/api/v2/interactions/transcripts'),
  job: path.includes('{jobId}', 'must contain {jobId}').default('/api/v2/jobs/{jobId}'),
  search: path.default('/api/v2/interactions/search'),
  segments: path.default('/interaction-analytics-gateway/v2/segments/analyzed'),
  segmentTranscript: path
    .includes('{segmentId}', 'must contain {segmentId}')
    .default('/interaction-analytics-gateway/v2/segments/{segmentId}/analyzed-transcript'),
  completedContacts: path.default('/incontactapi/services/v34.0/contacts/completed'),
});
export type VendorPaths = z.infer<typeof VendorPaths>;

/** Origins (scheme, host and port) such as `https://storage.example.com`. */
export const ResultOrigins = z
  .array(
    secureUrl.refine((text) => URL.canParse(text) && new URL(text).origin === text, 'must be an origin: https://host'),
  )
  .max(10);

/** Domains that CXone's issuers and APIs were seen in; a sovereign cloud may have one of its own. */
export const VENDOR_DOMAINS = ['niceincontact.com', 'nice-incontact.com', 'nicecxone-sov1.au', 'nicecxone-sov1.eu'];

/** Domains such as `niceincontact.com`, each of which stands for itself and for every host in it. */
export const AllowedHosts = z
  .array(
    z
      .string()
      .max(253)
      .regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/, 'must be a domain in lower case, such as niceincontact.com'),
  )
  .max(50);

/** What a function is told of the vendor. */
export const VendorConfig = z.object({
  /** Where transcripts come from. */
  CXONE_SOURCE: SourceName,
  /** Where one signs in: CXone's issuer, or the base of the API itself. */
  CXONE_BASE_URL: secureUrl,
  /** The base of the tenant's API where it is not to be discovered; empty otherwise. */
  CXONE_API_URL: z.union([secureUrl, z.literal('')]),
  /** Domains, besides the hosts of the two URLs, that discovery may send keys and tokens to. */
  CXONE_ALLOWED_HOSTS: jsonVariable(AllowedHosts),
  CXONE_SECRET_ID: z.string().min(1),
  CXONE_PATHS: jsonVariable(VendorPaths),
  /** Other origins that results may be read from, without the token. */
  CXONE_RESULT_ORIGINS: jsonVariable(ResultOrigins),
});
export type VendorConfig = z.infer<typeof VendorConfig>;

/** What a function has to be told that keeps to the budget of requests. */
export const PaceConfig = z.object({
  /** Requests to the vendor that all functions together may send in a second; 0: as many as they like. */
  CXONE_REQUESTS_PER_SECOND: integerVariable(0, MOST_REQUESTS_PER_SECOND),
});
export type PaceConfig = z.infer<typeof PaceConfig>;

/** How much time a job is given. */
export const JobTimingConfig = z.object({
  /** How long a job may take; a call that the vendor puts off is given up after the same time. */
  JOB_DEADLINE_SECONDS: integerVariable(1, 86_400),
});
