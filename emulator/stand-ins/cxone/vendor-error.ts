import type { IncomingMessage, ServerResponse } from 'node:http';
import { sendJson } from '../start-server.ts';

/**
 * The body of an error as the public APIs word it: each status has a form of its own, and a 403 has none.
 *
 * @example vendorError(401, '/x') // { message: 'Unauthorized' }
 */
export function vendorError(status: number, path: string): Record<string, unknown> | undefined {
  if (status === 403) return undefined;
  if (status === 401) return { message: 'Unauthorized' };
  const timestamp = new Date().toISOString();
  if (status === 404) return { timestamp, status, error: 'Not Found', path };
  return { statusCode: status, timestamp, message: MESSAGES[status] ?? 'The request failed' };
}

const MESSAGES: Record<number, string> = {
  400: 'Bad request',
  406: 'Accept must name application/json',
  429: 'Too many requests',
  500: 'Internal error',
};

/** Answers with the error, its length given. */
export function sendVendorError(
  { url = '/' }: IncomingMessage,
  response: ServerResponse,
  status: number,
  headers: Record<string, string> = {},
): void {
  const body = vendorError(status, new URL(url, 'http://127.0.0.1').pathname);
  if (body === undefined) response.writeHead(status, { 'content-length': 0, ...headers }).end();
  else sendJson(response, status, body, headers);
}
