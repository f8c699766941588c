import { describe, expect, it } from 'vitest';
import { CircuitBreaker } from '../../../lambdas/deliver-transcripts/circuit-breaker.ts';

const closed = () => new CircuitBreaker({ threshold: 3, concurrency: 8, halfOpen: false });

describe('CircuitBreaker', () => {
  it('opens after so many failures in a row', () => {
    const circuit = closed();
    circuit.failed();
    circuit.failed();
    circuit.succeeded();
    circuit.failed();
    circuit.failed();
    expect(circuit.isOpen).toBe(false);
    circuit.failed();
    expect(circuit.isOpen).toBe(true);
  });

  it('opens at once when the endpoint says for how long, and keeps the longest time', () => {
    const circuit = closed();
    circuit.failed(10);
    expect(circuit.isOpen).toBe(true);
    circuit.failed(30);
    circuit.failed(20);
    expect(circuit.retryAfterSeconds).toBe(30);
  });

  it('stays open, whatever was still under way', () => {
    const circuit = closed();
    circuit.failed(1);
    circuit.succeeded();
    expect(circuit.isOpen).toBe(true);
  });

  it('half open lets one through at a time until one succeeds', () => {
    const circuit = new CircuitBreaker({ threshold: 3, concurrency: 8, halfOpen: true });
    expect(circuit.limit).toBe(1);
    circuit.failed();
    expect(circuit.limit).toBe(1);
    circuit.succeeded();
    expect(circuit.limit).toBe(8);
  });
});
