import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import {
  Architecture,
  Code,
  type IFunction,
  Function as LambdaFunction,
  Runtime,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Duration, RemovalPolicy, Size } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';

/**
 * Source maps make stack frames readable. The small young generation keeps a function that streams large artifacts at two
 * thirds of the memory it would otherwise grow to, at the same speed (`npm run bench store`).
 */
export const FUNCTION_NODE_OPTIONS = '--enable-source-maps --max-semi-space-size=2';

export interface TaskFunctionProps {
  /** Directory with the bundled `index.mjs`. */
  codeDir: string;
  description: string;
  environment: Record<string, string>;
  timeoutSeconds: number;
  memoryMB: number;
  scratchMB?: number | undefined;
  logRetentionDays: number;
  /** Encrypts the log group. */
  encryptionKey: IKey;
}

/** The Lambda function behind one Task state, with a role and a log group of its own. */
export class TaskFunction extends Construct {
  readonly function: LambdaFunction;
  readonly role: Role;
  readonly logGroup: LogGroup;
  /** What the state machine invokes: the code and configuration of this deployment, for good. */
  readonly version: IFunction;
  readonly timeout: Duration;
  readonly memoryMB: number;

  constructor(scope: Construct, id: string, props: TaskFunctionProps) {
    super(scope, id);
    this.memoryMB = props.memoryMB;
    this.timeout = Duration.seconds(props.timeoutSeconds);
    this.role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      description: props.description,
    });
    this.logGroup = new LogGroup(this, 'Logs', {
      retention: props.logRetentionDays,
      encryptionKey: props.encryptionKey,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.function = new LambdaFunction(this, 'Function', {
      description: props.description,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      code: Code.fromAsset(props.codeDir),
      environment: { ...props.environment, NODE_OPTIONS: FUNCTION_NODE_OPTIONS },
      timeout: this.timeout,
      memorySize: props.memoryMB,
      ...(props.scratchMB === undefined ? {} : { ephemeralStorageSize: Size.mebibytes(props.scratchMB) }),
      role: this.role,
      logGroup: this.logGroup,
      tracing: Tracing.ACTIVE,
      // An execution that was started before a deployment goes on with the versions that it was started with.
      currentVersionOptions: { removalPolicy: RemovalPolicy.RETAIN },
    });
    this.logGroup.grantWrite(this.role);
    this.version = this.function.currentVersion as IFunction;
  }
}
