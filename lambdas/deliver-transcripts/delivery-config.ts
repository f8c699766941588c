import * as z from 'zod';
import { isNetwork } from '../shared/lib/network.ts';
import { DataLakeConfig, integer, jsonVariable, WebhookConfig } from '../shared/task/config.ts';

export const DeliveryConfig = z.object({
  ...DataLakeConfig.shape,
  ...WebhookConfig.shape,
  /** Requests under way at the same time, per function. */
  WEBHOOK_CONCURRENCY: integer(1, 100).default(10),
  /** Networks that the endpoint may be in although they are not public, such as `["10.0.0.0/8"]`. */
  WEBHOOK_ALLOWED_NETWORKS: jsonVariable(
    z.array(z.string().refine(isNetwork, 'must be a network such as 10.0.0.0/8')),
  ).prefault('[]'),
  /** Events above it are sent without the row. */
  WEBHOOK_MAX_EVENT_BYTES: integer(4_096, 16_777_216).default(262_144),
  /** Seconds without progress after which the delivery of a run is given up. Three days: a weekend. */
  WEBHOOK_GIVE_UP_SECONDS: integer(60, 2_592_000).default(259_200),
});
export type DeliveryConfig = z.output<typeof DeliveryConfig>;
