import { setTimeout as sleep } from 'node:timers/promises';
import { type RunningServer, startServer } from '../start-server.ts';
import { Ledger } from './ledger.ts';
import { type RateLimit, rateLimiter } from './rate-limit.ts';
import type { Exchange, Route } from './route.ts';
import { sendVendorError } from './vendor-error.ts';

/**
 * A server of the routes on 127.0.0.1 that writes down every call. What no route knows answers 404.
 *
 * @param latencyMs time before each answer begins, so long as a round trip to the vendor takes
 */
export async function serveRoutes(
  routes: readonly Route[],
  { port, latencyMs, rateLimit }: { port: number; latencyMs: number; rateLimit: RateLimit | undefined },
): Promise<{ server: RunningServer; ledger: Ledger }> {
  const ledger = new Ledger();
  const isWithinLimit = rateLimiter(rateLimit);
  const server = await startServer(
    async (request, response) => {
      const url = new URL(request.url ?? '/', 'http://127.0.0.1');
      const method = request.method ?? '';
      const found = routeOf(routes, method, url.pathname);
      const call = found?.route.call ?? 'unknown';
      ledger.open({ call, method, path: url.pathname }, response);
      if (!isWithinLimit(call, Date.now())) {
        const retryAfter = rateLimit?.retryAfter;
        sendVendorError(request, response, 429, retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) });
        return;
      }
      if (latencyMs > 0) await sleep(latencyMs, undefined, { ref: false });
      if (found === undefined) sendVendorError(request, response, 404);
      else await found.route.answer({ request, response, url, params: found.params } satisfies Exchange);
    },
    { port },
  );
  return { server, ledger };
}

function routeOf(routes: readonly Route[], method: string, path: string) {
  for (const route of routes) {
    if (route.method !== method) continue;
    const params = route.path.exec(path)?.slice(1).map(decoded);
    if (params !== undefined) return { route, params };
  }
  return undefined;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
