import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Awaited } from '../../../../cli/run/awaited.ts';
import { ProgressPrinter } from '../../../../cli/run/progress.ts';
import type { ExecutionEvent, ExecutionEventDetails } from '../../../../emulator/engine/events.ts';
import type { JsonObject } from '../../../../emulator/engine/json.ts';
import { statesOf, synthesiseTemplate } from '../../../infra/template.ts';
import { plain } from '../../../plain.ts';

const NOW = Date.parse('2026-11-22T03:00:00Z');
const PARENT = { name: 'run-1', arn: 'arn' };
const child = (index: number) => ({
  name: `c${index}`,
  arn: 'arn',
  map: { state: 'ExtractBatches', index, parent: 'run-1' },
});
const event = (details: ExecutionEventDetails, execution: ExecutionEvent['execution'] = PARENT): ExecutionEvent => ({
  timestamp: NOW,
  execution,
  ...details,
});
const waits = (index: number, polls: number, waitSeconds: number) =>
  event(
    { type: 'StateEntered', state: 'WaitForJob', stateType: 'Wait', input: { job: { polls, waitSeconds } } },
    child(index),
  );
const works = (state: string, execution?: ExecutionEvent['execution']) =>
  event({ type: 'StateEntered', state, stateType: 'Task', input: {} }, execution);
const leaves = (state: string, execution?: ExecutionEvent['execution']) =>
  event({ type: 'StateExited', state, stateType: 'Task', input: {}, output: {} }, execution);
const counts = { total: 2, running: 2, succeeded: 0, failed: 0 };
const mapStarted = event({ type: 'MapRunStarted', state: 'ExtractBatches', mapRunArn: 'arn', concurrency: 2, counts });

describe('what is awaited', () => {
  it.each<[string, ExecutionEvent[], number, string | undefined]>([
    ['a wait for CXone, by its poll and its end', [waits(0, 1, 5)], 0, 'waiting for CXone, poll 2, next in 5 s'],
    ['a clock that goes on', [waits(0, 1, 5)], 3_200, 'waiting for CXone, poll 2, next in 2 s'],
    ['a long wait', [waits(0, 1, 900)], 0, 'waiting for CXone, poll 2, next in 15 min 00 s'],
    [
      'of two waits the one that ends first',
      [waits(0, 4, 60), waits(1, 0, 9)],
      0,
      'waiting for CXone, poll 1, next in 9 s',
    ],
    [
      'work before a wait',
      [waits(0, 1, 5), works('StoreTranscripts', child(1))],
      0,
      'downloading, masking and storing',
    ],
    [
      'the wait once the work is over',
      [waits(0, 1, 5), works('StoreTranscripts', child(1)), leaves('StoreTranscripts', child(1))],
      0,
      'waiting for CXone, poll 2, next in 5 s',
    ],
    ['the planning', [works('PlanExtraction')], 0, 'planning: which interactions, in which batches'],
    ['a state that nobody has put into words', [works('SomethingNew')], 0, 'waiting for SomethingNew'],
    ['nothing', [works('PlanExtraction'), leaves('PlanExtraction')], 0, undefined],
  ])('is %s', (_, events, laterMs, text) => {
    const awaited = new Awaited();
    for (const one of events) awaited.observe(one);
    expect(awaited.describe(NOW + laterMs)).toBe(text);
  });

  it('counts waits that pass faster as fast', () => {
    const awaited = new Awaited(0.1);
    awaited.observe(waits(0, 0, 50));
    expect(awaited.describe(NOW)).toBe('waiting for CXone, poll 1, next in 5 s');
  });
});

describe('each Wait of the state machines', () => {
  const { definition, delivery } = synthesiseTemplate();
  const waitsOf = (machine: JsonObject) => [...statesOf(machine)].filter(([, { Type }]) => Type === 'Wait');
  /** Each place that may hold seconds says 1, but for the one that the Wait reads. */
  const inputOf = (path: string) => {
    const holders = Object.fromEntries(
      ['job', 'stored', 'delivery', 'reconciliation'].map((one) => [one, { waitSeconds: 1 }]),
    );
    const [holder = '', name] = path.replace('$.', '').split('.');
    // Of its own the state has seconds only where the Wait reads them there.
    return name === undefined ? { [holder]: 600 } : { ...holders, waitSeconds: 1, [holder]: { [name]: 600 } };
  };

  it.each([...waitsOf(definition), ...waitsOf(delivery)])('%s says what for and how long', (state, { SecondsPath }) => {
    const awaited = new Awaited();
    const input = inputOf(String(SecondsPath));
    awaited.observe(event({ type: 'StateEntered', state, stateType: 'Wait', input }));
    const text = awaited.describe(NOW);
    expect(text).toMatch(/, next in 10 min 00 s$/);
    expect(text).toMatch(/^waiting (for|to) /);
  });

  it('is looked at', () => {
    expect(waitsOf(definition).length + waitsOf(delivery).length).toBeGreaterThanOrEqual(7);
  });
});

