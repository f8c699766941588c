/** Asks AWS what the checks need to know. Reads only. */
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { StageConfig } from '../../infra/stage-config.ts';
import {
  type Answer,
  CXONE_SECRET,
  checkBootstrap,
  checkConfig,
  checkIdentity,
  checkSecret,
  type Finding,
  type SecretRule,
  WEBHOOK_SECRET,
} from './checks.ts';

/** The name of the error, never its message: messages name resources and may quote input. */
async function ask<Value>(question: () => Promise<Value>): Promise<Answer<Value>> {
  try {
    return { value: await question() };
  } catch (error) {
    return { error: error instanceof Error ? error.name : 'unknown' };
  }
}

/** Outputs of a stack, undefined where there is none of that name. */
async function stackOutputs(client: CloudFormationClient, name: string): Promise<Record<string, string> | undefined> {
  try {
    const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: name }));
    const outputs = Stacks?.[0]?.Outputs ?? [];
    return Object.fromEntries(outputs.map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]));
  } catch (error) {
    // CloudFormation has no error of its own for this.
    if (error instanceof Error && error.name === 'ValidationError' && error.message.includes('does not exist')) {
      return undefined;
    }
    throw error;
  }
}

async function askSecret(
  client: SecretsManagerClient,
  rule: SecretRule,
  stack: Answer<Record<string, string> | undefined>,
  output: string,
): Promise<Finding> {
  if ('error' in stack) return checkSecret(rule, stack);
  const secretArn = stack.value?.[output];
  if (secretArn === undefined) return checkSecret(rule, { value: undefined });
  const answer = await ask(() => client.send(new GetSecretValueCommand({ SecretId: secretArn })));
  return checkSecret(rule, 'error' in answer ? answer : { value: answer.value.SecretString });
}

/**
 * Every finding, in the order in which they are to be mended. Without credentials nothing else is asked.
 *
 * @example (await runPreflight(config, 'CxoneTranscripts-prod')).map(({ state }) => state) // ['ok', 'ok', 'later', …]
 */
export async function runPreflight(config: StageConfig, stackName: string): Promise<Finding[]> {
  const { region } = config;
  const sts = new STSClient({ region, maxAttempts: 2 });
  const identity = await ask(async () => {
    const { Account = '', Arn = '' } = await sts.send(new GetCallerIdentityCommand({}));
    return { account: Account, arn: Arn };
  });
  const first = [checkConfig(config), checkIdentity(identity, config)];
  if ('error' in identity) return first;

  const cloudFormation = new CloudFormationClient({ region, maxAttempts: 2 });
  const secrets = new SecretsManagerClient({ region, maxAttempts: 2 });
  const bootstrap = await ask(() => stackOutputs(cloudFormation, 'CDKToolkit'));
  const stack = await ask(() => stackOutputs(cloudFormation, stackName));
  return [
    ...first,
    checkBootstrap(bootstrap, config),
    await askSecret(secrets, CXONE_SECRET, stack, 'CxoneSecretArn'),
    await askSecret(secrets, WEBHOOK_SECRET, stack, 'WebhookSecretArn'),
  ];
}
