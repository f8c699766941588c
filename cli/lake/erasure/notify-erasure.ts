/** Delivers the events of an erasure: the state machine that delivers what a run has left, on this machine or in AWS. */
import type { DeployedStack } from '../../aws/stack.ts';
import { startDelivery } from '../../aws/start-delivery.ts';
import { deliverLocally } from '../../run/local-delivery.ts';

/** A delivery of its own for each erasure: the name of one that is over cannot be used again. */
function deliveryName(runId: string, at: string): string {
  return `erasure-${at.replaceAll(/\D/g, '').slice(0, 17)}-${runId}`.slice(0, 80);
}

/**
 * How many deliveries came to their end, of one for each run, which sends what is in its outbox.
 *
 * @param out directory of `run --out`
 * @param at time of the erasure, ISO 8601
 * @throws UsageError for flags that do not do; the signal's reason when the user stops it
 * @example await notifyLocally('out', ['r1', 'r2'], '2026-11-21T06:00:00.000Z', {}, process.env) // 2
 */
export async function notifyLocally(
  out: string,
  runIds: readonly string[],
  at: string,
  flags: { webhookUrl?: string },
  environment: Record<string, string | undefined>,
): Promise<number> {
  return deliverLocally('telling the webhook', { ...flags, out }, environment, async (deliver) => {
    let done = 0;
    for (const runId of runIds) {
      const { status } = await deliver({ name: deliveryName(runId, at), input: { runId } });
      if (status === 'SUCCEEDED') done += 1;
    }
    return done;
  });
}

/**
 * Starts a delivery in AWS for each run; they go on by themselves.
 *
 * @throws UsageError for what the user can mend, such as credentials that may not start executions
 */
export async function notifyInAws(stack: DeployedStack, runIds: readonly string[], at: string): Promise<void> {
  for (const runId of runIds) await startDelivery(stack, deliveryName(runId, at), { runId });
}
