/** Posts stored transcripts to the data lake's webhook: those of one batch, or all that a run has left. */
import { setTimeout as sleep } from 'node:timers/promises';
import { SecretReader } from '../shared/aws/secrets.ts';
import { DeliverTranscriptsInput, DeliverTranscriptsOutput } from '../shared/contracts/states/deliver-transcripts.ts';
import { SigningKeys } from '../shared/delivery/signer.ts';
import { WebhookClient } from '../shared/delivery/webhook-client.ts';
import { WebhookDestination } from '../shared/delivery/webhook-destination.ts';
import { ObjectStore } from '../shared/storage/object-store.ts';
import { readConfig } from '../shared/task/config/read-config.ts';
import { TASK_CONFIG } from '../shared/task/config/task-config.ts';
import { defineTask } from '../shared/task/middleware.ts';
import { callForBatch } from './call-for-batch.ts';
import { callForRun } from './call-for-run.ts';
import { type Dependencies, REQUEST_TIMEOUT_MS } from './dependencies.ts';

const config = readConfig(TASK_CONFIG.DeliverTranscripts);
const store = new ObjectStore(config.DATA_LAKE_BUCKET);
const secret = new SecretReader(config.WEBHOOK_SECRET_ID, SigningKeys);
const client = new WebhookClient({
  url: new URL(config.WEBHOOK_URL),
  connections: config.WEBHOOK_CONCURRENCY,
  timeoutMs: REQUEST_TIMEOUT_MS,
  allowedNetworks: config.WEBHOOK_ALLOWED_NETWORKS,
});

/** The state DeliverTranscripts, of both state machines. */
export const handler = defineTask({
  input: DeliverTranscriptsInput,
  output: DeliverTranscriptsOutput,
  async run(input, { remainingMs, metrics, logger }) {
    const dependencies: Dependencies = {
      store,
      config,
      openDestination: () => new WebhookDestination(client, secret, Date.now),
      now: Date.now,
      random: Math.random,
      remainingMs,
      sleep,
    };
    const { output, tally } = await ('delivery' in input
      ? callForRun(dependencies, input)
      : callForBatch(dependencies, input));
    metrics.addMetric('WebhookDelivered', 'Count', tally.delivered);
    metrics.addMetric('WebhookParked', 'Count', tally.parked);
    // Of one batch it would say nothing: the others are being extracted.
    if ('delivery' in input) metrics.addMetric('WebhookPending', 'Count', output.pending);
    logger.info('Delivery attempted', { ...output, now: tally });
    return output;
  },
});
