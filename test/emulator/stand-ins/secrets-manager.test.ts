import {
  DescribeSecretCommand,
  GetSecretValueCommand,
  type GetSecretValueCommandInput,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type SecretsManager, startSecretsManager } from '../../../emulator/stand-ins/secrets-manager.ts';

const ARN = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:webhook-key-AbC123';

let secrets: SecretsManager;
let client: SecretsManagerClient;

beforeEach(async () => {
  secrets = await startSecretsManager({ secrets: { cxone: '{"clientId":"a"}', [ARN]: 'first' } });
  client = new SecretsManagerClient({
    endpoint: secrets.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  });
});
afterEach(async () => {
  client.destroy();
  await secrets.close();
});

const secretString = async (SecretId: string, more: Partial<GetSecretValueCommandInput> = {}) =>
  (await client.send(new GetSecretValueCommand({ SecretId, ...more }))).SecretString;

describe('GetSecretValue', () => {
  it.each([
    ['a name', 'cxone', '{"clientId":"a"}'],
    [
      'the ARN made for a name',
      'arn:aws:secretsmanager:us-east-1:000000000000:secret:cxone-000000',
      '{"clientId":"a"}',
    ],
    ['an ARN', ARN, 'first'],
    ['an ARN without its random characters', ARN.slice(0, -7), 'first'],
    ['the name in an ARN', 'webhook-key', 'first'],
  ])('finds a secret by %s', async (_name, id, value) => {
    expect(await secretString(id)).toBe(value);
  });

  it('shows the current version and the previous one after a rotation', async () => {
    const { VersionId } = await client.send(new GetSecretValueCommand({ SecretId: ARN }));
    secrets.put(ARN, 'second');
    expect(await secretString(ARN)).toBe('second');
    expect(await secretString(ARN, { VersionStage: 'AWSPREVIOUS' })).toBe('first');
    expect(await secretString(ARN, { VersionId })).toBe('first');
    secrets.put(ARN, 'third');
    expect(await secretString(ARN, { VersionStage: 'AWSPREVIOUS' })).toBe('second');
    const { VersionIdsToStages, Name } = await client.send(new DescribeSecretCommand({ SecretId: ARN }));
    expect(Name).toBe('webhook-key');
    expect(
      Object.values(VersionIdsToStages ?? {})
        .flat()
        .sort(),
    ).toEqual(['AWSCURRENT', 'AWSPREVIOUS']);
  });

  it.each([
    ['cxon', {}],
    ['cxone', { VersionStage: 'AWSPREVIOUS' }],
  ])('does not find %s %j', async (id, more) => {
    await expect(secretString(id, more)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  it('fails as told, and its log holds no value', async () => {
    secrets.fail('AccessDeniedException');
    await expect(secretString('cxone')).rejects.toMatchObject({ name: 'AccessDeniedException' });
    expect(await secretString('cxone')).toBe('{"clientId":"a"}');
    expect(secrets.requests).toEqual([
      { action: 'GetSecretValue', secretId: 'cxone', status: 400, caller: 'test' },
      { action: 'GetSecretValue', secretId: 'cxone', status: 200, caller: 'test' },
    ]);
  });
});
