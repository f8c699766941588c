/** Redeliveries: the state machine that delivers what a run has left, on this machine or in AWS. */
import * as z from 'zod';
import type { ExecutionEvent } from '../../emulator/engine/events.ts';
import { DeliverTranscriptsOutput } from '../../lambdas/shared/contracts/states/deliver-transcripts.ts';
import type { Round } from '../../lambdas/shared/delivery/checkpoint.ts';
import { executionLink } from '../aws/console-links.ts';
import type { DeployedStack } from '../aws/stack.ts';
import { startDelivery } from '../aws/start-delivery.ts';
import { deliverLocally } from '../run/local-delivery.ts';

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
 * What a redelivery on this machine came to; it goes on for as long as the webhook takes what it is sent.
 *
 * @param before how the run stands: what is said of it where not a single call comes to its end
 * @throws UsageError for flags that do not do; the signal's reason when the user stops it
 * @example
 * await redeliverLocally({ runId: 'r1', only: 'parked', name: 'again-1' }, before, { out: 'out' }, process.env)
 * // { status: 'SUCCEEDED', sent: 300, delivered: 600, parked: 0, pending: 0 }
 */
export async function redeliverLocally(
  { runId, only, name }: Redelivery,
  before: RedeliveryCounts,
  flags: { out: string; webhookUrl?: string },
  environment: Record<string, string | undefined>,
): Promise<RedeliveryOutcome> {
  return deliverLocally('delivering to the webhook', flags, environment, async (deliver) => {
    let counts = before;
    let sent = 0;
    let lastFailure: number | string | undefined;
    const onEvent = (event: ExecutionEvent) => {
      if (event.type !== 'StateExited') return;
      const output = CallOutput.safeParse(event.output).data;
      if (!output || !['DeliverTranscripts', 'ParkDeliveries'].includes(event.state)) return;
      const { delivered, parked, pending } = output;
      counts = { delivered, parked, pending };
      sent += output.sent;
      lastFailure = output.lastFailure ?? lastFailure;
    };
    const { status, error } = await deliver({ name, input: { redeliverRun: runId, only }, onEvent });
    const facts = { ...(error !== undefined && { error }), ...(lastFailure !== undefined && { lastFailure }) };
    return { status, sent, ...counts, ...facts };
  });
}

/** Output of DeliverTranscripts, or of ParkDeliveries, which sends nothing and leaves nothing pending. */
const CallOutput = z.object({
  delivered: z.int(),
  parked: z.int(),
  pending: z.int().default(0),
  sent: z.int().default(0),
  lastFailure: DeliverTranscriptsOutput.shape.lastFailure,
});

/**
 * Where to follow a redelivery in AWS, now started; it goes on by itself.
 *
 * @throws UsageError for what the user can mend, such as credentials that may not start executions
 * @example await redeliverInAws(stack, { runId: 'r1', only: 'all', name: 'again-1' }) // 'https://….console.aws.amazon.com/…'
 */
export async function redeliverInAws(stack: DeployedStack, { runId, only, name }: Redelivery): Promise<string> {
  return executionLink(stack.region, await startDelivery(stack, name, { redeliverRun: runId, only }));
}
