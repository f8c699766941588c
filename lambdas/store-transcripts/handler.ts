/** Downloads a job's result as a stream, masks it, stores it, and accounts for every interaction of the batch. */

import { createMasker, needsEntities } from '@cxone-transcripts/masker';
import type { z } from 'zod';
import { comprehendDetector } from '../shared/aws/comprehend.ts';
import { SecretReader } from '../shared/aws/secrets.ts';
import { StoreTranscriptsInput, StoreTranscriptsOutput } from '../shared/contracts/states/store-transcripts.ts';
import { readLexicon } from '../shared/lib/names-lexicon.ts';
import { keys } from '../shared/storage/layout.ts';
import { paced } from '../shared/storage/leased-pacer.ts';
import { ObjectStore } from '../shared/storage/object-store.ts';
import type { BatchReceipt } from '../shared/storage/records.ts';
import { readConfig } from '../shared/task/config/read-config.ts';
import { TASK_CONFIG } from '../shared/task/config/task-config.ts';
import { defineTask, type PacedContext } from '../shared/task/middleware.ts';
import { createSource } from '../shared/vendor/create-source.ts';
import { unlessPutOff } from '../shared/vendor/put-off.ts';
import { requestBudget } from '../shared/vendor/request-budget.ts';
import type { Masking } from './build-row.ts';
import { storeOnce } from './store-once.ts';
import { readSurrogates, SurrogateKey } from './surrogates.ts';

const config = readConfig(TASK_CONFIG.StoreTranscripts);
const source = createSource(config);
const masker = createMasker(config.MASKING, readLexicon());
const lake = new ObjectStore(config.DATA_LAKE_BUCKET);
const budget = requestBudget(config);
const surrogateKey = config.SURROGATE_SECRET_ID
  ? new SecretReader(config.SURROGATE_SECRET_ID, SurrogateKey)
  : undefined;

/** The state StoreTranscripts. */
export const handler = defineTask({
  input: StoreTranscriptsInput,
  output: StoreTranscriptsOutput,
  run: async (input, task) => {
    const { stored } = input;
    const output = await paced(lake, budget, input.priority, task, (pacer) =>
      unlessPutOff(() => store(input, { ...task, pacer }), stored, config.JOB_DEADLINE_SECONDS),
    );
    // A wait between two passes is none of its own.
    return output.again && stored?.pass !== undefined ? { pass: stored.pass, ...output } : output;
  },
});

async function store(input: z.output<typeof StoreTranscriptsInput>, task: PacedContext) {
  const stored = await storeOnce({ input, task, source, store: lake, config }, readMasking, (receipt) => {
    const { counts, superseded, parts, passes, resultBytes } = receipt;
    if (counts.quarantined > 0) task.metrics.addMetric('TranscriptsQuarantined', 'Count', counts.quarantined);
    task.logger.info('Batch stored', { ...counts, superseded, parts: parts.length, passes, resultBytes });
  });
  return 'again' in stored ? stored : summary(stored);
}

async function readMasking(): Promise<Masking> {
  return {
    masker,
    surrogates: await readSurrogates(surrogateKey),
    detector: needsEntities(config.MASKING) ? await comprehendDetector() : undefined,
  };
}

function summary({ runId, batch, requested, counts, superseded }: BatchReceipt) {
  return { again: false as const, receiptKey: keys.receipt(runId, batch), requested, ...counts, superseded };
}
