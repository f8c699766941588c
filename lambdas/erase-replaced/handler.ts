/** Erases transcripts in whose place the vendor has given ones without names. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { S3Client } from '@aws-sdk/client-s3';
import { awsDeadlines } from '../shared/aws/deadlines.ts';
import { EraseReplacedInput, EraseReplacedOutput } from '../shared/contracts/states/erase-replaced.ts';
import { ObjectStore } from '../shared/storage/object-store.ts';
import { readConfig } from '../shared/task/config/read-config.ts';
import { TASK_CONFIG } from '../shared/task/config/task-config.ts';
import { defineTask } from '../shared/task/middleware.ts';
import { eraseReplaced } from './erase-replaced.ts';

const { DATA_LAKE_BUCKET: bucket } = readConfig(TASK_CONFIG.EraseReplaced);
const client = new S3Client({ maxAttempts: 4, ...awsDeadlines() });
const lake = { store: new ObjectStore(bucket, client), client, bucket };

/** A day may have a thousand parts to look into. */
const MS_FOR_A_DAY = 300_000;

/** The state EraseReplaced. */
export const handler = defineTask({
  input: EraseReplacedInput,
  output: EraseReplacedOutput,
  async run(_input, { logger, remainingMs }) {
    const scratch = await mkdtemp(join(tmpdir(), 'erase-'));
    try {
      const hasTime = () => remainingMs() > MS_FOR_A_DAY;
      const left = await eraseReplaced(lake, { at: new Date().toISOString(), scratch, hasTime });
      logger.info('Replaced transcripts erased', left);
      return left;
    } finally {
      await rm(scratch, { recursive: true, force: true });
    }
  },
});
