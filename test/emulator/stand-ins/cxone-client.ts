import type { CxoneSimulator } from '../../../emulator/stand-ins/cxone/start-cxone-simulator.ts';

/** Bare calls to the simulator, without any of the product's own client. */
export function clientOf(simulator: CxoneSimulator) {
  const { baseUrl } = simulator;
  let token = '';

  const withBearer = (headers: Record<string, string> = {}) => ({ authorization: `Bearer ${token}`, ...headers });
  const post = (path: string, body: unknown) =>
    fetch(`${baseUrl}${path}`, {
      method: 'POST',
      headers: withBearer({ 'content-type': 'application/json' }),
      body: JSON.stringify(body),
    });

  return {
    tokenCall: (secret = simulator.clientSecret, init: RequestInit = {}) =>
      fetch(`${baseUrl}/oauth/token`, {
        method: 'POST',
        headers: {
          authorization: `Basic ${Buffer.from(`${simulator.clientId}:${secret}`).toString('base64')}`,
          'content-type': 'application/x-www-form-urlencoded',
        },
        body: 'grant_type=client_credentials',
        ...init,
      }),
    async signIn() {
      const answer = (await (await this.tokenCall()).json()) as { access_token: string };
      token = answer.access_token;
    },
    submit: (change: Record<string, unknown> = {}) =>
      post('/api/v2/interactions/transcripts', {
        interactionIds: ['int-1', 'int-2', 'int-3'],
        mediaTypes: ['voice', 'chat'],
        redactionPolicy: 'auto',
        format: 'json',
        maxConcurrentDownloads: 5,
        ...change,
      }),
    poll: (jobId: string) => fetch(`${baseUrl}/api/v2/jobs/${encodeURIComponent(jobId)}`, { headers: withBearer() }),
    download: (url: string) => fetch(url, { headers: withBearer() }),
    get: (path: string, accept = 'application/json') => fetch(`${baseUrl}${path}`, { headers: withBearer({ accept }) }),
    search: (body: unknown) => post('/api/v2/interactions/search', body),
    /** Submits, polls until completed, and answers the result's URL. */
    async complete(change: Record<string, unknown> = {}): Promise<{ jobId: string; resultUrl: string }> {
      const { jobId } = (await (await this.submit(change)).json()) as { jobId: string };
      for (;;) {
        const text = await (await this.poll(jobId)).text();
        const resultUrl = text === '' ? undefined : (JSON.parse(text) as { resultUrl?: string }).resultUrl;
        if (resultUrl !== undefined) return { jobId, resultUrl };
      }
    },
  };
}
