/** What a fault on the index of completed contacts may do. */
import { z } from 'zod';
import { transport } from '../transport-fault.ts';

export const completedEffect = z.strictObject({
  ...transport,
  /** 401, and every access token is dead from now on. */
  tokenDies: z.boolean().optional(),
  /** `icStatusDescription`, the header that gives the reason of an error. */
  statusDescription: z.string().optional(),
  /** Names of the members as earlier versions have them: `contactStart`, `mediaType`, … */
  names: z.literal('earlier').optional(),
  /** Every number as text. */
  numbersAsText: z.boolean().optional(),
  /** So many rows in the largest page, whatever `top` says. */
  pageCap: z.int().positive().optional(),
  /** The rows of a later page have moved by so many since the one before: -1 repeats one, 1 leaves one out. */
  movedRows: z.int().optional(),
  /** `totalRecords` as it stands; null leaves it out. */
  totalRecords: z.union([z.number(), z.string(), z.null()]).optional(),
});
