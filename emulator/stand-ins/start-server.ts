import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

export type RequestHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void> | void;

export interface RunningServer {
  /** `http://127.0.0.1:<port>`, without a slash at its end. */
  url: string;
  port: number;
  /**
   * Stops listening and destroys every open socket, also those with a request in flight. Their handlers have ended when
   * it resolves, so that nothing is written any more; one that only waits is left to itself.
   */
  close(): Promise<void>;
}

/** Time for a handler to notice that its socket is gone. */
const HANDLER_GRACE_MS = 1_000;

/**
 * A server on 127.0.0.1; port 0 takes a free one. A handler that rejects answers 500 with the error's message, or destroys
 * the socket when the answer has begun, so that a fault of a stand-in never looks like a short answer.
 *
 * @example const { url, close } = await startServer((_, response) => void response.end('hello'));
 */
export async function startServer(handler: RequestHandler, options: { port?: number } = {}): Promise<RunningServer> {
  const handling = new Set<Promise<void>>();
  const server = createServer((request, response) => {
    // A client may hang up in mid-answer: its tests do so on purpose.
    request.on('error', () => {});
    response.on('error', () => {});
    const handled = Promise.resolve()
      .then(() => handler(request, response))
      .catch((error: unknown) => {
        if (response.headersSent || response.destroyed) {
          response.destroy();
          return;
        }
        response.writeHead(500, { 'content-type': 'text/plain' });
        response.end(error instanceof Error ? error.message : 'stand-in failed');
      })
      .finally(() => handling.delete(handled));
    handling.add(handled);
  });
  // Longer than any client keeps a socket: a server that closes first would race with the next request.
  server.keepAliveTimeout = 120_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', () => {
      server.removeListener('error', reject);
      resolve();
    });
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    close: async () => {
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
      await Promise.race([Promise.all(handling), sleep(HANDLER_GRACE_MS, undefined, { ref: false })]);
    },
  };
}

/**
 * Access key id in an `Authorization` header of AWS; empty where there is none.
 *
 * @example accessKeyId('AWS4-HMAC-SHA256 Credential=Submit/20261121/eu-west-1/s3/aws4_request, …') // 'Submit'
 */
export function accessKeyId(authorization: string | undefined): string {
  return /\bCredential=([^/,\s]+)/.exec(authorization ?? '')?.[1] ?? '';
}

/** The body did not fit into the limit of {@link readBody}. */
export class BodyTooLarge extends Error {
  override readonly name = 'BodyTooLarge';
}

/**
 * A whole request body; for the small ones only.
 *
 * @param limit bytes
 * @throws BodyTooLarge above the limit
 * @example (await readBody(request)).toString('utf8') // '{"interactionIds":["a"]}'
 */
export async function readBody(request: IncomingMessage, limit = 16 * 1024 * 1024): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  // The socket survives the throw, so that the refusal can be answered.
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > limit) {
      request.resume();
      throw new BodyTooLarge(`the body is larger than ${limit} bytes`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, bytes);
}

/** Answers with a JSON document and its exact length. */
export function sendJson(
  response: ServerResponse,
  status: number,
  value: unknown,
  headers: Record<string, string> = {},
): void {
  const body = Buffer.from(JSON.stringify(value));
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': body.length, ...headers });
  response.end(body);
}
