/** Delivers the events of an erasure: the state machine that delivers what a run has left, on this machine or in AWS. */
import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { LocalEngine } from '../../../emulator/engine/run-execution.ts';
import { type Sandbox, startSandbox } from '../../../emulator/sandbox/start-sandbox.ts';
import { callAws, type DeployedStack } from '../../aws/stack.ts';
import { inOrder } from '../../process/interruption.ts';
import { chooseServices } from '../../run/choose-services.ts';
import { DeliveryPatience } from '../../run/delivery-patience.ts';
import { PREPARING, whileWaiting } from '../../terminal/waiting.ts';

/** A delivery of its own for each erasure: the name of one that is over cannot be used again. */
function deliveryName(runId: string, at: string): string {
  return `erasure-${at.replaceAll(/\D/g, '').slice(0, 17)}-${runId}`.slice(0, 80);
}

/** Delivers what is in the outboxes of the runs. @returns how many deliveries came to their end */
export async function notifyLocally(
  out: string,
  runIds: readonly string[],
  at: string,
  flags: { webhookUrl?: string },
  environment: Record<string, string | undefined>,
): Promise<number> {
  const { vendor: _, ...webhook } = await chooseServices(flags, environment);
  return whileWaiting(PREPARING, (waiting) =>
    inOrder(async (signal) => {
      const sandbox = await startSandbox({ out, signal, ...webhook });
      try {
        waiting.now('telling the webhook');
        return await deliverInSandbox(sandbox, runIds, at, signal);
      } finally {
        await sandbox.close();
      }
    }),
  );
}

async function deliverInSandbox(
  sandbox: Sandbox,
  runIds: readonly string[],
  at: string,
  stopped: AbortSignal,
): Promise<number> {
  const engine = new LocalEngine({ assembly: sandbox.assembly, overridesEnv: sandbox.environment });
  const delivery = sandbox.assembly.stateMachines.find(
    ({ arn }) => arn === sandbox.assembly.outputs.DeliveryStateMachineArn,
  );
  let done = 0;
  try {
    for (const runId of runIds) {
      stopped.throwIfAborted();
      const patience = new DeliveryPatience();
      const result = await engine.run({
        input: { runId },
        name: deliveryName(runId, at),
        ...(delivery && { stateMachine: delivery.name }),
        onEvent: (event) => patience.observe(event),
        signal: AbortSignal.any([stopped, patience.patienceLost]),
        record: 'none',
      });
      if (result.status === 'SUCCEEDED') done += 1;
    }
    return done;
  } finally {
    await engine.close();
  }
}

/** Starts the deliveries in AWS, which go on by themselves. */
export async function notifyInAws(stack: DeployedStack, runIds: readonly string[], at: string): Promise<void> {
  const client = new SFNClient({ region: stack.region });
  for (const runId of runIds) {
    await callAws('start executions', () =>
      client.send(
        new StartExecutionCommand({
          stateMachineArn: stack.deliveryStateMachineArn,
          name: deliveryName(runId, at),
          input: JSON.stringify({ runId }),
        }),
      ),
    );
  }
  client.destroy();
}
