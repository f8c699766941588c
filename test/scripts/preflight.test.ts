import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SecretsManager, startSecretsManager } from '../../emulator/stand-ins/secrets-manager.ts';
import { type RunningServer, readBody, startServer } from '../../emulator/stand-ins/start-server.ts';
import { parseStageConfig } from '../../infra/stage-config.ts';
import {
  CXONE_SECRET,
  checkBootstrap,
  checkConfig,
  checkIdentity,
  checkSecret,
  describeFindings,
  WEBHOOK_SECRET,
} from '../../scripts/preflight/checks.ts';

const config = parseStageConfig({
  stage: 'prod',
  region: 'us-east-1',
  account: '123456789012',
  source: 'bulk-job',
  cxoneBaseUrl: 'https://api-na1.niceincontact.com',
  webhookUrl: 'https://lake.acme.test/transcripts',
});

describe('checks', () => {
  it.each([
    ['no credentials', checkIdentity({ error: 'CredentialsProviderError' }, config), 'fail', 'aws sso login'],
    ['another account', checkIdentity({ value: { account: '999999999999', arn: 'arn' } }, config), 'fail', 'profile'],
    ['the account of the stage', checkIdentity({ value: { account: '123456789012', arn: 'arn' } }, config), 'ok', ''],
    [
      'no bootstrap',
      checkBootstrap({ value: undefined }, config),
      'fail',
      'cdk bootstrap aws://123456789012/us-east-1',
    ],
    ['an old bootstrap', checkBootstrap({ value: { BootstrapVersion: '4' } }, config), 'fail', 'cdk bootstrap'],
    ['a bootstrap', checkBootstrap({ value: { BootstrapVersion: '27' } }, config), 'ok', ''],
    ['a bootstrap that may not be read', checkBootstrap({ error: 'AccessDenied' }, config), 'later', ''],
    ['a bootstrap that cannot be read', checkBootstrap({ error: 'InternalFailure' }, config), 'fail', 'again'],
    [
      'the webhook of the example',
      checkConfig({ ...config, webhookUrl: 'https://x.example.com/' }),
      'fail',
      'webhookUrl',
    ],
    ['a webhook', checkConfig(config), 'ok', ''],
    ['no secret yet', checkSecret(CXONE_SECRET, { value: undefined }), 'later', 'docs/deploy.md'],
    ['a secret that may not be read', checkSecret(CXONE_SECRET, { error: 'AccessDeniedException' }), 'later', ''],
    ['text', checkSecret(CXONE_SECRET, { value: 'hunter2' }), 'fail', 'clientSecret'],
    [
      'the placeholder',
      checkSecret(CXONE_SECRET, { value: '{"clientId":"fill-me-in","clientSecret":"x"}' }),
      'later',
      '',
    ],
    ['a missing field', checkSecret(CXONE_SECRET, { value: '{"clientId":"abc"}' }), 'fail', 'clientSecret'],
    ['credentials', checkSecret(CXONE_SECRET, { value: '{"clientId":"abc","clientSecret":"def"}' }), 'ok', ''],
    ['an access key', checkSecret(CXONE_SECRET, { value: '{"accessKeyId":"a","accessKeySecret":"b"}' }), 'ok', ''],
    ['half an access key', checkSecret(CXONE_SECRET, { value: '{"accessKeyId":"a"}' }), 'fail', 'accessKeySecret'],
    [
      'half an application beside an access key',
      checkSecret(CXONE_SECRET, { value: '{"accessKeyId":"a","accessKeySecret":"b","clientId":"c"}' }),
      'fail',
      'clientAuth',
    ],
    ['a generated key', checkSecret(WEBHOOK_SECRET, { value: '{"current":"k3f9"}' }), 'later', 'whsec_'],
    ['a signing key', checkSecret(WEBHOOK_SECRET, { value: `{"current":"whsec_${'A'.repeat(43)}="}` }), 'ok', ''],
  ])('%s', (_name, finding, state, advice) => {
    expect(finding.state).toBe(state);
    expect(finding.advice ?? '').toContain(advice);
  });

  it('quote no secret', () => {
    const findings = ['hunter2', '{"clientId":"hunter2"}', '{"clientId":1,"clientSecret":"hunter2"}'].map((value) =>
      checkSecret(CXONE_SECRET, { value }),
    );
    expect(describeFindings(findings)).not.toContain('hunter2');
  });
});