describe('the progress of a run', () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: NOW });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  function printer(columns?: number) {
    const written: string[] = [];
    const isTerminal = columns !== undefined;
    const target = { write: (text: string) => written.push(text), isTerminal, columns: () => columns };
    return { written, progress: new ProgressPrinter(target, { startedAt: NOW }) };
  }

  it('says with a retry what went wrong', () => {
    const { written, progress } = printer();
    const cause = JSON.stringify({ errorType: 'VendorUnavailable', errorMessage: 'CXone could not be reached (dns)' });
    const retried = { type: 'StateRetried', state: 'Authenticate', stateType: 'Task', attempt: 1 } as const;
    progress.observe(event({ ...retried, error: 'VendorUnavailable', cause }));
    expect(written.join('')).toContain('trying again (1): VendorUnavailable: CXone could not be reached (dns)');
  });

  it.each<[string, string, Record<string, unknown>, string | undefined]>([
    [
      'a delivery that waits for the webhook',
      'DeliverTranscripts',
      { again: true, waitSeconds: 40, pending: 7, delivered: 0 },
      '7 to be delivered; the webhook is asked again in 40 s',
    ],
    ['a delivery that is over', 'DeliverTranscripts', { again: false, waitSeconds: 1, pending: 0 }, undefined],
    ['planning that takes several calls', 'PlanExtraction', { again: true, waitSeconds: 1 }, 'the search goes on'],
    [
      'planning that CXone puts off',
      'PlanExtraction',
      { again: true, waitSeconds: 600, deadlineAt: '2026-11-22T05:00:00Z' },
      'CXone asks to wait 10 min 00 s',
    ],
    [
      'a tenant that is reached',
      'Authenticate',
      { again: false, tenant: { id: 't-1', area: 'na1' } },
      'credentials accepted · tenant t-1 · area na1',
    ],
    ['a tenant that CXone does not name', 'Authenticate', { again: false }, 'credentials accepted'],
    [
      'a sign-in that CXone puts off',
      'Authenticate',
      { again: true, waitSeconds: 9, deadlineAt: '2026-11-22T05:00:00Z' },
      'CXone asks to wait 9 s',
    ],
  ])('says of %s who is waited for', (_, state, output, text) => {
    const { written, progress } = printer();
    const exited = { type: 'StateExited', state, stateType: 'Task', input: {} } as const;
    progress.observe(event({ ...exited, output: output as JsonObject }));
    const [line] = written.map(plain);
    if (text === undefined) expect(line).toBeUndefined();
    else expect(line).toContain(text);
    if (output.deadlineAt === undefined) expect(line ?? '').not.toContain('CXone');
  });

  it('says at once what comes first', () => {
    const { written, progress } = printer();
    progress.prepare('making ready');
    expect(written.join('')).toContain('making ready\n');
  });

  it('ticks on a terminal, without an event', () => {
    const { written, progress } = printer(80);
    progress.prepare('making ready');
    written.length = 0;
    vi.advanceTimersByTime(3_000);
    expect(plain(written.at(-1) ?? '')).toBe('   3.0 s  making ready');
    progress.end();
    written.length = 0;
    vi.advanceTimersByTime(3_000);
    expect(written).toEqual([]);
  });

  it.each([20, 44, 72, 80, 200])(
    'never fills the last of %i columns, so that a line drawn over is one line',
    (columns) => {
      const { written, progress } = printer(columns);
      for (const one of [mapStarted, waits(0, 1, 5), waits(1, 1, 7)]) progress.observe(one);
      for (let second = 0; second < 5; second += 1) vi.advanceTimersByTime(1_000);
      const drawn = written.map(plain).filter((text) => !text.endsWith('\n'));
      expect(drawn.length).toBeGreaterThan(3);
      expect(Math.max(...drawn.map((text) => text.length))).toBeLessThan(columns);
    },
  );

  it('draws nothing over where there is no terminal', () => {
    const { written, progress } = printer();
    for (const one of [mapStarted, waits(0, 1, 5)]) progress.observe(one);
    vi.advanceTimersByTime(5_000);
    expect(written).toEqual([]);
  });
});

it.each([
  ['running', 'job submitted, waiting for CXone'],
  ['completed', 'fetching transcripts, one by one'],
])('says what a batch whose job is %s does: %s', (status, text) => {
  const lines: string[] = [];
  const printer = new ProgressPrinter({ isTerminal: false, write: (line) => void lines.push(plain(line)) });
  printer.observe(
    event(
      { type: 'StateExited', state: 'SubmitTranscriptJob', stateType: 'Task', input: {}, output: { job: { status } } },
      child(0),
    ),
  );
  printer.end();
  expect(lines.join('')).toContain(text);
});
