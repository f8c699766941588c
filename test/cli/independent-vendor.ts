/** A vendor written from the API's description alone, to show that the pipeline does not lean on its own simulator. */
import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { type ServedRequest, sendJson, serve } from '../serve.ts';

const CREDENTIALS = { id: 'tenant-client', secret: 'tenant-secret' };
const TOKEN = 'opaque.token-1';

export interface IndependentVendor {
  url: string;
  requests: ServedRequest[];
  environment: Record<string, string>;
}

/** Jobs are running for two polls (the first a bare 202); results come as gzipped JSON Lines of `transcripts` by id. */
export async function startIndependentVendor(transcripts: Record<string, unknown>): Promise<IndependentVendor> {
  const jobs = new Map<string, { ids: string[]; polls: number }>();
  const basic = `Basic ${Buffer.from(`${CREDENTIALS.id}:${CREDENTIALS.secret}`).toString('base64')}`;

  const answer = (request: ServedRequest, response: ServerResponse) => {
    const { method, path, headers, body } = request;
    if (method === 'POST' && path === '/oauth/token') {
      const isGood = headers.authorization === basic && body === 'grant_type=client_credentials';
      return isGood
        ? sendJson(response, 200, { access_token: TOKEN, token_type: 'Bearer', expires_in: 1800 })
        : sendJson(response, 401, { error: 'invalid_client' });
    }
    if (headers.authorization !== `Bearer ${TOKEN}`) return sendJson(response, 401, { error: 'invalid_token' });
    if (method === 'POST' && path === '/api/v2/interactions/search') {
      const { interactionIds } = JSON.parse(body) as { interactionIds: string[] };
      const known = interactionIds.filter((id) => id in transcripts);
      const interactions = known.map((interactionId) => ({
        interactionId,
        mediaType: 'voice',
        startTime: '2026-11-20T08:00:00Z',
        queue: 'x',
      }));
      return sendJson(response, 200, { interactions });
    }
    if (method === 'POST' && path === '/api/v2/interactions/transcripts') {
      const jobId = `job-${jobs.size + 1}`;
      jobs.set(jobId, { ids: (JSON.parse(body) as { interactionIds: string[] }).interactionIds, polls: 0 });
      return sendJson(response, 200, { jobId, status: 'queued', extra: true });
    }
    const job = jobs.get(/^\/(?:api\/v2\/jobs|files)\/([\w-]+)/.exec(path)?.[1] ?? '');
    if (!job) return sendJson(response, 404, {});
    if (path.startsWith('/files/')) {
      const lines = job.ids.map((id) =>
        JSON.stringify({
          interactionId: id,
          mediaType: 'voice',
          timestamp: '2026-11-20T08:00:00+01:00',
          transcript: transcripts[id],
          masked: false,
        }),
      );
      return void response
        .writeHead(200, { 'content-type': 'application/octet-stream' })
        .end(gzipSync(`${lines.join('\n')}\n`));
    }
    job.polls += 1;
    if (job.polls === 1) return void response.writeHead(202).end();
    if (job.polls === 2) return sendJson(response, 200, { jobId: 'x', status: 'Processing', progress: 40 });
    return sendJson(response, 200, {
      status: 'COMPLETED',
      progress: 100,
      resultUrl: `${server.url}/files/${path.split('/').at(-1)}?sig=abc`,
    });
  };
  const server = await serve(answer);
  return {
    ...server,
    environment: { CXONE_CLIENT_ID: CREDENTIALS.id, CXONE_CLIENT_SECRET: CREDENTIALS.secret },
  };
}
