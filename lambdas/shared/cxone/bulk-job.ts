/** The vendor's bulk transcript API: submit a job, ask how it does, read its result, search interactions. */
import type { VendorConfig } from '../config.ts';
import type { JobOptions } from '../contracts.ts';
import { PipelineError } from '../errors.ts';
import { discardBody, type HttpRequest, NetworkFailure, readText, send } from '../http.ts';
import { AccessTokenProvider } from './access-token.ts';
import {
  parseJsonBody,
  retryAfterOf,
  sendToVendor,
  unavailable,
  type VendorAnswer,
  vendorError,
  vendorUrl,
} from './exchange.ts';
import { interpretJob } from './interpret-job.ts';
import { resolveResultUrl } from './result-url.ts';
import { JobResponse, SearchFrame, type SearchResponse, SubmitResponse } from './schemas.ts';
import { readRows } from './search-rows.ts';
import type { InteractionSearch, JobProgress, ResultBody, TranscriptSource } from './transcript-source.ts';

const SUBMIT_TIMEOUT_MS = 30_000;
const POLL_TIMEOUT_MS = 15_000;
const SEARCH_TIMEOUT_MS = 30_000;
/** Until the first byte of a result; the body then has as long as the function itself. */
const RESULT_HEADERS_TIMEOUT_MS = 60_000;
const MAX_ERROR_BYTES = 64 * 1024;

type Call = Omit<HttpRequest, 'headers'> & { headers?: Record<string, string> };

export class BulkJobSource implements TranscriptSource {
  readonly #config: VendorConfig;
  readonly #tokens: AccessTokenProvider;

  constructor(config: VendorConfig, tokens = new AccessTokenProvider(config)) {
    this.#config = config;
    this.#tokens = tokens;
  }

  async authenticate(signal: AbortSignal) {
    const { expiresInSeconds, scopes } = await this.#tokens.get(signal);
    return { expiresInSeconds, scopes };
  }

  async submit(interactionIds: string[], options: JobOptions, signal: AbortSignal): Promise<{ jobId: string }> {
    const answer = await this.#exchange({
      method: 'POST',
      url: vendorUrl(this.#config, this.#config.CXONE_PATHS.submit),
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ interactionIds, ...options }),
      timeoutMs: SUBMIT_TIMEOUT_MS,
      signal,
    });
    if (answer.status < 200 || answer.status > 202) throw vendorError('the transcript job', answer);
    const { jobId } = parseJsonBody(SubmitResponse, answer, 'the transcript job');
    return { jobId };
  }

  async progress(jobId: string, signal: AbortSignal): Promise<JobProgress> {
    const path = this.#config.CXONE_PATHS.job.replaceAll('{jobId}', () => encodeURIComponent(jobId));
    const answer = await this.#exchange({
      method: 'GET',
      url: vendorUrl(this.#config, path),
      timeoutMs: POLL_TIMEOUT_MS,
      signal,
    });
    if (answer.status === 202 || answer.status === 204) return { status: 'running' };
    if (answer.status === 404) return { status: 'unknown' };
    if (answer.status !== 200) throw vendorError('the job status request', answer);
    return interpretJob(parseJsonBody(JobResponse, answer, 'the job status request'));
  }

  async openResult(resultUrl: string, signal: AbortSignal): Promise<ResultBody | undefined> {
    const { url, withToken } = resolveResultUrl(resultUrl, this.#config);
    const call: Call = { method: 'GET', url, timeoutMs: RESULT_HEADERS_TIMEOUT_MS, signal };
    const response = withToken
      ? await this.#withToken(signal, (token) => openBody(withBearer(call, token)))
      : await openBody({ ...call, headers: { accept: 'application/json' } });
    if (response.status === 200 && response.body) {
      const { headers } = response;
      const endIsUnmarked = !headers.has('content-length') && !headers.has('transfer-encoding');
      return { stream: response.body, endIsUnmarked };
    }
    if (response.status === 403 || response.status === 404 || response.status === 410) {
      await discardBody(response);
      return undefined;
    }
    throw vendorError('the result download', await answerOf(response));
  }

  async search(query: InteractionSearch, signal: AbortSignal): Promise<SearchResponse> {
    const answer = await this.#exchange({
      method: 'POST',
      url: vendorUrl(this.#config, this.#config.CXONE_PATHS.search),
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(query),
      timeoutMs: SEARCH_TIMEOUT_MS,
      signal,
    });
    if (answer.status !== 200) throw vendorError('the interaction search', answer);
    return readRows(parseJsonBody(SearchFrame, answer, 'the interaction search'));
  }

  #exchange(call: Call): Promise<VendorAnswer> {
    return this.#withToken(call.signal as AbortSignal, (token) => sendToVendor(withBearer(call, token)));
  }

  /** A token may be revoked before its time: a 401 is answered with one fresh token and the same call again. */
  async #withToken<Answer extends { status: number }>(
    signal: AbortSignal,
    call: (token: string) => Promise<Answer>,
  ): Promise<Answer> {
    const token = await this.#tokens.get(signal);
    const answer = await call(token.value);
    if (answer.status !== 401) return answer;
    if (answer instanceof Response) await discardBody(answer);
    const fresh = await this.#tokens.get(signal, token.value);
    const second = await call(fresh.value);
    if (second.status === 401) {
      throw new PipelineError('VendorAuthFailed', 'CXone refused a fresh token (status 401)', { status: 401 });
    }
    return second;
  }
}

function withBearer(call: Call, token: string): HttpRequest {
  return { ...call, headers: { accept: 'application/json', ...call.headers, authorization: `Bearer ${token}` } };
}

async function openBody(request: HttpRequest): Promise<Response> {
  try {
    return await send(request);
  } catch (error) {
    if (error instanceof NetworkFailure) throw unavailable(error.reason);
    throw error;
  }
}

async function answerOf(response: Response): Promise<VendorAnswer> {
  const body = await readText(response, MAX_ERROR_BYTES, POLL_TIMEOUT_MS).catch(() => undefined);
  return { status: response.status, body, retryAfterSeconds: retryAfterOf(response) };
}
