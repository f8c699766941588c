import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { sendJson } from '../start-server.ts';
import type { TransportFault } from './transport-fault.ts';

const PROXY_PAGE = '<!doctype html><html><head><title>Gateway</title></head><body>Please try again.</body></html>';

/**
 * Whether the fault was the answer, so that the call is over; a fault that only delays returns false after its `delayMs`.
 *
 * @param errorOf the body of an error as the API words it; undefined for none
 * @example await answerWithFault(response, { status: 503, retryAfter: 2 }) // true: 503 with `retry-after: 2` was sent
 * @example await answerWithFault(response, { delayMs: 50 }) // false, 50 ms later
 */
export async function answerWithFault(
  response: ServerResponse,
  fault: TransportFault | undefined,
  errorOf: (status: number) => Record<string, unknown> | undefined = () => ({ error: 'simulated_fault' }),
): Promise<boolean> {
  if (fault === undefined) return false;
  if (fault.delayMs !== undefined) await sleep(fault.delayMs, undefined, { ref: false });
  if (fault.hang === true) return true;
  if (fault.reset === true) {
    response.destroy();
    return true;
  }
  if (fault.status === undefined && fault.html !== true && fault.body === undefined) return false;
  const status = fault.status ?? 200;
  const headers: Record<string, string> = {};
  if (fault.retryAfter !== undefined) headers['retry-after'] = String(fault.retryAfter);
  if (fault.location !== undefined) headers.location = fault.location;
  const isBodiless = [202, 204, 304].includes(status);
  const error = fault.html !== true && fault.body === undefined && !isBodiless ? errorOf(status) : undefined;
  if (error !== undefined) {
    sendJson(response, status, error, headers);
    return true;
  }
  const contentType = fault.html === true ? 'text/html' : 'application/json';
  response.writeHead(status, { 'content-type': contentType, ...headers });
  response.end(fault.html === true ? PROXY_PAGE : (fault.body ?? ''));
  return true;
}
