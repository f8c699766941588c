import * as z from 'zod';
import { DataLakeConfig, integer } from '../shared/task/config.ts';

export const RecordConfig = z.object({
  ...DataLakeConfig.shape,
  /** Runs that try an interaction whose own transcript is at fault or not there, before it is given up. */
  MAX_ATTEMPTS: integer(1, 100).default(5),
});
