/** Looks for transcripts that no manifest lists. */
import { partOrigin } from '../../../lambdas/shared/storage/layout.ts';
import type { Lake } from '../open-lake.ts';
import { judgePart, type RunState } from './judge-part.ts';
import type { Problem } from './problem.ts';

export interface Unlisted {
  /** Orphans, and what the pipeline has not written. */
  problems: Problem[];
  /** Parts that are not listed and may be yet. */
  kept: number;
}

/**
 * What is below `transcripts/` beside the parts that are listed.
 *
 * @param listed keys of all parts in manifests that were read whole
 * @throws PipelineError as the object store does
 * @example
 * (await findUnlisted(lake, listed, stateOf, Date.now())).problems
 * // [{ code: 'orphan', key: '…', detail: 'of run r9' }]
 */
export async function findUnlisted(
  { store }: Pick<Lake, 'store'>,
  listed: ReadonlySet<string>,
  stateOf: (runId: string) => RunState,
  nowMs: number,
): Promise<Unlisted> {
  const found: Unlisted = { problems: [], kept: 0 };
  for await (const object of store.list('transcripts/')) {
    const { key } = object;
    const verdict = judgePart(object, listed.has(key), stateOf, nowMs);
    if (verdict === 'orphan') found.problems.push({ code: 'orphan', key, detail: `of run ${partOrigin(key)?.runId}` });
    if (verdict === 'foreign') found.problems.push({ code: 'foreign', key, detail: 'not written by a run' });
    if (verdict === 'kept' || verdict === 'young') found.kept += 1;
  }
  return found;
}
