/** Whether calls come word by word: what the event says, else what the stage does. */
import { PipelineError } from '../shared/contracts/errors.ts';
import type { ExecutionInput } from '../shared/contracts/execution-input.ts';
import type { SourceName } from '../shared/contracts/source-name.ts';

/**
 * The input with the stage's word level where it names none. A run that retries keeps what the run before it asked for.
 *
 * @throws PipelineError `InputInvalid` when a source is asked for it that has no such transcripts
 * @example withWordLevel({ interactionIds: ['s-1'], … }, 'interaction-analytics', true).wordLevel // true
 */
export function withWordLevel(input: ExecutionInput, source: SourceName, ofStage: boolean): ExecutionInput {
  if ('redeliverRun' in input || 'retryRun' in input) return input;
  if (input.wordLevel === true && source !== 'interaction-analytics') throw hasNoWords();
  return { ...input, wordLevel: input.wordLevel ?? ofStage };
}

function hasNoWords(): PipelineError {
  return new PipelineError(
    'InputInvalid',
    'Invalid execution input: wordLevel is for interaction-analytics, the one source that has a block for each word: leave it out',
  );
}
