import type { IncomingMessage, ServerResponse } from 'node:http';
import { readBody, sendJson } from '../../start-server.ts';
import { answerWithFault } from '../answer-with-fault.ts';
import type { Catalogue } from '../catalogue.ts';
import type { Exchange, Route, Tenant } from '../route.ts';
import { type Job, JobBoard, type JobLatency, pollJob } from './jobs.ts';
import { checkJson, SearchRequest, SubmitRequest } from './requests.ts';
import { type ResultOptions, sendResult } from './result-body.ts';
import { createResultUrls } from './result-urls.ts';
import { concerns, search } from './search.ts';
import type { SCOPES, TokenOffice } from './token-office.ts';

export interface BulkJobOptions {
  /** Two polls "not yet" by default. */
  jobLatency?: Partial<JobLatency>;
  result?: Partial<ResultOptions>;
  /** 300 by default. */
  resultUrlLifetimeSeconds?: number;
}

type BulkJobCall = 'token' | 'submit' | 'search' | 'poll' | 'download';

/** The vendor's bulk transcript API: token, submit, poll, download, search. */
export function bulkJobRoutes(
  tenant: Tenant,
  catalogue: Catalogue,
  office: TokenOffice,
  options: BulkJobOptions,
): Route[] {
  const jobs = new JobBoard(tenant.seed, catalogue);
  const latency: JobLatency = { polls: 2, ms: 0, ...options.jobLatency };
  const result: ResultOptions = { shape: 'auto', gzip: 'none', ...options.result };
  const resultUrls = createResultUrls(tenant.now, (options.resultUrlLifetimeSeconds ?? 300) * 1_000);

  const answers: Record<BulkJobCall, (exchange: Exchange) => Promise<void>> = {
    async token({ request, response }) {
      const body = (await readBody(request)).toString('utf8');
      const effect = tenant.faults.take('token')?.do;
      if (await answerWithFault(response, effect)) return;
      const { authorization, 'content-type': contentType } = request.headers;
      const answer = office.grant({ authorization, contentType, body });
      if (answer.status === 200 && effect?.expiresIn !== undefined) answer.body.expires_in = effect.expiresIn;
      sendJson(response, answer.status, answer.body, { 'cache-control': 'no-store' });
    },

    async submit({ request, response }) {
      const text = (await readBody(request)).toString('utf8');
      const checked = checkJson(SubmitRequest, request.headers['content-type'], text);
      const ids = new Set(checked.ok ? checked.value.interactionIds : []);
      const effect = tenant.faults.take('submit', { hasInteraction: (id) => ids.has(id) })?.do;
      if (effect?.afterAccept !== true && (await answerWithFault(response, effect))) return;
      if (isRefused(request, response, 'transcripts:read')) return;
      if (!checked.ok) {
        sendJson(response, checked.status, checked.body);
        return;
      }
      const job = jobs.accept(checked.value, tenant.now(), effect?.jobId ?? undefined);
      if (effect?.afterAccept === true && (await answerWithFault(response, effect))) return;
      const jobId = effect?.jobId === null ? {} : { jobId: job.jobId };
      sendJson(response, 201, { ...jobId, status: 'queued' });
    },

    async poll({ response, request, params }) {
      const job = jobs.find(params[0] ?? '');
      const effect = tenant.faults.take('poll', factsOf(job))?.do;
      if (await answerWithFault(response, effect)) return;
      if (isRefused(request, response, 'jobs:read')) return;
      if (job === undefined) {
        sendJson(response, 404, { error: 'job_not_found' });
        return;
      }
      const freshUrl = () =>
        `${tenant.baseUrl()}/api/v2/jobs/${encodeURIComponent(job.jobId)}/result?${resultUrls.sign(job.jobId)}`;
      const answer = pollJob(job, latency, tenant.now(), freshUrl, effect);
      if (answer.body === undefined) response.writeHead(answer.status, { 'content-length': 0 }).end();
      else sendJson(response, answer.status, answer.body);
    },

    async download({ request, response, url, params }) {
      const job = jobs.find(params[0] ?? '');
      const fault = tenant.faults.take('download', factsOf(job));
      const effect = fault?.do ?? {};
      if (await answerWithFault(response, effect)) return;
      if (isRefused(request, response, 'transcripts:read')) return;
      if (job === undefined || effect.expiredUrl !== undefined || !resultUrls.isValid(job.jobId, url.searchParams)) {
        sendJson(response, job === undefined ? 404 : (effect.expiredUrl ?? 403), { error: 'result_url_expired' });
        return;
      }
      const nowMs = tenant.now();
      await sendResult(response, {
        catalogue,
        entries: job.entries.filter(({ availableMs }) => availableMs <= nowMs),
        options: result,
        fault: effect,
        target: fault?.match?.interactionId,
      });
    },

    async search({ request, response }) {
      const text = (await readBody(request)).toString('utf8');
      const checked = checkJson(SearchRequest, request.headers['content-type'], text);
      const hasInteraction = (id: string) => checked.ok && concerns(catalogue, checked.value, id);
      const fault = tenant.faults.take('search', { hasInteraction });
      if (await answerWithFault(response, fault?.do)) return;
      if (isRefused(request, response, 'interactions:read')) return;
      if (!checked.ok) {
        sendJson(response, checked.status, checked.body);
        return;
      }
      const answer = search(catalogue, checked.value, tenant.now(), fault?.do, fault?.match?.interactionId);
      sendJson(response, answer.status, answer.body);
    },
  };

  function isRefused(request: IncomingMessage, response: ServerResponse, scope: (typeof SCOPES)[number]): boolean {
    const refusal = office.refusal(request.headers.authorization, scope);
    if (refusal === undefined) return false;
    sendJson(response, refusal.status, refusal.body, refusal.status === 401 ? { 'www-authenticate': 'Bearer' } : {});
    return true;
  }

  return PATHS.map(([call, method, path]) => ({ call, method, path, answer: answers[call] }));
}

const PATHS: readonly [BulkJobCall, method: 'GET' | 'POST', path: RegExp][] = [
  ['token', 'POST', /^\/oauth\/token$/],
  ['submit', 'POST', /^\/api\/v2\/interactions\/transcripts$/],
  ['search', 'POST', /^\/api\/v2\/interactions\/search$/],
  ['poll', 'GET', /^\/api\/v2\/jobs\/([^/]+)$/],
  ['download', 'GET', /^\/api\/v2\/jobs\/([^/]+)\/result$/],
];

const factsOf = (job: Job | undefined) => ({
  jobOrdinal: job?.ordinal,
  hasInteraction: (id: string) => job?.interactionIds.has(id) === true,
});
