import { expect, it } from 'vitest';
import { nextStep } from '../../../../lambdas/store-transcripts/next-pass.ts';
import type { PassRecord } from '../../../../lambdas/store-transcripts/pass-record.ts';

const record = (...ids: string[]) =>
  ({
    settled: ids.map((interactionId) => ({ interactionId, outcome: 'stored', findings: {} })),
  }) as unknown as PassRecord;
const [first, second] = [record('a'), record('b')];

it.each([
  ['nothing is recorded', [], 1, { step: 'fetch', pass: 1, wanted: ['a', 'b', 'c'] }],
  ['it is the next pass', [first], 2, { step: 'fetch', pass: 2, wanted: ['b', 'c'] }],
  ['the pass is recorded, and its answer was lost', [first], 1, { step: 'answer', record: first }],
  ['it is late', [first, second], 1, { step: 'answer', record: first }],
  ['the machine is ahead of the records', [first], 5, { step: 'fetch', pass: 2, wanted: ['b', 'c'] }],
  ['all is recorded but the receipt', [first, record('b', 'c')], 2, { step: 'finish' }],
  ['all is recorded, and it is late', [first, record('b', 'c')], 1, { step: 'finish' }],
])('where %s', (_name, passes, asked, step) => {
  expect(nextStep(passes, ['a', 'b', 'c'], asked)).toEqual(step);
});
