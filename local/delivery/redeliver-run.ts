/** Redeliveries: the state machine that delivers what a run has left, on this machine or in AWS. */
import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import type { Round } from '../../lambdas/shared/webhook/checkpoint.ts';
import type { ExecutionEvent } from '../engine/events.ts';
import { LocalEngine } from '../engine/run-execution.ts';
import { inOrder } from '../process/interruption.ts';
import { executionLink } from '../remote/console-links.ts';
import { callAws, type DeployedStack } from '../remote/stack.ts';
import { chooseServices } from '../run/choose-services.ts';
import { DeliveryPatience } from '../run/delivery-patience.ts';
import { PREPARING, whileWaiting } from '../run/waiting.ts';
import { type Sandbox, startSandbox } from '../sandbox/start-sandbox.ts';

export interface Redelivery {
  runId: string;
  only: Round['only'];
  /** Name of the execution, and so of the redelivery in the audit trail. */
  name: string;
}

/** Transcripts of the run after a redelivery. */
export interface RedeliveryOutcome {
  status: 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';
  error?: string;
  delivered: number;
  parked: number;
  /** Not taken yet: another redelivery sends them. */
  pending: number;
}

/** Redelivers on this machine, for as long as the webhook takes what it is sent. */
export async function redeliverLocally(
  redelivery: Redelivery,
  flags: { out: string; webhookUrl?: string },
  environment: Record<string, string | undefined>,
): Promise<RedeliveryOutcome> {
  const { vendor: _, ...webhook } = await chooseServices(flags, environment);
  return whileWaiting(PREPARING, (waiting) =>
    inOrder(async (signal) => {
      const sandbox = await startSandbox({ out: flags.out, signal, ...webhook });
      try {
        waiting.now('delivering to the webhook');
        return await redeliverInSandbox(sandbox, redelivery, signal);
      } finally {
        await sandbox.close();
      }
    }),
  );
}

async function redeliverInSandbox(
  sandbox: Sandbox,
  redelivery: Redelivery,
  stopped: AbortSignal,
): Promise<RedeliveryOutcome> {
  const engine = new LocalEngine({ assembly: sandbox.assembly, overridesEnv: sandbox.environment });
  const patience = new DeliveryPatience();
  const counts = { delivered: 0, parked: 0, pending: 0 };
  const onEvent = (event: ExecutionEvent) => {
    patience.observe(event);
    if (event.type === 'StateExited' && event.stateType === 'Task') {
      Object.assign(counts, { pending: 0 }, countsIn(event.output));
    }
  };
  try {
    const { runId, only, name } = redelivery;
    const arn = sandbox.assembly.outputs.DeliveryStateMachineArn;
    const stateMachine = sandbox.assembly.stateMachines.find((machine) => machine.arn === arn)?.name ?? '';
    const input = { redeliverRun: runId, only };
    const signal = AbortSignal.any([stopped, patience.patienceLost]);
    const { status, error } = await engine.run({ stateMachine, input, name, onEvent, signal, record: 'none' });
    stopped.throwIfAborted();
    return { status, ...(error !== undefined && { error }), ...counts };
  } finally {
    await engine.close();
  }
}

/** The counts in the output of DeliverTranscripts or ParkDeliveries. */
function countsIn(output: unknown): Record<string, number> {
  const known = Object.entries(output ?? {}).filter(([name]) => ['delivered', 'parked', 'pending'].includes(name));
  return Object.fromEntries(known) as Record<string, number>;
}

/** Starts a redelivery in AWS, which goes on by itself. @returns where to follow it */
export async function redeliverInAws(stack: DeployedStack, { runId, only, name }: Redelivery): Promise<string> {
  const client = new SFNClient({ region: stack.region });
  try {
    const input = JSON.stringify({ redeliverRun: runId, only });
    const command = new StartExecutionCommand({ stateMachineArn: stack.deliveryStateMachineArn, name, input });
    const { executionArn = '' } = await callAws('start executions', () => client.send(command));
    return executionLink(stack.region, executionArn);
  } finally {
    client.destroy();
  }
}
