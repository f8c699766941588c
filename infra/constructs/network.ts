import { CfnSecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { Effect, type IGrantable, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { CfnFunction, Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';

export interface NetworkProps {
  vpcId: string;
  /** Private subnets with a way out to CXone and the webhook, in at least two zones. */
  subnetIds: readonly string[];
  /** TCP ports that functions connect to. */
  ports: readonly number[];
}

/** What Lambda does in the account to attach a function to subnets; EC2 takes no resource in most of these calls. */
const NETWORK_INTERFACE_ACTIONS = [
  'ec2:CreateNetworkInterface',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSubnets',
  'ec2:DeleteNetworkInterface',
  'ec2:AssignPrivateIpAddresses',
  'ec2:UnassignPrivateIpAddresses',
];

/** Puts functions into a VPC that exists, behind a security group that lets HTTPS out, on the given ports, and nothing in. */
export class Network extends Construct {
  readonly #subnetIds: string[];
  readonly #securityGroup: CfnSecurityGroup;

  constructor(scope: Construct, id: string, props: NetworkProps) {
    super(scope, id);
    this.#subnetIds = [...props.subnetIds];
    this.#securityGroup = new CfnSecurityGroup(this, 'SecurityGroup', {
      groupDescription: 'CXone transcripts: HTTPS out, nothing in',
      vpcId: props.vpcId,
      securityGroupEgress: props.ports.map((port) => ({
        ipProtocol: 'tcp',
        fromPort: port,
        toPort: port,
        // CXone and the webhook are known by name only: a firewall with host names holds the list of docs/access.md.
        cidrIp: '0.0.0.0/0',
        description: 'HTTPS to CXone, the webhook, AWS',
      })),
    });
  }

  /** The function's subnets and security group, and its role's leave to attach to them. */
  attach(lambda: LambdaFunction, role: IGrantable): void {
    const resource = lambda.node.defaultChild as CfnFunction;
    resource.vpcConfig = { subnetIds: this.#subnetIds, securityGroupIds: [this.#securityGroup.attrGroupId] };
    const leave = new PolicyStatement({ actions: NETWORK_INTERFACE_ACTIONS, resources: ['*'] });
    const { policyDependable } = role.grantPrincipal.addToPrincipalPolicy(leave);
    // Leave for Lambda, not for what runs in the function: only calls from there say which function they come from.
    role.grantPrincipal.addToPrincipalPolicy(
      new PolicyStatement({
        effect: Effect.DENY,
        actions: NETWORK_INTERFACE_ACTIONS,
        resources: ['*'],
        conditions: { Null: { 'lambda:SourceFunctionArn': 'false' } },
      }),
    );
    // Lambda checks the role when it creates the function.
    if (policyDependable) lambda.node.addDependency(policyDependable);
  }
}
