import { describe, expect, it } from 'vitest';
import { completeReport, type Failures, type LeftOut, OutcomeCollector } from '../../../../cli/run/report.ts';
import { renderSummary } from '../../../../cli/run/summary.ts';
import type { ExecutionEvent } from '../../../../emulator/engine/events.ts';
import { RunCounts } from '../../../../lambdas/shared/contracts/states/record-outcome.ts';
import { plain } from '../../../plain.ts';

/** The summary of a run whose plan and outcome say this. */
function summaryOf({
  leftOut = {},
  counts = {},
  batchCount = 0,
  manifestKey = 'runs/run-1/manifest.json',
  failures,
}: {
  leftOut?: Partial<LeftOut>;
  counts?: Record<string, number>;
  batchCount?: number;
  manifestKey?: string;
  failures?: Failures;
}) {
  const zeros = Object.fromEntries(Object.keys(RunCounts.shape).map((name) => [name, 0]));
  const collector = new OutcomeCollector();
  const exited = (state: string, output: object) =>
    collector.observe({
      type: 'StateExited',
      state,
      execution: { name: 'run-1' },
      output,
    } as unknown as ExecutionEvent);
  exited('PlanExtraction', {
    runId: 'run-1',
    batchCount: 0,
    requested: counts.requested ?? 0,
    leftOut: { stored: 0, givenUp: 0, erased: 0, taken: 0, ...leftOut },
  });
  exited('RecordOutcome', {
    runId: 'run-1',
    status: 'complete',
    counts: { ...zeros, ...counts },
    findings: {},
    ...(failures && { failures }),
    manifestKey,
    undelivered: 1,
  });
  const ended = { name: 'run-1', status: 'SUCCEEDED' as const, stateTransitions: 9, durationMs: 10 };
  return renderSummary(completeReport(collector.report(ended, 'out'), { batchCount }), [], ' --out elsewhere');
}

describe('the summary of a run', () => {
  it.each([
    ['nothing but what was asked for', { counts: { requested: 2, stored: 2 } }, '2 requested · 2 stored\n'],
    ['none at all', {}, 'Interactions   0 requested\n'],
    ['newer versions', { counts: { requested: 2, stored: 2, superseded: 1 } }, '  Superseded     1 older version\n'],
    [
      'every other outcome',
      {
        counts: {
          requested: 7,
          missing: 1,
          failed: 1,
          quarantined: 1,
          notReady: 1,
          duplicate: 1,
          empty: 1,
          unchanged: 1,
        },
      },
      '7 requested · 1 missing · 1 failed · 1 quarantined · 1 not ready yet · 1 stored before · 1 empty · 1 unchanged\n',
    ],
    ['what earlier runs have', { leftOut: { stored: 171 } }, 'Left out       171 stored by earlier runs\n'],
    [
      'what is left alone for other reasons',
      { leftOut: { givenUp: 2, erased: 1, taken: 3 } },
      'Left out       2 given up after several runs · 1 erased on request · 3 being extracted by another run\n',
    ],
  ])('tells %s', (_, facts, line) => {
    expect(summaryOf(facts)).toContain(line);
  });

  it('names why interactions are not stored, with counts', () => {
    const failures = [
      { error: 'TranscriptJobFailed', interactions: 1_200, batches: 12 },
      { error: 'ContractViolation', interactions: 2, batches: 0 },
      { error: 'VendorRejected', interactions: 1, batches: 1 },
    ];
    expect(summaryOf({ counts: { requested: 1_203, failed: 1_203 }, failures })).toContain(
      [
        '  Not stored     TranscriptJobFailed 1,200 in 12 batches',
        '                 ContractViolation   2',
        '                 VendorRejected      1 in 1 batch',
      ].join('\n'),
    );
  });

  it('says how rows were masked, as the manifest has it', () => {
    const ended = { name: 'run-1', status: 'SUCCEEDED' as const, stateTransitions: 9, durationMs: 10 };
    const report = new OutcomeCollector().report(ended, 'out');
    const masking = [{ rules: '1.3.0', types: ['PIN', 'US_SSN'], optionsHash: '44136fa355b3678a' }];
    expect(report.masking).toEqual([]);
    expect(renderSummary(completeReport(report, { masking }), [])).toContain(
      '  Masked with    rules 1.3.0, 2 types on, options 44136fa355b3678a\n',
    );
  });

  it('says of a run that only plans what it would do, and nothing of what it did', () => {
    const text = summaryOf({
      counts: { requested: 1_403, missing: 2, notReady: 1 },
      batchCount: 14,
      manifestKey: 'runs/run-1/plan.json',
    });
    expect(text).toContain('Dry run        1,400 would be extracted in 14 batches; nothing was\n');
    expect(text).not.toMatch(/Personal data|Delivered/);
  });

  it.each([
    ['nothing was found', {}, 'Nothing was found.'],
    ['nothing has a transcript', { counts: { requested: 2, missing: 2 } }, 'CXone has no transcript of any of them'],
    [
      'something is not delivered',
      { counts: { requested: 2, stored: 2, parked: 2 } },
      'redeliver run-1 --out elsewhere',
    ],
  ])('says what to look at when %s', (_, facts, words) => {
    expect(summaryOf(facts)).toContain(words);
  });

  it('gives no hint where earlier runs have it all', () => {
    expect(summaryOf({ leftOut: { stored: 3 } })).not.toContain('→');
  });

  it('says nothing of what there is none of', () => {
    expect(summaryOf({ counts: { requested: 2, stored: 2 } })).not.toMatch(
      /Left out|Not stored|missing|not ready|Superseded/,
    );
  });

  it.each([
    [44, 44],
    [80, 52],
    [200, 52],
  ])('in %i columns draws bars that fit into a line', (columns, longest) => {
    const collector = new OutcomeCollector();
    const ended = { name: 'run-1', status: 'SUCCEEDED' as const, stateTransitions: 9, durationMs: 10 };
    const findings = { CREDIT_CARD_LAST4: 621, PIN: 300, US_SSN: 1 };
    const text = renderSummary({ ...collector.report(ended, 'out'), findings }, [], '', columns);
    const lengths = text.split('\n').map((line) => (line.includes('█') ? plain(line).length : 0));
    expect(lengths.filter((length) => length > 0)).toHaveLength(3);
    expect(Math.max(...lengths)).toBeLessThan(longest);
  });
});

