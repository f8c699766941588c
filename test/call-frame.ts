import type { CallFrame } from '../lambdas/shared/vendor/exchange.ts';

/** What a call to the vendor may use, as in a function with all the time it wants, and the metrics it counted. */
export function callFrame(change: Partial<CallFrame> = {}) {
  const counted: string[] = [];
  const frame: CallFrame = {
    signal: new AbortController().signal,
    remainingMs: () => 900_000,
    metrics: { addMetric: (name: string) => void counted.push(name) },
    ...change,
  };
  return { frame, counted };
}
