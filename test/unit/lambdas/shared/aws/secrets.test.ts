import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { SecretReader } from '../../../../../lambdas/shared/aws/secrets.ts';
import { CxoneCredentials } from '../../../../../lambdas/shared/contracts/cxone-credentials.ts';
import { sendJson, serve } from '../../../../serve.ts';

const GOOD = { SecretString: '{"clientId":"id","clientSecret":"s-1"}' };

/** A reader of a secret whose store answers so. */
async function reader(...answers: [status: number, body: unknown][]) {
  const server = await serve((_request, response) => {
    const [status, body] = answers[Math.min(server.requests.length, answers.length) - 1] ?? [500, {}];
    sendJson(response, status, body);
  });
  const client = new SecretsManagerClient({
    endpoint: server.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    maxAttempts: 1,
  });
  onTestFinished(() => client.destroy());
  return { secret: new SecretReader('cxone', CxoneCredentials, client), requests: server.requests };
}

const refusal = (type: string) => ({ __type: type, message: 'hunter2' });

describe('a secret', () => {
  it.each([
    ['that is missing', 400, refusal('ResourceNotFoundException'), 'ConfigInvalid', 'ResourceNotFoundException'],
    ['that this role may not read', 400, refusal('AccessDeniedException'), 'ConfigInvalid', 'AccessDeniedException'],
    ['that cannot be decrypted', 400, refusal('DecryptionFailure'), 'ConfigInvalid', 'DecryptionFailure'],
    ['without a value', 200, {}, 'ConfigInvalid', 'not JSON'],
    ['that is binary', 200, { SecretBinary: 'aHVudGVyMg==' }, 'ConfigInvalid', 'not JSON'],
    ['that is no JSON', 200, { SecretString: 'hunter2' }, 'ConfigInvalid', 'not JSON'],
    ['that lacks a field', 200, { SecretString: '{"clientId":"hunter2"}' }, 'ConfigInvalid', 'clientSecret'],
    ['that is throttled', 400, refusal('ThrottlingException'), 'VendorUnavailable', 'did not answer'],
    ['whose store is down', 503, refusal('ServiceUnavailable'), 'VendorUnavailable', 'did not answer'],
    ['whose store fails', 500, refusal('InternalServiceError'), 'VendorUnavailable', 'did not answer'],
  ])('%s', async (_name, status, body, name, words) => {
    const { secret } = await reader([status, body]);
    const failure = await secret.read().catch((error: unknown) => error);
    expect(failure).toMatchObject({ name, message: expect.stringContaining(words) });
    expect(String(failure)).not.toContain('hunter2');
  });

  it('is kept in memory for a few minutes, and read again on demand', async () => {
    const { secret, requests } = await reader([200, GOOD]);
    let nowMs = 1_000;
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => nowMs);
    onTestFinished(() => clock.mockRestore());
    await secret.read();
    expect(await secret.read()).toEqual({ form: 'client-credentials', clientId: 'id', clientSecret: 's-1' });
    expect(requests).toHaveLength(1);
    await secret.read({ fresh: true });
    expect(requests).toHaveLength(2);
    nowMs += 5 * 60_000 + 1;
    await secret.read();
    expect(requests).toHaveLength(3);
  });
});
