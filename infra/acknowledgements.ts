/** Findings of cdk-nag that stand on purpose: one by one, each with its reason. */
import { type CfnResource, Stack, Token, Validations } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';

/**
 * Acknowledges findings on a construct and what is below it.
 *
 * @param findings reasons by finding
 * @example acknowledge(topic, { 'Serverless-SNSRedrivePolicy': 'SNS repeats mail by itself' })
 */
export function acknowledge(construct: IConstruct, findings: Record<string, string>): void {
  for (const [id, reason] of Object.entries(findings)) Validations.of(construct).acknowledge({ id, reason });
}

function logicalId(construct: IConstruct): string {
  return Stack.of(construct).getLogicalId(construct.node.defaultChild as CfnResource);
}

/** As a finding names a part of an ARN that only the deployment knows. */
function named(value: string, pseudoParameter: string): string {
  return Token.isUnresolved(value) ? `<AWS::${pseudoParameter}>` : value;
}

const NETWORK_REASON = 'EC2 takes no resource in the calls with which Lambda attaches a function to subnets';
const XRAY_REASON = 'X-Ray takes no resource in PutTraceSegments and PutTelemetryRecords';

/** Acknowledges the star that every function's role has. */
export function acknowledgeFunctionRole(role: IConstruct): void {
  acknowledge(role, { 'AwsSolutions-IAM5[Resource::*]': `${XRAY_REASON}; in a VPC, ${NETWORK_REASON}` });
}

/** Acknowledges that a function has no dead-letter queue, which takes events of asynchronous calls only. */
export function acknowledgeSynchronousFunction(lambda: IConstruct): void {
  acknowledge(lambda, {
    'Serverless-LambdaDLQ':
      'Only the state machine calls this function, and waits for the answer: it handles the failure',
  });
}

/**
 * Acknowledges grants on key patterns of the bucket: the star stands for run ids, batch numbers and days, unknown at
 * deployment.
 */
export function acknowledgeKeyPatterns(role: IConstruct, bucket: IConstruct, patterns: readonly string[]): void {
  for (const pattern of patterns) {
    acknowledge(role, {
      [`AwsSolutions-IAM5[Resource::<${logicalId(bucket)}.Arn>/${pattern}]`]: `The keys below ${pattern} hold run ids, batch numbers and days, which no deployment knows`,
    });
  }
}

/**
 * Acknowledges the stars in a state machine's role: traces, log delivery, its own executions, versions of its
 * functions.
 */
export function acknowledgeStateMachine(stateMachine: IConstruct, functions: readonly IConstruct[]): void {
  const id = logicalId(stateMachine);
  const { partition, region, account } = Stack.of(stateMachine);
  const where = [named(partition, 'Partition'), 'states', named(region, 'Region'), named(account, 'AccountId')];
  const executions = `arn:${where.join(':')}:execution:{"Fn::Select":[6,{"Fn::Split":[":",{"Ref":"${id}"}]}]}`;
  const children =
    'Executions of this state machine, the children of its Distributed Map among them, have random names';
  acknowledge(stateMachine, {
    'AwsSolutions-IAM5[Resource::*]': `${XRAY_REASON}; the log delivery of Step Functions takes no resource either`,
    [`AwsSolutions-IAM5[Resource::${executions}:*]`]: children,
    [`AwsSolutions-IAM5[Resource::${executions}/ExtractBatches:*]`]: children,
  });
  for (const each of functions) {
    acknowledge(stateMachine, {
      [`AwsSolutions-IAM5[Resource::<${logicalId(each)}.Arn>:*]`]:
        'Executions that were started before a deployment go on with the versions of then',
    });
  }
}

/** Acknowledges that a secret is not rotated by AWS. */
export function acknowledgeSecret(secret: IConstruct, reason: string): void {
  acknowledge(secret, { 'AwsSolutions-SMG4': reason });
}

/** Acknowledges that the schedule's dead-letter queue has none of its own. */
export function acknowledgeDeadLetterQueue(queue: IConstruct): void {
  const reason = 'This is the dead-letter queue of the schedule itself';
  acknowledge(queue, { 'AwsSolutions-SQS3': reason, 'Serverless-SQSRedrivePolicy': reason });
}
