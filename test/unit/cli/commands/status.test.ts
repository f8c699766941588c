import { describe, expect, it } from 'vitest';
import { renderStatus } from '../../../../cli/commands/status.ts';
import { adviceFor } from '../../../../cli/run/advice.ts';

const REST = { from: '2026-11-18T02:00:00.000Z', to: '2026-11-20T02:00:00.000Z' };

describe('a run that was not searched to its end', () => {
  it('says what it left, and how to take it', () => {
    const text = renderStatus({ runId: 'run-1', state: 'incomplete', notSearched: [REST] });
    expect(text).toContain(`  left      not searched from ${REST.from} to ${REST.to}\n`);
    expect(text).toContain('Start {"retryRun": "run-1"} to take what it left');
  });

  it('names no list of interactions, which it may not have', () => {
    expect(adviceFor('ExtractionIncomplete')).not.toContain('unfinished.jsonl');
  });
});
