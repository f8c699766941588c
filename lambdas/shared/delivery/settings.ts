/** What a function has to be told to deliver to the webhook. */
import * as z from 'zod';
import { isNetwork } from '../lib/network.ts';
import { secureUrl } from '../lib/secure-url.ts';
import { integerVariable, jsonVariable } from '../lib/variables.ts';

/** Networks that the endpoint may be in although they are not public, such as `["10.0.0.0/8"]`. */
export const AllowedNetworks = z.array(z.string().refine(isNetwork, 'must be a network such as 10.0.0.0/8')).max(16);

/** What a function is told of the webhook. The lower bound of an event's size leaves room for one without its row. */
export const WebhookConfig = z.object({
  WEBHOOK_URL: secureUrl,
  WEBHOOK_SECRET_ID: z.string().min(1),
  /** Requests under way at the same time, per function. */
  WEBHOOK_CONCURRENCY: integerVariable(1, 100),
  WEBHOOK_ALLOWED_NETWORKS: jsonVariable(AllowedNetworks),
  /** Events above it are sent without the row. */
  WEBHOOK_MAX_EVENT_BYTES: integerVariable(4_096, 16_777_216),
  /** Seconds without progress after which the delivery of a run is given up. */
  WEBHOOK_GIVE_UP_SECONDS: integerVariable(60, 2_592_000),
});