it('adds up the parts of a window that goes on', () => {
  const collector = new OutcomeCollector();
  const zeros = Object.fromEntries(Object.keys(RunCounts.shape).map((name) => [name, 0]));
  const exited = (name: string, state: string, output: object) =>
    collector.observe({ type: 'StateExited', state, execution: { name }, output } as unknown as ExecutionEvent);
  for (const [runId, stored] of [
    ['run-1', 3],
    ['run-1-part2', 4],
  ] as const) {
    exited(runId, 'RecordOutcome', {
      runId,
      status: 'complete',
      counts: { ...zeros, requested: stored, stored },
      findings: {},
      manifestKey: `runs/${runId}/manifest.json`,
      undelivered: stored + 1,
    });
    exited(`delivery-of-${runId}`, 'DeliverTranscripts', { delivered: stored, parked: 0, pending: 0 });
  }
  const report = collector.report({ name: 'run-1', status: 'SUCCEEDED', stateTransitions: 1, durationMs: 1 }, 'out');
  expect(report.counts).toMatchObject({ requested: 7, stored: 7, delivered: 7, pending: 0 });
  expect(report.manifestKey).toBe('runs/run-1/manifest.json');
});

it('says that a window goes back further than what the vendor keeps, and not only that nothing was found', () => {
  const collector = new OutcomeCollector();
  const exited = (state: string, output: object) =>
    collector.observe({
      type: 'StateExited',
      state,
      execution: { name: 'run-1' },
      output,
    } as unknown as ExecutionEvent);
  const tooOld = { from: '2020-01-01T00:00:00.000Z', to: '2021-01-01T00:00:00.000Z' };
  exited('PlanExtraction', { requested: 0, leftOut: { stored: 0, givenUp: 0, erased: 0, taken: 0 }, tooOld });
  const zeros = Object.fromEntries(Object.keys(RunCounts.shape).map((name) => [name, 0]));
  const manifestKey = 'runs/run-1/manifest.json';
  exited('RecordOutcome', {
    runId: 'run-1',
    status: 'complete',
    counts: zeros,
    findings: {},
    manifestKey,
    undelivered: 1,
  });
  const report = collector.report({ name: 'run-1', status: 'SUCCEEDED', stateTransitions: 1, durationMs: 1 }, 'out');
  expect(report.tooOld).toEqual(tooOld);
  expect(plain(renderSummary(report, []))).toContain('older than what CXone keeps (vendorRetentionDays)');
});
