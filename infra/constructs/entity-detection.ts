import { PolicyStatement, type Role } from 'aws-cdk-lib/aws-iam';
import { acknowledge } from '../acknowledgements.ts';

/** Lets a function ask Amazon Comprehend for names and addresses; only where the masking options ask for it. */
export function grantEntityDetection(role: Role): void {
  role.addToPolicy(new PolicyStatement({ actions: ['comprehend:DetectPiiEntities'], resources: ['*'] }));
  acknowledge(role, { 'AwsSolutions-IAM5[Resource::*]': 'Comprehend takes no resource in DetectPiiEntities' });
}
