import { describe, expect, it } from 'vitest';
import { FUNCTION_NODE_OPTIONS } from '../../infra/constructs/task-function.ts';
import { TASK_NAMES } from '../../infra/task-table.ts';
import { synthesiseTemplate } from './template.ts';

const dev = synthesiseTemplate();
const prod = synthesiseTemplate(
  { stage: 'prod', account: '123456789012', region: 'cn-north-1', batchSize: '25' },
  { isChecked: true },
);

const only = (template: typeof dev, type: string) => {
  const [resource] = template.ofType(type);
  return resource?.[1].Properties ?? {};
};

describe('stack', () => {
  it.each([
    ['dev', dev],
    ['prod with an account in another partition', prod],
  ])('%s has no finding of cdk-nag that is not acknowledged', (_stage, template) => {
    expect(template.findings).toEqual([]);
  });

  it('is synthesised to the same template again', () => {
    expect(synthesiseTemplate().resources).toEqual(dev.resources);
  });

  it('runs every function on Node 24, arm64, traced, with source maps and kept versions', () => {
    const functions = dev.ofType('AWS::Lambda::Function');
    expect(functions).toHaveLength(TASK_NAMES.length);
    for (const [, { Properties }] of functions) {
      expect(Properties).toMatchObject({
        Runtime: 'nodejs24.x',
        Architectures: ['arm64'],
        TracingConfig: { Mode: 'Active' },
        Environment: { Variables: { NODE_OPTIONS: FUNCTION_NODE_OPTIONS, STAGE: 'dev' } },
      });
    }
    expect(FUNCTION_NODE_OPTIONS).toContain('--enable-source-maps');
    const versions = dev.ofType('AWS::Lambda::Version');
    expect(versions).toHaveLength(TASK_NAMES.length);
    for (const [, version] of versions) expect(version.DeletionPolicy).toBe('Retain');
  });

  it('keeps every log for the configured time', () => {
    const groups = dev.ofType('AWS::Logs::LogGroup');
    expect(groups).toHaveLength(TASK_NAMES.length + 2);
    for (const [, group] of groups) expect(group.Properties.RetentionInDays).toBe(90);
  });

  it('passes settings on as the variables of the functions that read them', () => {
    const [, plan] = prod.ofType('AWS::Lambda::Function').find(([id]) => id.startsWith('PlanExtraction')) ?? [];
    expect(plan?.Properties).toMatchObject({ Environment: { Variables: { BATCH_SIZE: '25', STAGE: 'prod' } } });
    const others = prod.ofType('AWS::Lambda::Function').filter(([id]) => !id.startsWith('PlanExtraction'));
    for (const [, each] of others) expect(JSON.stringify(each.Properties.Environment)).not.toContain('BATCH_SIZE');
  });

  it('encrypts the lake with its own key, keeps versions and shuts the public out', () => {
    const [, lake] = dev.ofType('AWS::S3::Bucket').find(([id]) => id.startsWith('DataLakeBucket')) ?? [];
    expect(lake?.DeletionPolicy).toBe('Retain');
    expect(lake?.Properties).toMatchObject({
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [
          { BucketKeyEnabled: true, ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' } },
        ],
      },
      VersioningConfiguration: { Status: 'Enabled' },
      PublicAccessBlockConfiguration: { BlockPublicAcls: true, RestrictPublicBuckets: true },
      LoggingConfiguration: { LogFilePrefix: 'data-lake/' },
    });
    expect(only(dev, 'AWS::KMS::Key')).toMatchObject({ EnableKeyRotation: true });
  });

  it('refuses every bucket access without TLS', () => {
    for (const [, policy] of dev.ofType('AWS::S3::BucketPolicy')) {
      expect(JSON.stringify(policy.Properties)).toContain('"aws:SecureTransport":"false"');
    }
    expect(dev.ofType('AWS::S3::BucketPolicy')).toHaveLength(dev.ofType('AWS::S3::Bucket').length);
  });

  it('creates secrets with placeholders only', () => {
    const secrets = dev.ofType('AWS::SecretsManager::Secret');
    expect(secrets).toHaveLength(2);
    for (const [, secret] of secrets) {
      expect(secret.Properties.SecretString).toBeUndefined();
      expect(secret.Properties.KmsKeyId).toBeDefined();
    }
  });

  it('has its schedule off in dev and on in prod, in the time zone of the stage, with a dead-letter queue', () => {
    expect(only(dev, 'AWS::Scheduler::Schedule')).toMatchObject({ State: 'DISABLED' });
    const schedule = only(prod, 'AWS::Scheduler::Schedule');
    expect(schedule).toMatchObject({ State: 'ENABLED', ScheduleExpressionTimezone: 'America/New_York' });
    const target = schedule.Target as { Input: string; DeadLetterConfig: unknown };
    expect(target.DeadLetterConfig).toBeDefined();
    expect(JSON.parse(target.Input)).toEqual({
      schedule: { name: 'CxoneTranscripts-prod-daily', time: '<aws.scheduler.scheduled-time>' },
    });
  });
});
