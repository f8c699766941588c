/** The calls of the vendor's bulk transcript API: submit a job, ask how it does, open its result, search interactions. */

import { PipelineError } from '../../contracts/errors.ts';
import type { JobOptions } from '../../contracts/job-options.ts';
import { discardBody } from '../../lib/http.ts';
import {
  type CallFrame,
  callVendor,
  openVendor,
  parseJsonBody,
  readAnswer,
  type VendorAnswer,
  type VendorRequest,
  vendorError,
  vendorUrl,
} from '../exchange.ts';
import type { VendorConfig } from '../settings.ts';
import { AccessTokenProvider } from '../sign-in/access-token.ts';
import { checkScopes } from '../sign-in/check-scopes.ts';
import { type BulkJob, interpretJob } from './interpret-job.ts';
import type { ResultBody } from './open-result.ts';
import { resolveResultUrl } from './result-url.ts';
import { JobResponse, SearchFrame, SubmitResponse } from './schemas.ts';
import type { InteractionSearch, SearchAnswer } from './search-page.ts';
import { readRows } from './search-rows.ts';

const SUBMIT_TIMEOUT_MS = 30_000;
const POLL_TIMEOUT_MS = 15_000;
const SEARCH_TIMEOUT_MS = 30_000;
/** Until the first byte of a result; the body then has as long as the function itself. */
const RESULT_HEADERS_TIMEOUT_MS = 60_000;

type Call = Omit<VendorRequest, 'headers'> & { headers?: Record<string, string> };

/**
 * The API's calls with an access token. All throw as {@link vendorError} and {@link parseJsonBody} say for an unwanted
 * answer.
 */
export class BulkJobApi {
  readonly #config: VendorConfig;
  readonly #tokens: AccessTokenProvider;

  constructor(config: VendorConfig, tokens = new AccessTokenProvider(config)) {
    this.#config = config;
    this.#tokens = tokens;
  }

  /**
   * The life of the access token, and the granted scopes that the pipeline needs.
   *
   * @throws PipelineError `VendorAuthFailed` when a scope is missing
   */
  async authenticate(frame: CallFrame) {
    const { value, expiresInSeconds, scopes } = await this.#tokens.get(frame);
    try {
      return { expiresInSeconds, scopes: checkScopes(scopes) };
    } catch (error) {
      this.#tokens.drop(value);
      throw error;
    }
  }

  /** The id of a new job. */
  async submit(interactionIds: string[], options: JobOptions, frame: CallFrame): Promise<{ jobId: string }> {
    const answer = await this.#exchange(
      {
        method: 'POST',
        url: vendorUrl(this.#config, this.#config.CXONE_PATHS.submit),
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ interactionIds, ...options }),
        timeoutMs: SUBMIT_TIMEOUT_MS,
      },
      frame,
    );
    if (answer.status < 200 || answer.status > 202) throw vendorError('the transcript job', answer);
    const { jobId } = parseJsonBody(SubmitResponse, answer, 'the transcript job');
    return { jobId };
  }

  /** How the job is doing; `unknown` for a 404. */
  async progress(jobId: string, frame: CallFrame): Promise<BulkJob> {
    const url = vendorUrl(this.#config, this.#config.CXONE_PATHS.job, { jobId });
    const answer = await this.#exchange({ method: 'GET', url, timeoutMs: POLL_TIMEOUT_MS }, frame);
    if (answer.status === 202 || answer.status === 204) return { status: 'running' };
    if (answer.status === 404) return { status: 'unknown' };
    if (answer.status !== 200) throw vendorError('the job status request', answer);
    return interpretJob(parseJsonBody(JobResponse, answer, 'the job status request'));
  }

  /** The body of a result; `undefined` when its URL has expired and the job must be asked for a fresh one. */
  async openResult(resultUrl: string, frame: CallFrame): Promise<ResultBody | undefined> {
    const { url, withToken } = resolveResultUrl(resultUrl, this.#config);
    const call: Call = { method: 'GET', url, timeoutMs: RESULT_HEADERS_TIMEOUT_MS };
    const response = withToken
      ? await this.#withToken(frame, (token) => openVendor(withBearer(call, token), frame))
      : await openVendor({ ...call, headers: { accept: 'application/json' } }, frame);
    if (response.status === 200 && response.body) {
      const { headers } = response;
      const length = headers.get('content-length');
      const endIsUnmarked = length === null && !headers.has('transfer-encoding');
      return { stream: response.body, endIsUnmarked, declaredBytes: length === null ? undefined : Number(length) };
    }
    if (response.status === 403 || response.status === 404 || response.status === 410) {
      await discardBody(response);
      return undefined;
    }
    throw vendorError('the result download', await readAnswer(response, POLL_TIMEOUT_MS));
  }

  /** One page of interactions, its rows read one by one. */
  async search(query: InteractionSearch, frame: CallFrame): Promise<SearchAnswer> {
    const answer = await this.#exchange(
      {
        method: 'POST',
        url: vendorUrl(this.#config, this.#config.CXONE_PATHS.search),
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(query),
        timeoutMs: SEARCH_TIMEOUT_MS,
      },
      frame,
    );
    if (answer.status !== 200) throw vendorError('the interaction search', answer);
    return readRows(parseJsonBody(SearchFrame, answer, 'the interaction search'));
  }

  #exchange(call: Call, frame: CallFrame): Promise<VendorAnswer> {
    return this.#withToken(frame, (token) => callVendor(withBearer(call, token), frame));
  }

  /**
   * A token may be revoked before its time: a 401 is answered with one fresh token and the same call again. One that
   * lacks a right (403) is let go, so that the next call shows whether it was granted since.
   */
  async #withToken<Answer extends { status: number }>(
    frame: CallFrame,
    call: (token: string) => Promise<Answer>,
  ): Promise<Answer> {
    const token = await this.#tokens.get(frame);
    const answer = await call(token.value);
    if (answer.status === 403) this.#tokens.drop(token.value);
    if (answer.status !== 401) return answer;
    if (answer instanceof Response) await discardBody(answer);
    const fresh = await this.#tokens.get(frame, token.value);
    const second = await call(fresh.value);
    if (second.status === 403 || second.status === 401) this.#tokens.drop(fresh.value);
    if (second.status === 401) {
      throw new PipelineError('VendorAuthFailed', 'CXone refused a fresh token (status 401)', { status: 401 });
    }
    return second;
  }
}

function withBearer(call: Call, token: string): VendorRequest {
  return { ...call, headers: { accept: 'application/json', ...call.headers, authorization: `Bearer ${token}` } };
}
