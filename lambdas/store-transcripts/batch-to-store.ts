/** What the storing of a batch goes by. */
import type { z } from 'zod';
import type { StoreTranscriptsInput } from '../shared/contracts/states/store-transcripts.ts';
import type { ObjectStorage } from '../shared/storage/object-store.ts';
import type { TaskConfig } from '../shared/task/config/task-config.ts';
import type { TaskContext } from '../shared/task/middleware.ts';
import type { TranscriptSource } from '../shared/vendor/transcript-source.ts';
import type { FoundReceipt } from './batch-receipt.ts';
import type { Masking } from './build-row.ts';

export interface BatchToStore {
  input: z.output<typeof StoreTranscriptsInput>;
  task: TaskContext;
  source: TranscriptSource;
  store: ObjectStorage;
  config: Pick<TaskConfig<'StoreTranscripts'>, 'MAX_RESULT_BYTES' | 'JOB_DEADLINE_SECONDS' | 'CXONE_SOURCE'>;
  masking: Masking;
  /** What an earlier attempt left behind, if this one replaces it. */
  earlier: FoundReceipt | undefined;
}

/**
 * Whether the source fetches each transcript by itself, so that a pass may stop between two of them.
 *
 * @example isFetchedOneByOne({ config: { CXONE_SOURCE: 'bulk-job', … } }) // false: a job's result comes as a whole
 */
export function isFetchedOneByOne({ config }: Pick<BatchToStore, 'config'>): boolean {
  return config.CXONE_SOURCE !== 'bulk-job';
}
