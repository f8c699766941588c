import { z } from 'zod';
import { DataLakeConfig, integer, VendorConfig } from '../shared/config.ts';

export const PlanConfig = z.object({
  ...VendorConfig.shape,
  ...DataLakeConfig.shape,
  /** Interactions per vendor job, unless the input says otherwise. */
  BATCH_SIZE: integer(1, 1000).default(100),
  /** Vendor jobs at the same time, unless the input says otherwise. */
  BATCH_CONCURRENCY: integer(1, 1000).default(10),
});
export type PlanConfig = z.infer<typeof PlanConfig>;
