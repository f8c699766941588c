/** An issuer beside the API: discovery, a registered application and its refusals, through the real state machine. */
import { describe, expect, it } from 'vitest';
import { LocalEngine } from '../../../emulator/engine/run-execution.ts';
import {
  ACCESS_KEY,
  CLIENT,
  startTokenServer,
  TENANT_ID,
  type TokenServerOptions,
} from '../../stand-ins/token-server.ts';
import { eventFor, freshIds, usePipeline } from '../world/pipeline.ts';

const pipeline = usePipeline();

/** A token that the simulated API takes; it has been issued by its own token service. */
async function simulatedToken(): Promise<string> {
  const { baseUrl, clientId, clientSecret } = pipeline.simulator;
  const response = await fetch(`${baseUrl}/oauth/token`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`,
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: 'grant_type=client_credentials',
  });
  return ((await response.json()) as { access_token: string }).access_token;
}

/** A run whose issuer behaves so, with functions that hold no token yet. */
async function runAt(change: TokenServerOptions) {
  const ids = freshIds(3);
  const access_token = await simulatedToken();
  const issuer = await startTokenServer({
    clientAuth: 'body',
    document: {},
    configuration: { api_endpoint: pipeline.simulator.baseUrl, area: 'na1', domain: 'niceincontact.com' },
    token: { access_token },
    ...change,
  });
  const secretId = pipeline.assembly.outputs.CxoneSecretArn as string;
  await pipeline.secrets.put(secretId, JSON.stringify({ ...ACCESS_KEY, ...CLIENT, clientAuth: 'body' }));
  const engine = new LocalEngine({
    assembly: pipeline.assembly,
    overridesEnv: { ...pipeline.environment, CXONE_BASE_URL: issuer.url },
    waitScale: 0.001,
    maxProcesses: 2,
  });
  const result = await engine.run({ input: eventFor(ids) as never, stateMachine: pipeline.extraction, record: 'all' });
  await engine.close();
  return { result, ids, issuer, access_token };
}

const outputOf = (history: readonly { type: string }[], name: string) =>
  history.find((event) => event.type === 'StateExited' && (event as { state?: string }).state === name);

describe('an issuer beside the API', () => {
  it('leads to the tenant, whose transcripts are stored, and no secret gets out', async () => {
    const { result, ids, issuer, access_token } = await runAt({});
    expect(result).toMatchObject({ status: 'SUCCEEDED' });
    const rows = await pipeline.rows(result.name);
    expect(rows.map(({ interactionId }) => interactionId).sort()).toEqual(ids);
    expect(outputOf(result.history, 'Authenticate')).toMatchObject({
      output: { tenant: { id: TENANT_ID, area: 'na1', issuer: new URL(issuer.url).host } },
    });
    for (const secret of [...Object.values(ACCESS_KEY), ...Object.values(CLIENT), access_token, 'secret-']) {
      expect(JSON.stringify(result)).not.toContain(secret);
    }
  });

  it.each<[string, TokenServerOptions, string, string]>([
    ['a refused key', { refuse: { status: 400, body: { error: 'invalid_grant' } } }, 'VendorAuthFailed', 'accessKeyId'],
    ['another way to send the client', { clientAuth: 'basic' }, 'VendorAuthFailed', 'CXONE_CLIENT_AUTH=basic'],
    [
      'another grant',
      { refuse: { status: 400, body: { error: 'unsupported_grant_type' } } },
      'ConfigInvalid',
      'cxoneBaseUrl',
    ],
    ['an unknown tenant', { configuration: 404 }, 'ConfigInvalid', 'cxoneBaseUrl'],
    [
      'an API elsewhere',
      { configuration: { api_endpoint: 'https://x.example' } },
      'ConfigInvalid',
      'cxoneAllowedHosts',
    ],
  ])('ends the run after one sign-in, with what to mend: %s', async (_name, change, error, words) => {
    const { result, issuer } = await runAt(change);
    expect(result).toMatchObject({ status: 'FAILED', error, cause: expect.stringContaining(words) });
    expect(issuer.signIns()).toHaveLength(1);
  });
});
