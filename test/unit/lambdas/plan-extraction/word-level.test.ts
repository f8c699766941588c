import { describe, expect, it } from 'vitest';
import { withWordLevel } from '../../../../lambdas/plan-extraction/word-level.ts';
import { jobOptionsOf, parseExecutionInput } from '../../../../lambdas/shared/contracts/execution-input.ts';
import type { SourceName } from '../../../../lambdas/shared/contracts/source-name.ts';

describe('calls word by word', () => {
  it.each<[object, boolean, true | undefined]>([
    [{}, false, undefined],
    [{}, true, true],
    [{ wordLevel: true }, false, true],
    [{ wordLevel: false }, true, undefined],
  ])('an event with %j in a stage with %j', (said, ofStage, expected) => {
    const input = withWordLevel(
      parseExecutionInput({ interactionIds: ['s-1'], ...said }),
      'interaction-analytics',
      ofStage,
    );
    expect('interactionIds' in input && jobOptionsOf(input).wordLevel).toBe(expected);
  });

  it.each<SourceName>(['bulk-job', 'digital-engagement'])('are refused where %s has none', (source) => {
    const input = parseExecutionInput({ interactionIds: ['s-1'], wordLevel: true });
    expect(() => withWordLevel(input, source, false)).toThrow(expect.objectContaining({ name: 'InputInvalid' }));
  });

  it('are for the run that is retried to choose', () => {
    const input = parseExecutionInput({ retryRun: 'run-1' });
    expect(withWordLevel(input, 'interaction-analytics', true)).toBe(input);
  });
});
