/** Redeliveries: the state machine that delivers what a run has left, on this machine or in AWS. */
import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import * as z from 'zod';
import type { ExecutionEvent } from '../../emulator/engine/events.ts';
import { LocalEngine } from '../../emulator/engine/run-execution.ts';
import { type Sandbox, startSandbox } from '../../emulator/sandbox/start-sandbox.ts';
import { DeliverTranscriptsOutput } from '../../lambdas/shared/contracts/deliver-transcripts.ts';
import type { Round } from '../../lambdas/shared/delivery/checkpoint.ts';
import { executionLink } from '../aws/console-links.ts';
import { callAws, type DeployedStack } from '../aws/stack.ts';
import { inOrder } from '../process/interruption.ts';
import { chooseServices } from '../run/choose-services.ts';
import { DeliveryPatience } from '../run/delivery-patience.ts';
import { PREPARING, whileWaiting } from '../terminal/waiting.ts';

export interface Redelivery {
  runId: string;
  only: Round['only'];
  /** Name of the execution, and so of the redelivery in the audit trail. */
  name: string;
}

/** Transcripts of the run after a redelivery. */
export interface RedeliveryCounts {
  /** Taken by the webhook at least once, by this redelivery or an earlier delivery. */
  delivered: number;
  parked: number;
  /** Not taken yet: another redelivery sends them. */
  pending: number;
}

export interface RedeliveryOutcome extends RedeliveryCounts {
  status: 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';
  error?: string;
  /** Taken by the webhook in this redelivery. */
  sent: number;
  /** The last answer that did not take one: an HTTP status, or a word where none came. */
  lastFailure?: number | string;
}

/**
 * Redelivers on this machine, for as long as the webhook takes what it is sent.
 *
 * @param before how the run stands: what is said of it where not a single call comes to its end
 */
export async function redeliverLocally(
  redelivery: Redelivery,
  before: RedeliveryCounts,
  flags: { out: string; webhookUrl?: string },
  environment: Record<string, string | undefined>,
): Promise<RedeliveryOutcome> {
  const { vendor: _, ...webhook } = await chooseServices(flags, environment);
  return whileWaiting(PREPARING, (waiting) =>
    inOrder(async (signal) => {
      const sandbox = await startSandbox({ out: flags.out, signal, ...webhook });
      try {
        waiting.now('delivering to the webhook');
        return await redeliverInSandbox(sandbox, redelivery, before, signal);
      } finally {
        await sandbox.close();
      }
    }),
  );
}

async function redeliverInSandbox(
  sandbox: Sandbox,
  redelivery: Redelivery,
  before: RedeliveryCounts,
  stopped: AbortSignal,
): Promise<RedeliveryOutcome> {
  const engine = new LocalEngine({ assembly: sandbox.assembly, overridesEnv: sandbox.environment });
  const patience = new DeliveryPatience();
  let counts = before;
  let sent = 0;
  let lastFailure: number | string | undefined;
  const onEvent = (event: ExecutionEvent) => {
    patience.observe(event);
    if (event.type !== 'StateExited') return;
    const output = CallOutput.safeParse(event.output).data;
    if (!output || !['DeliverTranscripts', 'ParkDeliveries'].includes(event.state)) return;
    const { delivered, parked, pending } = output;
    counts = { delivered, parked, pending };
    sent += output.sent;
    lastFailure = output.lastFailure ?? lastFailure;
  };
  try {
    const { runId, only, name } = redelivery;
    const arn = sandbox.assembly.outputs.DeliveryStateMachineArn;
    const stateMachine = sandbox.assembly.stateMachines.find((machine) => machine.arn === arn)?.name ?? '';
    const input = { redeliverRun: runId, only };
    const signal = AbortSignal.any([stopped, patience.patienceLost]);
    const { status, error } = await engine.run({ stateMachine, input, name, onEvent, signal, record: 'none' });
    // A long one goes on in executions of its own.
    await engine.settle(signal);
    stopped.throwIfAborted();
    const facts = { ...(error !== undefined && { error }), ...(lastFailure !== undefined && { lastFailure }) };
    return { status, sent, ...counts, ...facts };
  } finally {
    await engine.close();
  }
}

/** Output of DeliverTranscripts, or of ParkDeliveries, which sends nothing and leaves nothing pending. */
const CallOutput = z.object({
  delivered: z.int(),
  parked: z.int(),
  pending: z.int().default(0),
  sent: z.int().default(0),
  lastFailure: DeliverTranscriptsOutput.shape.lastFailure,
});

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
