/** POSTs to one endpoint over connections that stay open. Redirects are answers, never followed. */
import { type ClientRequest, Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { networkFailureReason } from '../lib/http.ts';
import { AddressGuard, AddressRefused } from './address-guard.ts';

export interface WebhookAnswer {
  status: number;
  /** `Retry-After` as it came. */
  retryAfter: string | null;
}

/** No answer came. Carries a short word, never the underlying error: that one may quote addresses. */
export class NoAnswer extends Error {
  /** `timeout`, `dns`, `refused`, `reset`, `network`, `address-refused`, or `tls:` and the code of the TLS error. */
  readonly reason: string;

  constructor(reason: string) {
    super(`no answer (${reason})`);
    this.name = 'NoAnswer';
    this.reason = reason;
  }
}

/** An answer's body says nothing that is needed; a longer one costs its connection. */
const MAX_ANSWER_BYTES = 64 * 1024;

/** Codes of OpenSSL's certificate checks that do not contain `CERT` (Node.js: tls, X509 certificate error codes). */
const TLS_CODES = new Set(['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'INVALID_CA', 'INVALID_PURPOSE', 'HOSTNAME_MISMATCH']);

function reasonOf(error: unknown): string {
  if (error instanceof AddressRefused) return 'address-refused';
  const { code } = error as { code?: unknown };
  const reason = networkFailureReason(error);
  if (typeof code !== 'string') return reason;
  return reason === 'tls' || TLS_CODES.has(code) || code.startsWith('CRL_') ? `tls:${code}`.slice(0, 64) : reason;
}

export interface WebhookClientOptions {
  url: URL;
  /** Connections at the same time. */
  connections: number;
  /** From the start of the request to the end of its answer. */
  timeoutMs: number;
  /** Networks in CIDR form that may be connected to although they are not public. */
  allowedNetworks?: readonly string[];
  /** Certificates to trust besides those of Node.js. */
  ca?: string;
}

/** The client of one endpoint. It keeps its connections open between requests, until {@link WebhookClient.close}. */
export class WebhookClient {
  readonly #options: WebhookClientOptions;
  readonly #guard: AddressGuard;
  readonly #agent: HttpAgent;
  readonly #send: typeof httpRequest;

  constructor(options: WebhookClientOptions) {
    this.#options = options;
    this.#guard = new AddressGuard(options.url, options.allowedNetworks ?? []);
    const isHttps = options.url.protocol === 'https:';
    const pool = { keepAlive: true, maxSockets: options.connections };
    this.#agent = isHttps ? new HttpsAgent({ ...pool, ...(options.ca && { ca: options.ca }) }) : new HttpAgent(pool);
    this.#send = isHttps ? httpsRequest : httpRequest;
  }

  /**
   * Sends one request. Settles within the time-out, whatever the receiver does; 1xx, too, is an answer.
   *
   * @returns the answer's status and `Retry-After`: `{status: 204, retryAfter: null}`
   * @throws NoAnswer
   */
  async post(headers: Record<string, string>, body: Buffer): Promise<WebhookAnswer> {
    if (!this.#guard.allowsHost(this.#options.url)) throw new NoAnswer('address-refused');
    const first = await this.#attempt(headers, body);
    // A server may close an idle connection just as it is used again: that says nothing about the endpoint.
    const second = first === 'stale' ? await this.#attempt(headers, body) : first;
    if (second === 'stale') throw new NoAnswer('reset');
    return second;
  }

  /** Closes every connection. */
  close(): void {
    this.#agent.destroy();
  }

  /** Settles on whatever happens first: the answer's end, an upgrade, an error, the closing of the socket, the deadline. */
  #attempt(headers: Record<string, string>, body: Buffer): Promise<WebhookAnswer | 'stale'> {
    const { url, timeoutMs } = this.#options;
    return new Promise((resolve, reject) => {
      const request: ClientRequest = this.#send(url, {
        method: 'POST',
        agent: this.#agent,
        lookup: this.#guard.lookup,
        headers: { ...headers, 'content-length': body.length },
      });
      let answer: WebhookAnswer | undefined;
      const settle = (reason: string) => {
        clearTimeout(timer);
        // Once the status is there it counts, however the answer ends.
        if (answer) resolve(answer);
        else if (reason === 'reset' && request.reusedSocket) resolve('stale');
        else reject(new NoAnswer(reason));
      };
      const timer = setTimeout(() => {
        settle('timeout');
        request.destroy();
      }, timeoutMs);
      request.on('error', (error) => settle(reasonOf(error)));
      request.once('close', () => settle('reset'));
      request.once('response', (response) => {
        answer = answerOf(response);
        drain(response, () => settle('reset'));
      });
      // Without a listener Node.js closes the socket without an event. There is no other protocol to go on with.
      request.once('upgrade', (response, socket) => {
        answer = answerOf(response);
        socket.destroy();
        settle('reset');
      });
      request.end(body);
    });
  }
}

function answerOf({ statusCode = 0, headers }: IncomingMessage): WebhookAnswer {
  return { status: statusCode, retryAfter: headers['retry-after'] ?? null };
}

/** Reads an answer to its end, so that its connection can serve the next request. */
function drain(response: IncomingMessage, done: () => void): void {
  let bytes = 0;
  response.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > MAX_ANSWER_BYTES) response.destroy();
  });
  response.on('error', () => {});
  response.once('close', done);
  // 101 without a protocol: what comes next on this connection is not known.
  if ((response.statusCode ?? 0) < 200) response.destroy();
}
