import { Fail, type FailProps } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import type { MachineErrorName } from '../../lambdas/shared/contracts/errors.ts';

/**
 * The state that ends an execution with an error of the machine's own, named as the error is.
 *
 * @example failState(this, 'TranscriptJobTimedOut', { cause: 'The transcript job did not finish in time' })
 */
export function failState(
  scope: Construct,
  error: MachineErrorName,
  why: Pick<FailProps, 'cause' | 'causePath'>,
): Fail {
  return new Fail(scope, error, { error, ...why });
}
