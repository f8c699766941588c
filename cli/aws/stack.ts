/** A deployed stack as the command line uses it. */
import type { Stack } from '@aws-sdk/client-cloudformation';
import { UsageError } from '../process/usage-error.ts';

export interface DeployedStack {
  name: string;
  region: string;
  stateMachineArn: string;
  deliveryStateMachineArn: string;
  bucket: string;
}

/** Faults of the caller's side of AWS, in words: the SDK's own name a class of the SDK. */
const NO_CREDENTIALS = new Set(['CredentialsProviderError', 'ExpiredToken', 'ExpiredTokenException']);

/**
 * What the call to AWS answers.
 *
 * @param what the call does, in words that follow "may not"
 * @throws UsageError for what the user can mend: credentials, permissions, a region that is not said
 * @example
 * await callAws('list executions', () => client.send(command))
 * // UsageError: These AWS credentials may not list executions (docs/access.md lists what an operator needs)
 */
export async function callAws<Result>(what: string, call: () => Promise<Result>): Promise<Result> {
  try {
    return await call();
  } catch (error) {
    const { name, message } = error instanceof Error ? error : { name: 'unknown', message: '' };
    if (NO_CREDENTIALS.has(name)) {
      throw new UsageError('There are no valid AWS credentials: sign in, or set AWS_PROFILE');
    }
    if (/AccessDenied|UnauthorizedOperation|NotAuthorized/.test(name)) {
      throw new UsageError(`These AWS credentials may not ${what} (docs/access.md lists what an operator needs)`);
    }
    if (message === 'Region is missing') throw new UsageError('Say where the stack is: --region, or AWS_REGION');
    throw error;
  }
}

function outputsOf(stack: Stack): Record<string, string> {
  return Object.fromEntries(
    (stack.Outputs ?? []).map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]),
  );
}

/**
 * The deployed stack of that name: region, state machines, bucket.
 *
 * @throws UsageError where there is no such stack, or it is not one of this product
 * @example (await findStack('CxoneTranscripts-prod', undefined)).region // 'eu-west-1', of the profile
 */
export async function findStack(name: string, region: string | undefined): Promise<DeployedStack> {
  // Only where it is needed: most calls of the command line are about a lake on this machine.
  const { CloudFormationClient, DescribeStacksCommand } = await import('@aws-sdk/client-cloudformation');
  const client = new CloudFormationClient(region === undefined ? {} : { region });
  const isMissing = (error: unknown) => error instanceof Error && error.message.includes('does not exist');
  const answer = await callAws('read the stack', () =>
    client.send(new DescribeStacksCommand({ StackName: name })).catch((error: unknown) => {
      if (isMissing(error)) throw new UsageError(`There is no stack ${name} in this account and region`);
      throw error;
    }),
  );
  const outputs = answer.Stacks?.[0] ? outputsOf(answer.Stacks[0]) : {};
  const { StateMachineArn: stateMachineArn, DeliveryStateMachineArn: deliveryStateMachineArn = '' } = outputs;
  const { DataLakeBucketName: bucket } = outputs;
  if (!stateMachineArn || !bucket) throw new UsageError(`The stack ${name} is not one of this product`);
  return { name, region: await client.config.region(), stateMachineArn, deliveryStateMachineArn, bucket };
}

/**
 * Names of the stack's log groups, those of the functions and of the state machines.
 *
 * @example await findLogGroups(stack) // ['/aws/lambda/CxoneTranscripts-prod-Authenticate', …]
 */
export async function findLogGroups({ name, region }: DeployedStack): Promise<string[]> {
  const { CloudFormationClient, paginateListStackResources } = await import('@aws-sdk/client-cloudformation');
  const client = new CloudFormationClient({ region });
  return callAws('list the resources of the stack', async () => {
    const names: string[] = [];
    for await (const page of paginateListStackResources({ client }, { StackName: name })) {
      for (const { ResourceType, PhysicalResourceId } of page.StackResourceSummaries ?? []) {
        if (ResourceType === 'AWS::Logs::LogGroup' && PhysicalResourceId) names.push(PhysicalResourceId);
      }
    }
    return names;
  });
}
