/**
 * The one place that calls the vendor: every call, for a token too, waits out what CXone asks for, keeps to the time of
 * its function, and ends in an answer or in an error with a name.
 */
import type { z } from 'zod';
import { PipelineError } from '../contracts/errors.ts';
import { parseOrThrow } from '../contracts/validation.ts';
import { discardBody, type HttpRequest, NetworkFailure, parseRetryAfter, readText, send } from '../lib/http.ts';
import { isTooFast, type Pacer } from '../lib/pacing/pacer.ts';
import { pause } from '../lib/pause.ts';
import { REQUIRED_SCOPES } from './sign-in/schemas.ts';
import { secondsToSitOut } from './sit-out.ts';

/** Answers other than results are small; anything larger is not the API we talk to. */
const MAX_ANSWER_BYTES = 16 * 1024 * 1024;

/** A quarter of an hour: whatever a header says, a job's deadline must stay in reach. */
const MAX_RETRY_AFTER_SECONDS = 900;

/** `.` and `..` between slashes, which a URL resolves even where they are encoded. */
const DOT_SEGMENT = /(^|\/)(\.|%2e){1,2}(\/|$)/i;

/** What a call may use of the function that makes it. A Task's context is one. */
export interface CallFrame {
  /** Ends the call, its waits and its body. */
  signal: AbortSignal;
  /** Milliseconds until {@link CallFrame.signal} aborts. */
  remainingMs(): number;
  metrics: { addMetric(name: string, unit: 'Count', value: number): unknown };
  /** Asked before each request; without one a call is held up by nothing but the vendor. */
  pacer?: Pacer | undefined;
}

export type VendorRequest = Omit<HttpRequest, 'signal'>;

export interface VendorAnswer {
  status: number;
  /** Undefined when the body is larger than any answer may be. */
  body: string | undefined;
  retryAfterSeconds: number | undefined;
}

/**
 * The URL of a call; its base may itself have a path, as behind a gateway.
 *
 * @param base of the API, or of the place where one signs in
 * @param path below the base, `/api/v2/jobs/{jobId}`
 * @param values what stands for the names in braces, encoded here: `{ jobId: 'a/b' }` -> `/api/v2/jobs/a%2Fb`
 * @throws PipelineError `ContractViolation` for a value that would lead to another path: `..` cannot be encoded
 */
export function vendorUrl(base: string, path: string, values: Readonly<Record<string, string>> = {}): URL {
  const filled = Object.entries(values).reduce((text, [name, value]) => {
    if (!value.isWellFormed()) throw leadsElsewhere();
    return text.replaceAll(`{${name}}`, () => encodeURIComponent(value));
  }, path);
  if (DOT_SEGMENT.test(filled)) throw leadsElsewhere();
  return new URL(base.replace(/\/+$/, '') + filled);
}

function leadsElsewhere(): PipelineError {
  return new PipelineError('ContractViolation', 'CXone named something by an id that cannot stand in a path');
}

/** Seconds that the answer asks us to wait, clamped; undefined where it does not. */
function retryAfterOf(response: Response): number | undefined {
  return parseRetryAfter(response.headers.get('retry-after'), Date.now(), MAX_RETRY_AFTER_SECONDS);
}

/**
 * The answer to a request, its body unread. An answer that says "not now, but soon" is waited out and asked for again;
 * one that says "not soon" is its caller's, who has a Wait state.
 *
 * @returns the answer, whatever its status; still "not now" where it asks for more than fits into the call
 * @throws PipelineError `VendorUnavailable` when no answer comes, or the function's time is up; what the pacer throws
 */
export async function openVendor(request: VendorRequest, frame: CallFrame): Promise<Response> {
  for (let waits = 0; ; waits += 1) {
    await frame.pacer?.take(frame);
    const response = await sendOnce(request, frame.signal);
    const { status } = response;
    const retryAfterSeconds = retryAfterOf(response);
    const sign = { status, retryAfterSeconds };
    if (isTooFast(sign)) frame.metrics.addMetric('VendorThrottled', 'Count', 1);
    frame.pacer?.told(sign);
    const seconds = secondsToSitOut({ ...sign, waits, remainingMs: frame.remainingMs() });
    if (seconds === undefined) return response;
    await discardBody(response);
    await pause(seconds * 1000, frame.signal);
  }
}

async function sendOnce(request: VendorRequest, signal: AbortSignal): Promise<Response> {
  try {
    return await send({ ...request, signal });
  } catch (error) {
    throw toUnavailable(error);
  }
}

/**
 * The whole answer to a request, sent as {@link openVendor} does.
 *
 * @throws PipelineError `VendorUnavailable` when there is no whole answer
 */
export async function callVendor(request: VendorRequest, frame: CallFrame, maxBytes?: number): Promise<VendorAnswer> {
  return readAnswer(await openVendor(request, frame), request.timeoutMs, maxBytes);
}

/**
 * An answer, read to its end.
 *
 * @param timeoutMs until it is read
 * @param maxBytes of a body that is read; 16 MiB when left out
 * @throws PipelineError `VendorUnavailable` when it does not come to its end
 */
export async function readAnswer(
  response: Response,
  timeoutMs: number,
  maxBytes = MAX_ANSWER_BYTES,
): Promise<VendorAnswer> {
  try {
    const body = await readText(response, maxBytes, timeoutMs);
    return { status: response.status, body, retryAfterSeconds: retryAfterOf(response) };
  } catch (error) {
    throw toUnavailable(error);
  }
}

function toUnavailable(error: unknown): unknown {
  if (!(error instanceof NetworkFailure)) return error;
  return new PipelineError('VendorUnavailable', `CXone could not be reached (${error.reason})`);
}

/** The scopes a 403 complains about: only names that we know are repeated, never the body. */
function namedScopes(body: string | undefined): string {
  const named = REQUIRED_SCOPES.filter((scope) => body?.includes(scope));
  return named.length > 0
    ? `: the API client lacks the scope ${named.join(', ')}`
    : `: check the scopes of the API client (${REQUIRED_SCOPES.join(', ')})`;
}

/**
 * The error that an unwanted status stands for.
 *
 * @param what completes "CXone refused …"
 * @example vendorError('the token request', { status: 503, … }) // VendorUnavailable
 */
export function vendorError(what: string, answer: VendorAnswer): PipelineError {
  const { status, retryAfterSeconds } = answer;
  const details = retryAfterSeconds === undefined ? { status } : { status, retryAfterSeconds };
  if (isTooFast(answer)) return new PipelineError('VendorThrottled', `CXone throttled ${what}`, details);
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
 * The answer's body, parsed and of the given form.
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
