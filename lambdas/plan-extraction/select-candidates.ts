/** From an execution input to the interactions it means. */
import { PipelineError } from '../shared/errors.ts';
import { type ExecutionInput, jobOptionsOf } from '../shared/execution-input.ts';
import { checkIds, type SearchByIds } from './check-ids.ts';
import { nothingLeftOut, type Selection } from './selection.ts';

export interface SelectionTools {
  searchByIds: SearchByIds;
}

/** @throws PipelineError `InputInvalid` when the input names something that is not there */
export async function selectCandidates(input: ExecutionInput, tools: SelectionTools): Promise<Selection> {
  if ('interactionIds' in input) {
    const named = input.interactionIds;
    const unique = new Set(named);
    return {
      source: 'interactionIds',
      reference: { repeated: String(named.length - unique.size) },
      options: jobOptionsOf(input),
      candidates: checkIds(unique, tools.searchByIds),
      leftOut: nothingLeftOut(),
    };
  }
  throw new PipelineError('InputInvalid', 'This source of interactions is not supported');
}
