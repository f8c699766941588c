import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { awsDeadlines } from '../../../../../lambdas/shared/aws/deadlines.ts';
import { SecretReader } from '../../../../../lambdas/shared/aws/secrets.ts';
import { isPipelineError } from '../../../../../lambdas/shared/contracts/errors.ts';
import { ObjectStore } from '../../../../../lambdas/shared/storage/object-store.ts';
import { MISBEHAVIOUR, serveBadly } from '../../../../misbehaviour.ts';

const options = (endpoint: URL) => ({
  endpoint: endpoint.href,
  region: 'us-east-1',
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  forcePathStyle: true,
  maxAttempts: 1,
  ...awsDeadlines(250),
});

const outcome = (call: Promise<unknown>) =>
  call.then(
    () => 'answered',
    (error: unknown) => (isPipelineError(error) ? error.name : error),
  );

/** A body that stops is not the concern of the deadline for an answer. */
const withoutAnswer = MISBEHAVIOUR.filter(([name]) => !name.includes('the body'));

describe('an AWS service that', () => {
  it.each(withoutAnswer)('%s holds no call', async (_name, misbehave) => {
    const store = new ObjectStore('lake', new S3Client(options(await serveBadly(misbehave))));
    expect(['answered', 'DataLakeUnavailable']).toContain(await outcome(store.write('key', 'x')));
    const secrets = new SecretsManagerClient(options(await serveBadly(misbehave)));
    const reader = new SecretReader('secret', z.unknown(), secrets);
    expect(['VendorUnavailable', 'ConfigInvalid']).toContain(await outcome(reader.read()));
  });
});
