import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { type IKey, Key } from 'aws-cdk-lib/aws-kms';
import type { CfnStateMachine, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { ArnFormat, RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';

/**
 * A policy statement that lets the key be used through a service alone: what was encrypted for another one stays
 * closed, and so does the key to a caller who turns to it directly.
 *
 * @param service as in its host name, such as `s3`
 * @example role.addToPolicy(keyThrough(key, 'secretsmanager', ['kms:Decrypt']))
 */
export function keyThrough(key: IKey, service: string, actions: string[]): PolicyStatement {
  const { region } = Stack.of(key);
  return new PolicyStatement({
    actions,
    resources: [key.keyArn],
    conditions: { StringEquals: { 'kms:ViaService': `${service}.${region}.amazonaws.com` } },
  });
}

/** Longest time that Step Functions accepts: the fewest calls to KMS. */
const DATA_KEY_REUSE_SECONDS = 900;

/**
 * The stage's one key, for bucket, secrets, logs, execution histories and the alarm topic.
 *
 * One key and not five: a reader of transcripts may read the log that mentions it, and each key costs a dollar a
 * month. The policy lets AWS services in only on behalf of this account, and CloudWatch Logs only for this stage.
 */
export class PipelineKey extends Key {
  constructor(scope: Construct, id: string, stage: string) {
    super(scope, id, {
      description: `CXone transcripts (${stage}): data lake, secrets, logs, execution histories, alarms`,
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.#admitLogs(stage);
    this.#admitCloudWatch();
  }

  /** Encrypts what an execution leaves behind: its inputs, outputs and history. */
  encryptHistory(stateMachine: StateMachine, name: string): void {
    const resource = stateMachine.node.defaultChild as CfnStateMachine;
    resource.encryptionConfiguration = {
      type: 'CUSTOMER_MANAGED_KMS_KEY',
      kmsKeyId: this.keyArn,
      kmsDataKeyReusePeriodSeconds: DATA_KEY_REUSE_SECONDS,
    };
    const { stack } = this;
    // By its name: a reference to the state machine would be a circle, since it depends on this policy.
    const arn = stack.formatArn({
      service: 'states',
      resource: 'stateMachine',
      resourceName: name,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
    stateMachine.addToRolePolicy(
      new PolicyStatement({
        actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
        resources: [this.keyArn],
        conditions: { StringEquals: { 'kms:EncryptionContext:aws:states:stateMachineArn': arn } },
      }),
    );
    stateMachine.addToRolePolicy(
      new PolicyStatement({
        actions: ['kms:GenerateDataKey'],
        resources: [this.keyArn],
        conditions: { StringEquals: { 'kms:EncryptionContext:SourceArn': this.#logsOfAccount() } },
      }),
    );
  }

  #logsOfAccount(): string {
    return this.stack.formatArn({ service: 'logs', resource: '*', arnFormat: ArnFormat.NO_RESOURCE_NAME });
  }

  #admitLogs(stage: string): void {
    const { stackName, region } = Stack.of(this);
    const logGroup = (name: string) =>
      this.stack.formatArn({
        service: 'logs',
        resource: 'log-group',
        resourceName: name,
        arnFormat: ArnFormat.COLON_RESOURCE_NAME,
      });
    this.addToResourcePolicy(
      new PolicyStatement({
        sid: 'LogGroupsOfThisStage',
        principals: [new ServicePrincipal(`logs.${region}.amazonaws.com`)],
        actions: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:Describe*'],
        resources: ['*'],
        conditions: {
          ArnLike: {
            'kms:EncryptionContext:aws:logs:arn': [
              logGroup(`${stackName}-*`),
              logGroup(`/aws/vendedlogs/states/*-${stage}`),
            ],
          },
        },
      }),
    );
    // Step Functions hands encrypted events to this service, which writes them into the log group.
    this.addToResourcePolicy(
      new PolicyStatement({
        sid: 'LogDeliveryOfThisAccount',
        principals: [new ServicePrincipal('delivery.logs.amazonaws.com')],
        actions: ['kms:Decrypt'],
        resources: ['*'],
        conditions: { StringEquals: { 'kms:EncryptionContext:SourceArn': this.#logsOfAccount() } },
      }),
    );
  }

  /** Alarms write into an encrypted topic by themselves. */
  #admitCloudWatch(): void {
    this.addToResourcePolicy(
      new PolicyStatement({
        sid: 'AlarmsOfThisAccount',
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
        resources: ['*'],
        conditions: { StringEquals: { 'aws:SourceAccount': this.stack.account } },
      }),
    );
  }
}
