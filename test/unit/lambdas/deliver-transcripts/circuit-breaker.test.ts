import { describe, expect, it } from 'vitest';
import { CircuitBreaker } from '../../../../lambdas/deliver-transcripts/circuit-breaker.ts';

const circuitOf = (change = {}) =>
  new CircuitBreaker({ threshold: 3, probes: 2, concurrency: 8, halfOpen: false, ...change });

/** Plays answers, each to a request that was sent as soon as it might be; tells when it was, and what became of it. */
function play(circuit: CircuitBreaker, answers: readonly ('ok' | 'fails' | number)[]) {
  let now = 0;
  return answers.map((answer) => {
    now += circuit.pauseMs(now);
    if (answer === 'ok') circuit.succeeded();
    else circuit.failed(circuit.epoch, now, answer === 'fails' ? undefined : answer);
    const state = circuit.isOpen ? 'dead' : circuit.limit === 1 ? 'in doubt' : 'well';
    return `${now / 1000} ${state}`;
  });
}

describe('CircuitBreaker', () => {
  it.each([
    [
      'counts failures in a row',
      ['fails', 'fails', 'ok', 'fails', 'fails'],
      ['0 well', '0 well', '0 well', '0 well', '0 well'],
    ],
    [
      'probes one that is in doubt ever more slowly, and gives it up',
      ['fails', 'fails', 'fails', 'fails', 'fails'],
      ['0 well', '0 well', '0 in doubt', '1 in doubt', '3 dead'],
    ],
    [
      'trusts one that succeeds again',
      ['fails', 'fails', 'fails', 'fails', 'ok', 'fails', 'fails'],
      ['0 well', '0 well', '0 in doubt', '1 in doubt', '3 well', '3 well', '3 well'],
    ],
    ['waits as long as it is asked to', [7, 'ok', 5, 'ok'], ['0 well', '7 well', '7 well', '12 well']],
    [
      'waits longer each time it is asked in vain, and asks with one at a time',
      [1, 1, 1, 1, 'ok', 1, 'ok'],
      ['0 well', '1 in doubt', '3 in doubt', '7 in doubt', '15 well', '15 well', '16 well'],
    ],
    ['never takes one for dead that asks for patience', Array(20).fill(1), undefined],
    [
      'takes patience that is asked for as a sign of life',
      ['fails', 'fails', 1, 'fails', 'fails'],
      ['0 well', '0 well', '0 well', '1 well', '1 well'],
    ],
  ] as [string, ('ok' | 'fails' | number)[], string[] | undefined][])('%s', (_name, answers, expected) => {
    const seen = play(circuitOf(), answers);
    if (expected) expect(seen).toEqual(expected);
    else expect(seen.filter((state) => state.endsWith('dead'))).toEqual([]);
  });

  it('takes requests that failed together for one reason to pause', () => {
    const circuit = circuitOf();
    const { epoch } = circuit;
    for (let request = 0; request < 8; request += 1) circuit.failed(epoch, 0);
    expect([circuit.isOpen, circuit.pauseMs(0)]).toEqual([false, 1_000]);
    for (const asked of [2, 9, 4]) circuit.failed(epoch, 0, asked);
    expect([circuit.isOpen, circuit.pauseMs(0)]).toEqual([false, 9_000]);
  });

  it('keeps a pause that was asked for, whatever succeeds meanwhile', () => {
    const circuit = circuitOf();
    circuit.failed(circuit.epoch, 0, 10);
    circuit.succeeded();
    expect(circuit.pauseMs(4_000)).toBe(6_000);
  });

  it('in doubt from the beginning sends one at a time, and without probes gives up at once', () => {
    const doubted = circuitOf({ halfOpen: true });
    expect(doubted.limit).toBe(1);
    doubted.succeeded();
    expect(doubted.limit).toBe(8);
    expect(play(circuitOf({ halfOpen: true, probes: 0 }), ['fails'])).toEqual(['0 dead']);
  });
});
