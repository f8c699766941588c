/** Posts the stored transcripts of one batch to the data lake's webhook and remembers what was accepted. */
import { z } from 'zod';
import { DataLakeConfig, readConfig, WebhookConfig } from '../shared/config.ts';
import { DeliverTranscriptsInput, DeliverTranscriptsOutput } from '../shared/contracts.ts';
import { ObjectStore } from '../shared/object-store.ts';
import { SecretReader } from '../shared/secrets.ts';
import { defineTask } from '../shared/task-middleware.ts';
import { deliverBatch } from './deliver-batch.ts';
import { signingKey } from './sign-event.ts';

/** `{"current": "whsec_…", "previous": "whsec_…"}`; `previous` only during a rotation. */
const signingSecret = z.string().min(1);
const WebhookSecret = z.object({ current: signingSecret, previous: signingSecret.optional() });

const config = readConfig(z.object({ ...DataLakeConfig.shape, ...WebhookConfig.shape }));
const store = new ObjectStore(config.DATA_LAKE_BUCKET);
const secret = new SecretReader(config.WEBHOOK_SECRET_ID, WebhookSecret);

export const handler = defineTask({
  input: DeliverTranscriptsInput,
  output: DeliverTranscriptsOutput,
  async run({ runId, batch, attempt }, task) {
    const { current, previous } = await secret.read();
    const keys = [current, ...(previous ? [previous] : [])].map(signingKey);
    const endpoint = { url: new URL(config.WEBHOOK_URL), keys };
    const outcome = await deliverBatch({ store, runId, batch, attempt, endpoint, signal: task.signal });
    task.metrics.addMetric('WebhookDelivered', 'Count', outcome.deliveredNow);
    task.metrics.addMetric('WebhookParked', 'Count', outcome.parkedNow);
    const { deliveredNow, parkedNow, ...output } = outcome;
    task.logger.info('Batch delivered', { ...output });
    return output;
  },
});
