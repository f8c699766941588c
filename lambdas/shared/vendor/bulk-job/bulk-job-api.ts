/** The calls of the vendor's bulk transcript API: submit a job, ask how it does, open its result, search interactions. */

import type { JobOptions } from '../../contracts/job-options.ts';
import { discardBody } from '../../lib/http.ts';
import {
  type CallFrame,
  callVendor,
  openVendor,
  parseJsonBody,
  readAnswer,
  type VendorAnswer,
  vendorError,
  vendorUrl,
} from '../exchange.ts';
import type { VendorConfig } from '../settings.ts';
import { checkScopes } from '../sign-in/check-scopes.ts';
import { Sessions } from '../sign-in/sessions.ts';
import { bearer, withSession } from '../sign-in/with-session.ts';
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

/** A call below the base of the tenant's API. */
interface Call {
  path: string;
  values?: Record<string, string>;
  /** Sent as JSON, with POST; without one it is a GET. */
  body?: object;
  timeoutMs: number;
}

/**
 * The API's calls with an access token. All throw as {@link vendorError} and {@link parseJsonBody} say for an unwanted
 * answer.
 */
export class BulkJobApi {
  readonly #config: VendorConfig;
  readonly #sessions: Pick<Sessions, 'begin' | 'get' | 'drop'>;

  constructor(config: VendorConfig, sessions: Pick<Sessions, 'begin' | 'get' | 'drop'> = new Sessions(config)) {
    this.#config = config;
    this.#sessions = sessions;
  }

  /**
   * The life of the access token, the granted scopes that the pipeline needs, and the tenant.
   *
   * @throws PipelineError `VendorAuthFailed` when a scope is missing
   */
  async authenticate(frame: CallFrame) {
    const { token, expiresInSeconds, scopes, tenant } = await this.#sessions.begin(frame);
    try {
      return { expiresInSeconds, scopes: checkScopes(scopes), ...(tenant === undefined ? {} : { tenant }) };
    } catch (error) {
      this.#sessions.drop(token);
      throw error;
    }
  }

  /** The id of a new job. */
  async submit(interactionIds: string[], options: JobOptions, frame: CallFrame): Promise<{ jobId: string }> {
    const answer = await this.#exchange(
      {
        path: this.#config.CXONE_PATHS.submit,
        body: { interactionIds, ...options },
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
    const call = { path: this.#config.CXONE_PATHS.job, values: { jobId }, timeoutMs: POLL_TIMEOUT_MS };
    const answer = await this.#exchange(call, frame);
    if (answer.status === 202 || answer.status === 204) return { status: 'running' };
    if (answer.status === 404) return { status: 'unknown' };
    if (answer.status !== 200) throw vendorError('the job status request', answer);
    return interpretJob(parseJsonBody(JobResponse, answer, 'the job status request'));
  }

  /** The body of a result; `undefined` when its URL has expired and the job must be asked for a fresh one. */
  async openResult(resultUrl: string, frame: CallFrame): Promise<ResultBody | undefined> {
    const { apiBase } = await this.#sessions.get(frame);
    const { url, withToken } = resolveResultUrl(resultUrl, apiBase, this.#config);
    const call = { method: 'GET' as const, url, timeoutMs: RESULT_HEADERS_TIMEOUT_MS };
    const response = withToken
      ? await withSession(this.#sessions, frame, ({ token }) => openVendor({ ...call, headers: bearer(token) }, frame))
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
      { path: this.#config.CXONE_PATHS.search, body: query, timeoutMs: SEARCH_TIMEOUT_MS },
      frame,
    );
    if (answer.status !== 200) throw vendorError('the interaction search', answer);
    return readRows(parseJsonBody(SearchFrame, answer, 'the interaction search'));
  }

  #exchange({ path, values, body, timeoutMs }: Call, frame: CallFrame): Promise<VendorAnswer> {
    return withSession(this.#sessions, frame, ({ apiBase, token }) => {
      const url = vendorUrl(apiBase, path, values);
      const request =
        body === undefined
          ? { method: 'GET' as const, url, headers: bearer(token), timeoutMs }
          : {
              method: 'POST' as const,
              url,
              headers: { ...bearer(token), 'content-type': 'application/json' },
              body: JSON.stringify(body),
              timeoutMs,
            };
      return callVendor(request, frame);
    });
  }
}
