import { describe, expect, it } from 'vitest';
import { decideFound, decideNamed } from '../../../../../lambdas/plan-extraction/select/decide-outcome.ts';
import { nothingRead } from '../../../../../lambdas/plan-extraction/select/selection.ts';

const knowledge = {
  stored: new Set(['stored']),
  claimed: new Set(['claimed']),
  isErased: (id: string) => id === 'erased',
  nowMs: 1_000,
};

describe('decideFound', () => {
  it('leaves out what is done with, and says why the others wait', () => {
    const leftOut = nothingRead().leftOut;
    const found = ['new', 'claimed', 'erased'].map((interactionId) => ({ interactionId, availableMs: 0 }));
    const late = { interactionId: 'late', availableMs: 1_001 };
    expect([...decideFound([...found, late], knowledge, leftOut)]).toEqual([
      { interactionId: 'new' },
      { interactionId: 'claimed', decided: 'notReady', error: 'TakenByOtherRun' },
      { interactionId: 'late', decided: 'notReady' },
    ]);
    expect(leftOut).toEqual({ stored: 0, givenUp: 0, erased: 1, taken: 0 });
  });

  it('leaves what another run is at to that run, where nobody asks after it', () => {
    const leftOut = nothingRead().leftOut;
    const found = ['new', 'claimed'].map((interactionId) => ({ interactionId }));
    expect([...decideFound(found, { ...knowledge, leavesClaimed: true }, leftOut)]).toEqual([{ interactionId: 'new' }]);
    expect(leftOut).toEqual({ stored: 0, givenUp: 0, erased: 0, taken: 1 });
  });
});

describe('decideNamed', () => {
  it('gives each interaction that was named an outcome', () => {
    const named = ['new', 'stored', 'claimed', 'erased'].map((interactionId) => ({ interactionId }));
    const unknown = { interactionId: 'unknown', decided: 'missing' as const };
    expect([...decideNamed([...named, unknown], knowledge)]).toEqual([
      { interactionId: 'new' },
      { interactionId: 'stored', decided: 'duplicate' },
      { interactionId: 'claimed', decided: 'notReady', error: 'TakenByOtherRun' },
      { interactionId: 'erased', decided: 'missing', error: 'Erased' },
      { interactionId: 'unknown', decided: 'missing' },
    ]);
  });
});
