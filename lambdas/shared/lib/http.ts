/** One HTTP exchange: no redirects, a deadline, and errors without content. */
import { ownValue } from './own-value.ts';

/** Why no answer came. */
export type NetworkFailureReason = 'timeout' | 'dns' | 'tls' | 'refused' | 'reset' | 'network';

/** No answer came. Carries a reason, never the underlying error: that one may quote addresses and headers. */
export class NetworkFailure extends Error {
  readonly reason: NetworkFailureReason;

  constructor(reason: NetworkFailureReason) {
    super(`no answer (${reason})`);
    this.name = 'NetworkFailure';
    this.reason = reason;
  }
}

const REASON_BY_CODE: Record<string, NetworkFailureReason> = {
  ENOTFOUND: 'dns',
  EAI_AGAIN: 'dns',
  ECONNREFUSED: 'refused',
  ECONNRESET: 'reset',
  EPIPE: 'reset',
  UND_ERR_SOCKET: 'reset',
  UND_ERR_CONNECT_TIMEOUT: 'timeout',
  UND_ERR_HEADERS_TIMEOUT: 'timeout',
  UND_ERR_BODY_TIMEOUT: 'timeout',
};

/**
 * What kept an answer away, from the error that `fetch` or a body stream threw.
 *
 * @example networkFailureReason(Object.assign(new Error(), { code: 'ECONNREFUSED' })) // 'refused'
 */
export function networkFailureReason(error: unknown): NetworkFailureReason {
  if (!(error instanceof Error)) return 'network';
  if (error.name === 'TimeoutError' || error.name === 'AbortError') return 'timeout';
  const { code } = (error.cause ?? error) as { code?: unknown };
  if (typeof code !== 'string') return 'network';
  const isTls = code.startsWith('ERR_TLS') || code.startsWith('ERR_SSL') || code.includes('CERT') || code === 'EPROTO';
  return ownValue(REASON_BY_CODE, code) ?? (isTls ? 'tls' : 'network');
}

export interface HttpRequest {
  method: 'GET' | 'POST';
  url: URL;
  headers: Record<string, string>;
  body?: string;
  /** Milliseconds until the answer's headers, and for {@link readText} its body, must be there. */
  timeoutMs: number;
  /** Ends the exchange early, body included. */
  signal?: AbortSignal;
}

/**
 * The answer to one request, of any status.
 *
 * Redirects are answers here, never followed: following one would carry a body or a token to another host.
 *
 * @throws NetworkFailure when no answer came
 * @example (await send({ method: 'GET', url, headers: {}, timeoutMs: 5_000 })).status // 404
 */
export async function send(request: HttpRequest): Promise<Response> {
  const timeout = new AbortController();
  const timer = setTimeout(() => timeout.abort(new DOMException('timed out', 'TimeoutError')), request.timeoutMs);
  const signals = request.signal ? [timeout.signal, request.signal] : [timeout.signal];
  try {
    return await fetch(request.url, {
      method: request.method,
      headers: request.headers,
      redirect: 'manual',
      signal: AbortSignal.any(signals),
      ...(request.body === undefined ? {} : { body: request.body }),
    });
  } catch (error) {
    throw new NetworkFailure(networkFailureReason(error));
  } finally {
    clearTimeout(timer);
  }
}

/**
 * A whole small body as text, or undefined when it is larger than `maxBytes`.
 *
 * @param maxBytes more than this is refused, so that a wrong endpoint cannot fill the memory
 * @throws NetworkFailure when the body broke off or did not end within `timeoutMs`
 * @example await readText(new Response('too long'), 3, 1_000) // undefined
 */
export async function readText(response: Response, maxBytes: number, timeoutMs: number): Promise<string | undefined> {
  if (!response.body) return '';
  const reader = response.body.getReader();
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    reader.cancel().catch(() => {});
  }, timeoutMs);
  try {
    for (;;) {
      const { done, value } = await reader.read();
      // Cancelling ends the body like a whole one.
      if (timedOut) throw new DOMException('timed out', 'TimeoutError');
      if (done) return Buffer.concat(chunks).toString('utf8');
      bytes += value.byteLength;
      if (bytes > maxBytes) {
        await reader.cancel();
        return undefined;
      }
      chunks.push(value);
    }
  } catch (error) {
    throw new NetworkFailure(networkFailureReason(error));
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Drops an answer's body, so that its connection can serve the next request.
 *
 * @example if (!response.ok) await discardBody(response);
 */
export async function discardBody(response: Response): Promise<void> {
  await response.body?.cancel().catch(() => {});
}

/**
 * Seconds from now that a `Retry-After` header (RFC 9110, section 10.2.3) asks for, whole seconds or an HTTP date, between
 * 1 and `maxSeconds`; undefined when the header is missing or makes no sense.
 *
 * @example
 * parseRetryAfter('120', Date.now(), 60) // 60
 * parseRetryAfter('soon', Date.now(), 60) // undefined
 */
export function parseRetryAfter(header: string | null, nowMs: number, maxSeconds: number): number | undefined {
  const text = header?.trim();
  if (!text) return undefined;
  const seconds = /^\d{1,15}$/.test(text) ? Number(text) : secondsUntil(text, nowMs);
  if (seconds === undefined) return undefined;
  return Math.min(Math.max(Math.ceil(seconds), 1), maxSeconds);
}

function secondsUntil(httpDate: string, nowMs: number): number | undefined {
  // Every HTTP date starts with a day's name; Date.parse alone would also take "12" or "-5".
  if (!/^[A-Za-z]{3,9},? /.test(httpDate)) return undefined;
  const at = Date.parse(httpDate);
  return Number.isNaN(at) ? undefined : (at - nowMs) / 1000;
}
