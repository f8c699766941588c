/** What an account asks of a stack beside its function: encryption, boundaries, removal, independence. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CfnQueue } from 'aws-cdk-lib/aws-sqs';
import { describe, expect, it, vi } from 'vitest';
import { createApp } from '../../infra/create-app.ts';
import { TASK_NAMES } from '../../infra/task-table.ts';
import { DOCUMENTED_STAGE } from '../../scripts/docs/documents.ts';
import { FIXTURE_HANDLERS, readContext, type Statement, synthesiseTemplate } from './template.ts';

const dev = synthesiseTemplate();
const vpc = synthesiseTemplate({ stage: 'prod-vpc' });
const everything = synthesiseTemplate(DOCUMENTED_STAGE, { isChecked: true });

describe('a new secret', () => {
  it.each([
    ['CxoneCredentials', { clientId: 'fill-me-in' }, 'clientSecret'],
    ['WebhookSigningKey', {}, 'current'],
    ['SurrogateKey', { keyId: 'k1' }, 'key'],
  ])('%s holds %o and a generated %s, which nobody takes for a real one', (name, template, generated) => {
    const secret = everything.ofType('AWS::SecretsManager::Secret').find(([id]) => id.startsWith(name))?.[1];
    expect(secret?.Properties.Description).toContain(`"${generated}": "`);
    expect(secret?.Properties.GenerateSecretString).toEqual({
      SecretStringTemplate: JSON.stringify(template),
      GenerateStringKey: generated,
      ExcludePunctuation: true,
    });
  });
});

describe('example stages', () => {
  it.each([
    ['dev', dev],
    ['prod-vpc', vpc],
    ['prod-vpc with every option', everything],
  ])('%s has no finding that is not acknowledged', (_stage, template) => {
    expect(template.findings).toEqual([]);
  });

  it('are checked against the schemas of CloudFormation, which find a wrong value', () => {
    const outdir = mkdtempSync(join(tmpdir(), 'lint-'));
    const quiet = vi.spyOn(console, 'error').mockImplementation(() => {});
    const silent = vi.spyOn(process.stderr, 'write').mockImplementation(() => true);
    try {
      const { app, stack } = createApp({ context: readContext(), outdir, bundles: FIXTURE_HANDLERS });
      new CfnQueue(stack, 'Wrong', { delaySeconds: 99_999 });
      expect(() => app.synth()).toThrow(/DelaySeconds/);
    } finally {
      quiet.mockRestore();
      silent.mockRestore();
      rmSync(outdir, { recursive: true, force: true });
    }
  });
});

describe('encryption', () => {
  it('of every log group, secret, topic and execution history is with the key of the stage', () => {
    const keyOf = (type: string, property: string) =>
      dev.ofType(type).map(([, { Properties }]) => Properties[property]);
    const keys = [
      ...keyOf('AWS::Logs::LogGroup', 'KmsKeyId'),
      ...keyOf('AWS::SecretsManager::Secret', 'KmsKeyId'),
      ...keyOf('AWS::SNS::Topic', 'KmsMasterKeyId'),
      ...keyOf('AWS::StepFunctions::StateMachine', 'EncryptionConfiguration').map(
        (configuration) => (configuration as { KmsKeyId?: unknown } | undefined)?.KmsKeyId,
      ),
    ];
    const [[keyId = ''] = []] = dev.ofType('AWS::KMS::Key');
    expect(keys.length).toBeGreaterThan(10);
    for (const key of keys) expect(JSON.stringify(key ?? null)).toContain(keyId);
  });

  it('lets CloudWatch Logs use the key for log groups of this stage only', () => {
    const text = JSON.stringify(dev.ofType('AWS::KMS::Key').map(([, { Properties }]) => Properties.KeyPolicy));
    expect(text).toContain(':log-group:CxoneTranscripts-dev-*');
    expect(text).toContain(':log-group:/aws/vendedlogs/states/*-dev');
    for (const [, group] of dev.ofType('AWS::Logs::LogGroup')) {
      const name = group.Properties.LogGroupName;
      // A generated name starts with that of the stack.
      if (name !== undefined) expect(name).toMatch(/^\/aws\/vendedlogs\/states\/.+-dev$/);
    }
  });
});

describe('permissions boundary', () => {
  it('is on every role where it is configured, and on none otherwise', () => {
    const boundaries = vpc.ofType('AWS::IAM::Role').map(([, { Properties }]) => Properties.PermissionsBoundary);
    expect(boundaries.length).toBeGreaterThan(5);
    for (const boundary of boundaries) expect(JSON.stringify(boundary)).toContain(':policy/application-boundary');
    for (const [, { Properties }] of dev.ofType('AWS::IAM::Role')) {
      expect(Properties.PermissionsBoundary).toBeUndefined();
    }
  });
});

describe('VPC', () => {
  it('holds every function, in the given subnets', () => {
    for (const [, { Properties }] of vpc.ofType('AWS::Lambda::Function')) {
      expect(Properties.VpcConfig).toMatchObject({
        SubnetIds: ['subnet-0123456789abcdef0', 'subnet-0fedcba9876543210'],
        SecurityGroupIds: [expect.anything()],
      });
    }
  });

  it('gives the network calls to Lambda, not to the code in the functions', () => {
    const policies = vpc
      .ofType('AWS::IAM::Policy')
      .map(([, { Properties }]) => (Properties.PolicyDocument as { Statement: Statement[] }).Statement);
    const network = (statements: Statement[], effect: string) =>
      statements.filter(
        ({ Effect, Action }) => Effect === effect && [Action].flat().some((each) => each.startsWith('ec2:')),
      );
    const attached = policies.filter((statements) => network(statements, 'Allow').length > 0);
    expect(attached).toHaveLength(TASK_NAMES.length);
    for (const statements of attached) {
      const [allowed] = network(statements, 'Allow');
      const [denied] = network(statements, 'Deny');
      expect(denied?.Condition).toEqual({ Null: { 'lambda:SourceFunctionArn': 'false' } });
      const actions = [allowed?.Action ?? []].flat().filter((action) => action.startsWith('ec2:'));
      expect([denied?.Action].flat().sort()).toEqual(actions.sort());
    }
  });

  it.each<[string, Record<string, unknown>, number[]]>([
    ['443 where the URLs name no port', {}, [443]],
    ['the port of the webhook', { webhookUrl: 'https://lake.example.com:8443/in' }, [443, 8443]],
    ['the port of CXone', { cxoneBaseUrl: 'https://api.example.com:4443' }, [443, 4443]],
    ['the port of the API', { cxoneApiUrl: 'https://api.example.com:5443' }, [443, 5443]],
    [
      'those of result origins, each once',
      { cxoneResultOrigins: ['https://a.example:9443', 'https://b.example:9443', 'https://c.example'] },
      [443, 9443],
    ],
  ])('lets out %s', (_what, settings, ports) => {
    const groups = synthesiseTemplate({ stage: 'prod-vpc', ...settings }).ofType('AWS::EC2::SecurityGroup');
    const rules = groups.flatMap(([, { Properties }]) => Properties.SecurityGroupEgress as Record<string, unknown>[]);
    expect(rules).toEqual(
      ports.map((port) => expect.objectContaining({ IpProtocol: 'tcp', FromPort: port, ToPort: port })),
    );
  });

  it('lets HTTPS out and nothing in', () => {
    const groups = vpc.ofType('AWS::EC2::SecurityGroup');
    expect(groups).toHaveLength(1);
    expect(groups[0]?.[1].Properties).toMatchObject({
      SecurityGroupEgress: [{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443 }],
    });
    expect(groups[0]?.[1].Properties.SecurityGroupIngress).toBeUndefined();
    expect(vpc.ofType('AWS::EC2::SecurityGroupIngress')).toEqual([]);
  });

  it('is left out where none is configured', () => {
    for (const [, { Properties }] of dev.ofType('AWS::Lambda::Function')) expect(Properties.VpcConfig).toBeUndefined();
  });
});

describe('removal', () => {
  it('keeps data, key and credentials, and nothing else that costs', () => {
    const kept = Object.values(dev.resources)
      .filter(({ DeletionPolicy }) => DeletionPolicy === 'Retain')
      .map(({ Type }) => Type);
    expect([...new Set(kept)].sort()).toEqual([
      'AWS::KMS::Key',
      'AWS::Lambda::Version',
      'AWS::S3::Bucket',
      'AWS::SecretsManager::Secret',
    ]);
    for (const type of ['AWS::KMS::Key', 'AWS::S3::Bucket', 'AWS::SecretsManager::Secret']) {
      for (const [, { DeletionPolicy }] of dev.ofType(type)) expect(DeletionPolicy).toBe('Retain');
    }
  });
});

describe('independence', () => {
  it('exports nothing that another stack could hold on to, and imports nothing', () => {
    expect(JSON.stringify(dev.resources)).not.toContain('Fn::ImportValue');
    expect(Object.values(dev.outputs).filter((output) => 'Export' in output)).toEqual([]);
  });

  it('names nothing that a second stage in the account would name too', () => {
    const other = synthesiseTemplate({
      stage: 'test',
      region: 'us-east-1',
      source: 'interaction-analytics',
      cxoneBaseUrl: 'https://api-na1.niceincontact.com',
      webhookUrl: 'https://data-lake.example.com/transcripts',
    });
    const namesOf = (template: typeof dev) =>
      Object.values(template.resources)
        // Unique within their role and their workgroup.
        .filter(({ Type }) => Type !== 'AWS::IAM::Policy' && Type !== 'AWS::Athena::NamedQuery')
        .flatMap(({ Type, Properties }) =>
          Object.entries(Properties)
            .filter(([property, value]) => /Name$/.test(property) && typeof value === 'string')
            .filter(([property]) => property !== 'MetricName' && property !== 'DatabaseName')
            .map(([, value]) => `${Type} ${value}`),
        );
    const shared = new Set(namesOf(dev));
    expect(namesOf(other).filter((name) => shared.has(name))).toEqual([]);
  });
});
