/** One exchange with the vendor, its body read, and what its status means. */
import type { z } from 'zod';
import type { VendorConfig } from '../config.ts';
import { PipelineError } from '../errors.ts';
import { type HttpRequest, NetworkFailure, parseRetryAfter, readText, send } from '../http.ts';
import { parseOrThrow } from '../validation.ts';
import { REQUIRED_SCOPES } from './schemas.ts';

/** Answers other than results are small; anything larger is not the API we talk to. */
const MAX_ANSWER_BYTES = 16 * 1024 * 1024;

/** A quarter of an hour: whatever a header says, a job's deadline must stay in reach. */
export const MAX_RETRY_AFTER_SECONDS = 900;

export interface VendorAnswer {
  status: number;
  /** Undefined when the body is larger than any answer may be. */
  body: string | undefined;
  retryAfterSeconds: number | undefined;
}

/** The URL of a call; the base URL may itself have a path, as behind a gateway. */
export function vendorUrl(config: Pick<VendorConfig, 'CXONE_BASE_URL'>, path: string): URL {
  return new URL(config.CXONE_BASE_URL.replace(/\/+$/, '') + path);
}

export function unavailable(reason: string): PipelineError {
  return new PipelineError('VendorUnavailable', `CXone could not be reached (${reason})`);
}

/** Seconds that the answer asks us to wait, clamped. */
export function retryAfterOf(response: Response): number | undefined {
  return parseRetryAfter(response.headers.get('retry-after'), Date.now(), MAX_RETRY_AFTER_SECONDS);
}

/**
 * Sends a request and reads the whole answer.
 *
 * @throws PipelineError `VendorUnavailable` when there is no whole answer
 */
export async function sendToVendor(request: HttpRequest): Promise<VendorAnswer> {
  try {
    const response = await send(request);
    const body = await readText(response, MAX_ANSWER_BYTES, request.timeoutMs);
    return { status: response.status, body, retryAfterSeconds: retryAfterOf(response) };
  } catch (error) {
    if (error instanceof NetworkFailure) throw unavailable(error.reason);
    throw error;
  }
}

/** The scopes a 403 complains about: only names that we know are repeated, never the body. */
function namedScopes(body: string | undefined): string {
  const named = REQUIRED_SCOPES.filter((scope) => body?.includes(scope));
  return named.length > 0
    ? `: the API client lacks the scope ${named.join(', ')}`
    : `: check the scopes of the API client (${REQUIRED_SCOPES.join(', ')})`;
}

/** The error that an unwanted status stands for. `what` completes "CXone refused …". */
export function vendorError(what: string, answer: VendorAnswer): PipelineError {
  const { status, retryAfterSeconds } = answer;
  const details = retryAfterSeconds === undefined ? { status } : { status, retryAfterSeconds };
  if (status === 429) return new PipelineError('VendorThrottled', `CXone throttled ${what}`, details);
  if (status >= 500 || status === 408 || status === 425) {
    return new PipelineError('VendorUnavailable', `CXone answered ${what} with status ${status}`, details);
  }
  if (status === 401) {
    return new PipelineError('VendorAuthFailed', `CXone refused the credentials for ${what} (status 401)`, details);
  }
  if (status === 403) {
    return new PipelineError(
      'VendorAuthFailed',
      `CXone refused ${what} with status 403${namedScopes(answer.body)}`,
      details,
    );
  }
  if (status >= 300 && status < 400) {
    return new PipelineError(
      'VendorRejected',
      `CXone redirected ${what} (status ${status}), which is never followed`,
      details,
    );
  }
  if (status >= 400)
    return new PipelineError('VendorRejected', `CXone rejected ${what} with status ${status}`, details);
  return new PipelineError('ContractViolation', `CXone answered ${what} with the unexpected status ${status}`, details);
}

/**
 * Parses the answer's body.
 *
 * @throws PipelineError `ContractViolation` naming the fields at fault; `JSON.parse` messages quote the text, so they
 *   are not passed on
 */
export function parseJsonBody<Schema extends z.ZodType>(
  schema: Schema,
  answer: VendorAnswer,
  what: string,
): z.output<Schema> {
  let json: unknown;
  try {
    // A byte order mark is not JSON, yet some gateways send one.
    json = JSON.parse((answer.body ?? '').replace(/^\uFEFF/, ''));
  } catch {
    throw new PipelineError('ContractViolation', `CXone answered ${what} with a body that is not JSON`, {
      status: answer.status,
    });
  }
  return parseOrThrow(schema, json, 'ContractViolation', `answer of CXone to ${what}`);
}
