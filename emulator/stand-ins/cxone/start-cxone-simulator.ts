import { createHmac, randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { MEDIA_TYPES, type MediaType } from '../../../lambdas/shared/contracts/job-options.ts';
import { type RunningServer, readBody, sendJson, startServer } from '../start-server.ts';
import { answerWithFault } from './answer-with-fault.ts';
import { createGeneratedCatalogue, type GeneratedCatalogue, type GeneratedOptions } from './catalogue.ts';
import { type Call, type Fault, FaultBook, parseFaults } from './faults.ts';
import type { PlantedValue } from './generator/dialogue.ts';
import { type Job, JobBoard, type JobLatency, pollJob } from './jobs.ts';
import { checkJson, SearchRequest, SubmitRequest } from './requests.ts';
import { type ResultOptions, sendResult } from './result-body.ts';
import { concerns, search } from './search.ts';
import { SCOPES, TokenOffice } from './tokens.ts';
import { type FileCatalogue, openTranscriptsFile } from './transcripts-file.ts';

export interface CxoneSimulatorOptions extends Partial<GeneratedOptions> {
  port?: number;
  clientId?: string;
  clientSecret?: string;
  /** Scopes that tokens are given; all three by default. */
  scopes?: readonly string[];
  /** 1800 by default. */
  tokenLifetimeSeconds?: number;
  /** Artifacts as JSON Lines; replaces the generated ones. */
  transcripts?: string;
  faults?: readonly Fault[];
  /** Two polls "not yet" by default. */
  jobLatency?: Partial<JobLatency>;
  result?: Partial<ResultOptions>;
  /** 300 by default. */
  resultUrlLifetimeSeconds?: number;
  /** Clock in ms since the epoch, for expiry and availability. */
  now?: () => number;
}

interface SimulatorRequest {
  call: Call | 'unknown';
  method: string;
  /** Without its query. */
  path: string;
  /** 0 when the socket was destroyed. */
  status: number;
  at: string;
}

export interface CxoneSimulator extends RunningServer {
  baseUrl: string;
  clientId: string;
  readonly clientSecret: string;
  /** Every call, in order of arrival; never a body, a token or a query. */
  requests: SimulatorRequest[];
  /** How many calls of a kind arrived so far. */
  count(call: Call): number;
  /** Every token issued so far, for tests that look for leaks. */
  issuedTokens: readonly string[];
  /** Personal data in the generated transcript of an interaction; empty with `transcripts`. */
  plantedValues(interactionId: string, mediaTypes?: readonly MediaType[]): PlantedValue[];
  /** Order numbers and the like, which masking should leave alone. */
  benignValues(interactionId: string, mediaTypes?: readonly MediaType[]): string[];
  /** Ids that are known: the first of the timeline, or of the file. */
  interactionIds(count: number): string[];
  /** Replaces the faults; their counts start anew. */
  setFaults(faults: readonly Fault[]): void;
  /** The old secret is refused from now on; tokens live on. */
  rotateSecret(clientSecret: string): void;
  revokeTokens(): void;
}

const DEFAULT_SEED = '1';

/**
 * A server of the vendor's bulk transcript API (token, submit, poll, download, search) with generated transcripts, strict
 * about what it is sent.
 *
 * @throws FaultsInvalid, TranscriptsFileInvalid for what the options hold
 * @example const simulator = await startCxoneSimulator({ seed: 'demo' }); // simulator.baseUrl: 'http://127.0.0.1:…'
 */
export async function startCxoneSimulator(options: CxoneSimulatorOptions = {}): Promise<CxoneSimulator> {
  const now = options.now ?? Date.now;
  const seed = options.seed ?? DEFAULT_SEED;
  const faults = new FaultBook(parseFaults(options.faults ?? []));
  const generated: GeneratedCatalogue = createGeneratedCatalogue({ ...options, seed });
  const file: FileCatalogue | undefined =
    options.transcripts === undefined ? undefined : await openTranscriptsFile(options.transcripts);
  const catalogue = file ?? generated;
  const jobs = new JobBoard(seed, catalogue);
  const tokens = new TokenOffice({
    clientId: options.clientId ?? 'simulator-client',
    clientSecret: options.clientSecret ?? 'simulator-secret-4f7c1e',
    scopes: options.scopes ?? SCOPES,
    lifetimeSeconds: options.tokenLifetimeSeconds ?? 1_800,
    now,
  });
  const latency: JobLatency = { polls: 2, ms: 0, ...options.jobLatency };
  const result: ResultOptions = { shape: 'auto', gzip: 'none', ...options.result };
  const resultUrls = createResultUrls(now, (options.resultUrlLifetimeSeconds ?? 300) * 1_000);
  const requests: SimulatorRequest[] = [];
  let baseUrl = '';

  const calls: Record<Call, (request: IncomingMessage, response: ServerResponse, url: URL) => Promise<void>> = {
    async token(request, response) {
      const body = (await readBody(request)).toString('utf8');
      const effect = faults.take('token')?.do;
      if (await answerWithFault(response, effect)) return;
      const { authorization, 'content-type': contentType } = request.headers;
      const answer = tokens.grant({ authorization, contentType, body });
      if (answer.status === 200 && effect?.expiresIn !== undefined) answer.body.expires_in = effect.expiresIn;
      sendJson(response, answer.status, answer.body, { 'cache-control': 'no-store' });
    },

    async submit(request, response) {
      const text = (await readBody(request)).toString('utf8');
      const checked = checkJson(SubmitRequest, request.headers['content-type'], text);
      const ids = new Set(checked.ok ? checked.value.interactionIds : []);
      const effect = faults.take('submit', { hasInteraction: (id) => ids.has(id) })?.do;
      if (effect?.afterAccept !== true && (await answerWithFault(response, effect))) return;
      if (isRefused(request, response, 'transcripts:read')) return;
      if (!checked.ok) {
        sendJson(response, checked.status, checked.body);
        return;
      }
      const job = jobs.accept(checked.value, now(), effect?.jobId ?? undefined);
      if (effect?.afterAccept === true && (await answerWithFault(response, effect))) return;
      const jobId = effect?.jobId === null ? {} : { jobId: job.jobId };
      sendJson(response, 201, { ...jobId, status: 'queued' });
    },

    async poll(request, response, url) {
      const job = jobOf(url);
      const effect = faults.take('poll', factsOf(job))?.do;
      if (await answerWithFault(response, effect)) return;
      if (isRefused(request, response, 'jobs:read')) return;
      if (job === undefined) {
        sendJson(response, 404, { error: 'job_not_found' });
        return;
      }
      const freshUrl = () =>
        `${baseUrl}/api/v2/jobs/${encodeURIComponent(job.jobId)}/result?${resultUrls.sign(job.jobId)}`;
      const answer = pollJob(job, latency, now(), freshUrl, effect);
      if (answer.body === undefined) response.writeHead(answer.status, { 'content-length': 0 }).end();
      else sendJson(response, answer.status, answer.body);
    },

    async download(request, response, url) {
      const job = jobOf(url);
      const fault = faults.take('download', factsOf(job));
      const effect = fault?.do ?? {};
      if (await answerWithFault(response, effect)) return;
      if (isRefused(request, response, 'transcripts:read')) return;
      if (job === undefined || effect.expiredUrl !== undefined || !resultUrls.isValid(job.jobId, url.searchParams)) {
        sendJson(response, job === undefined ? 404 : (effect.expiredUrl ?? 403), { error: 'result_url_expired' });
        return;
      }
      const nowMs = now();
      await sendResult(response, {
        catalogue,
        entries: job.entries.filter(({ availableMs }) => availableMs <= nowMs),
        options: result,
        fault: effect,
        target: fault?.match?.interactionId,
      });
    },

    async search(request, response) {
      const text = (await readBody(request)).toString('utf8');
      const checked = checkJson(SearchRequest, request.headers['content-type'], text);
      const hasInteraction = (id: string) => checked.ok && concerns(catalogue, checked.value, id);
      const fault = faults.take('search', { hasInteraction });
      if (await answerWithFault(response, fault?.do)) return;
      if (isRefused(request, response, 'interactions:read')) return;
      if (!checked.ok) {
        sendJson(response, checked.status, checked.body);
        return;
      }
      const answer = search(catalogue, checked.value, now(), fault?.do, fault?.match?.interactionId);
      sendJson(response, answer.status, answer.body);
    },
  };

  function isRefused(request: IncomingMessage, response: ServerResponse, scope: (typeof SCOPES)[number]): boolean {
    const refusal = tokens.refusal(request.headers.authorization, scope);
    if (refusal === undefined) return false;
    sendJson(response, refusal.status, refusal.body, refusal.status === 401 ? { 'www-authenticate': 'Bearer' } : {});
    return true;
  }

  const jobOf = (url: URL): Job | undefined => jobs.find(decodeURIComponent(url.pathname.split('/')[4] ?? ''));

  const server = await startServer(
    async (request, response) => {
      const method = request.method ?? '';
      const url = new URL(request.url ?? '/', 'http://127.0.0.1');
      const call = callOf(method, url.pathname);
      const entry: SimulatorRequest = {
        call: call ?? 'unknown',
        method,
        path: url.pathname,
        status: 0,
        at: new Date().toISOString(),
      };
      requests.push(entry);
      response.once('finish', () => {
        entry.status = response.statusCode;
      });
      if (call === undefined) sendJson(response, 404, { error: 'not_found' });
      else await calls[call](request, response, url);
    },
    { port: options.port ?? 0 },
  );
  baseUrl = server.url;

  return {
    ...server,
    async close() {
      await server.close();
      await file?.close();
    },
    baseUrl,
    clientId: tokens.clientId,
    get clientSecret() {
      return tokens.clientSecret;
    },
    requests,
    count: (call) => requests.filter((request) => request.call === call).length,
    issuedTokens: tokens.issued,
    plantedValues: (id, mediaTypes = MEDIA_TYPES) =>
      file === undefined ? generated.plantedValues(id, mediaTypes) : [],
    benignValues: (id, mediaTypes = MEDIA_TYPES) => (file === undefined ? generated.benignValues(id, mediaTypes) : []),
    interactionIds: (count) => file?.interactionIds.slice(0, count) ?? generated.interactionIds(count),
    setFaults: (next) => faults.replace(parseFaults(next)),
    rotateSecret(clientSecret) {
      tokens.clientSecret = clientSecret;
    },
    revokeTokens: () => tokens.revokeAll(),
  };
}

const ROUTES: readonly [Call, method: string, path: RegExp][] = [
  ['token', 'POST', /^\/oauth\/token$/],
  ['submit', 'POST', /^\/api\/v2\/interactions\/transcripts$/],
  ['search', 'POST', /^\/api\/v2\/interactions\/search$/],
  ['poll', 'GET', /^\/api\/v2\/jobs\/[^/]+$/],
  ['download', 'GET', /^\/api\/v2\/jobs\/[^/]+\/result$/],
];

const callOf = (method: string, path: string): Call | undefined =>
  ROUTES.find(([, routeMethod, pattern]) => routeMethod === method && pattern.test(path))?.[0];

const factsOf = (job: Job | undefined) => ({
  jobOrdinal: job?.ordinal,
  hasInteraction: (id: string) => job?.interactionIds.has(id) === true,
});

/** Signed result URLs that expire, as object stores hand them out. */
function createResultUrls(now: () => number, lifetimeMs: number) {
  const key = randomBytes(32);
  const signature = (jobId: string, expires: string) =>
    createHmac('sha256', key).update(`${jobId}\n${expires}`).digest('hex');
  return {
    sign(jobId: string): string {
      const expires = String(now() + lifetimeMs);
      return new URLSearchParams({ expires, signature: signature(jobId, expires) }).toString();
    },
    isValid(jobId: string, query: URLSearchParams): boolean {
      const expires = query.get('expires') ?? '';
      return query.get('signature') === signature(jobId, expires) && Number(expires) > now();
    },
  };
}
