import { MaskOptions } from '@cxone-transcripts/masker';
import * as z from 'zod';
import { DataLakeConfig, integer, jsonVariable, VendorConfig } from '../shared/task/config.ts';
import { JobTimingConfig } from '../shared/vendor/job-timing.ts';

const MEBIBYTE = 1024 * 1024;

export const StoreConfig = z.object({
  ...VendorConfig.shape,
  ...DataLakeConfig.shape,
  /** Also the patience with a vendor that puts the download off. */
  ...JobTimingConfig.shape,
  MASKING: jsonVariable(MaskOptions).prefault('{}'),
  /** Secret with the key of the surrogates; empty where they are off. */
  SURROGATE_SECRET_ID: z.string().default(''),
  /** Decompressed bytes of one job's result. 4 GiB: a thousand interactions of 4 MiB each. */
  MAX_RESULT_BYTES: integer(MEBIBYTE, 1024 * 1024 * MEBIBYTE).default(4096 * MEBIBYTE),
  /** One artifact is held in memory as a whole: this and its masked copy must fit into the function's memory. */
  MAX_ARTIFACT_BYTES: integer(MEBIBYTE, 256 * MEBIBYTE).default(128 * MEBIBYTE),
});
