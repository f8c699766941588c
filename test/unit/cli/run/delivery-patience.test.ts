import { describe, expect, it } from 'vitest';
import { DeliveryPatience, isTooLong } from '../../../../cli/run/delivery-patience.ts';
import type { ExecutionEvent, ExecutionRef } from '../../../../emulator/engine/events.ts';
import type { JsonValue } from '../../../../emulator/engine/json.ts';

describe('a person at a terminal', () => {
  it.each([
    ['waits a little for a webhook that takes nothing', { waitSeconds: 10, failures: 1 }, false],
    ['does not wait for long then', { waitSeconds: 11, failures: 1 }, true],
    ['waits while something is taken', { waitSeconds: 60, failures: 0 }, false],
    ['does not wait for hours', { waitSeconds: 21_600, failures: 0 }, true],
    ['does not wait where nothing is known', { waitSeconds: 60 }, true],
  ])('%s', (_name, wait, expected) => {
    expect(isTooLong(wait)).toBe(expected);
  });
});

describe('the patience of a command', () => {
  const waiting = (state: string, input: JsonValue, map?: ExecutionRef['map']): ExecutionEvent => ({
    timestamp: 0,
    execution: { name: 'run-1', arn: 'arn', ...(map && { map }) },
    type: 'StateEntered',
    state,
    stateType: 'Wait',
    input,
  });
  const SOON = { waitSeconds: 1, failures: 0 };
  const BATCH = { state: 'ExtractBatches', index: 0, parent: 'run-1' };

  it.each<[string, ExecutionEvent, boolean, boolean]>([
    ['short wait with progress', waiting('WaitToDeliver', SOON), false, true],
    ['short wait before the next execution', waiting('WaitToContinue', SOON), false, true],
    ['long wait', waiting('WaitToDeliver', { waitSeconds: 3_600, failures: 1 }), true, true],
    ['wait for CXone', waiting('WaitForJob', SOON), false, false],
    ['wait of a batch, which is part of the run', waiting('WaitToDeliver', SOON, BATCH), false, false],
  ])('at a %s', (_name, event, isLost, isLostWithoutWaiting) => {
    for (const [hasNone, expected] of [
      [false, isLost],
      [true, isLostWithoutWaiting],
    ] as const) {
      const patience = new DeliveryPatience({ hasNone });
      patience.observe(event);
      expect({ hasNone, lost: patience.patienceLost.aborted }).toEqual({ hasNone, lost: expected });
    }
  });
});
