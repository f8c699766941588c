import type { Batch } from '../shared/contracts.ts';
import { chunks } from './chunks.ts';

/** Groups ids into batches of `batchSize`, numbered from 0; the last one may be smaller. Holds one batch at a time. */
export async function* groupIntoBatches(
  interactionIds: AsyncIterable<string> | Iterable<string>,
  batchSize: number,
): AsyncGenerator<Batch> {
  let batch = 0;
  for await (const ids of chunks(interactionIds, batchSize)) {
    yield { batch, interactionIds: ids };
    batch += 1;
  }
}
