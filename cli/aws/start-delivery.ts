/** Deliveries in AWS, which go on by themselves. */
import { callAws, type DeployedStack } from './stack.ts';

/**
 * The ARN of an execution of the stack's state machine of deliveries, now started.
 *
 * @throws UsageError for what the user can mend, such as credentials that may not start executions
 * @example await startDelivery(stack, 'again-1', { redeliverRun: 'r1', only: 'parked' }) // 'arn:aws:states:…:again-1'
 */
export async function startDelivery(stack: DeployedStack, name: string, input: object): Promise<string> {
  // Only where it is needed: most deliveries that are asked for are on this machine.
  const { SFNClient, StartExecutionCommand } = await import('@aws-sdk/client-sfn');
  const client = new SFNClient({ region: stack.region });
  try {
    const stateMachineArn = stack.deliveryStateMachineArn;
    const command = new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify(input) });
    const { executionArn = '' } = await callAws('start executions', () => client.send(command));
    return executionArn;
  } finally {
    client.destroy();
  }
}