/** STS and CloudFormation as far as the preflight asks them. */
function startAws(
  outputsOf: (stack: string) => Record<string, string> | 'AccessDenied' | undefined,
): Promise<RunningServer> {
  return startServer(async (request, response) => {
    const form = new URLSearchParams((await readBody(request)).toString());
    const answer = (status: number, xml: string) => {
      response.writeHead(status, { 'content-type': 'text/xml' });
      response.end(xml);
    };
    if (form.get('Action') === 'GetCallerIdentity') {
      answer(
        200,
        '<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Arn>arn:aws:iam::123456789012:user/me</Arn><Account>123456789012</Account></GetCallerIdentityResult></GetCallerIdentityResponse>',
      );
      return;
    }
    const outputs = outputsOf(form.get('StackName') ?? '');
    if (outputs === undefined || outputs === 'AccessDenied') {
      const [status, code] = outputs === undefined ? [400, 'ValidationError'] : [403, outputs];
      answer(
        status,
        `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>Stack with id x does not exist</Message></Error></ErrorResponse>`,
      );
      return;
    }
    const members = Object.entries(outputs).map(
      ([key, value]) => `<member><OutputKey>${key}</OutputKey><OutputValue>${value}</OutputValue></member>`,
    );
    answer(
      200,
      `<DescribeStacksResponse><DescribeStacksResult><Stacks><member><StackName>x</StackName><Outputs>${members.join('')}</Outputs></member></Stacks></DescribeStacksResult></DescribeStacksResponse>`,
    );
  });
}

describe('npm run preflight', () => {
  const arn = 'arn:aws:secretsmanager:us-east-1:123456789012:secret:cxone-AbCdEf';
  let aws: RunningServer;
  let secrets: SecretsManager;
  let stacks: Record<string, Record<string, string> | 'AccessDenied'> = {};

  beforeAll(async () => {
    aws = await startAws((stack) => stacks[stack]);
    secrets = await startSecretsManager({ secrets: { [arn]: '{"clientId":"abc","clientSecret":"top-secret"}' } });
  });
  afterAll(async () => {
    await aws.close();
    await secrets.close();
  });

  const preflight = (...context: string[]) =>
    new Promise<{ code: number | null; output: string }>((resolve, reject) => {
      const script = fileURLToPath(new URL('../../scripts/preflight.ts', import.meta.url));
      const child = spawn(process.execPath, [script, ...context.flatMap((pair) => ['--context', pair])], {
        env: {
          PATH: process.env.PATH,
          AWS_ACCESS_KEY_ID: 'test',
          AWS_SECRET_ACCESS_KEY: 'test',
          AWS_ENDPOINT_URL_STS: aws.url,
          AWS_ENDPOINT_URL_CLOUDFORMATION: aws.url,
          AWS_ENDPOINT_URL_SECRETS_MANAGER: secrets.url,
        },
      });
      let output = '';
      for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += String(chunk)));
      child.once('error', reject);
      child.once('close', (code) => resolve({ code, output }));
    });

  it('passes in a bootstrapped account and checks the secrets of the stack, without showing them', async () => {
    stacks = { CDKToolkit: { BootstrapVersion: '27' }, 'CxoneTranscripts-prod': { CxoneSecretArn: arn } };
    const { code, output } = await preflight('stage=prod', 'webhookUrl=https://lake.acme.test/transcripts');
    expect(output).toMatch(/✓ credentials +arn:aws:iam::123456789012:user\/me/);
    expect(output).toMatch(/✓ bootstrap +version 27/);
    expect(output).toMatch(/✓ CXone secret/);
    expect(output).toMatch(/– webhook secret/);
    expect(output).not.toContain('top-secret');
    expect(code).toBe(0);
  });

  it('does not stand in the way of a role that may only assume those of the CDK', async () => {
    stacks = { CDKToolkit: 'AccessDenied', 'CxoneTranscripts-prod': 'AccessDenied' };
    const { code, output } = await preflight('stage=prod', 'webhookUrl=https://lake.acme.test/transcripts');
    expect(output).toMatch(/– bootstrap +.*AccessDenied/);
    expect(output).toMatch(/– CXone secret +It cannot be read \(AccessDenied\)/);
    expect(code).toBe(0);
  });

  it('says what to do before the first deployment, and fails', async () => {
    stacks = {};
    const { code, output } = await preflight('stage=prod');
    expect(output).toContain('→ Set stages.prod.webhookUrl in cdk.json');
    expect(output).toContain('→ npx cdk bootstrap aws://ACCOUNT/us-east-1');
    expect(code).toBe(1);
  });

  it('names the faults of a configuration', async () => {
    const { code, output } = await preflight('stage=prod', 'batchSize=0');
    expect(output).toContain('batchSize: must be a whole number from 1 to 1000');
    expect(code).toBe(1);
  });
});
