/** What a tenant of Digital Engagement may answer, and what a window of it ends with: nothing is lost or doubled. */
import { afterEach, describe, expect, it } from 'vitest';
import type { Fault } from '../../../emulator/stand-ins/cxone/faults.ts';
import { Manifest, Plan } from '../../../lambdas/shared/runs/run-records.ts';
import { keys } from '../../../lambdas/shared/storage/layout.ts';
import type { TranscriptRow } from '../../../lambdas/shared/storage/records.ts';
import { usePipeline } from '../world/pipeline.ts';

const FROM = Date.parse('2026-10-01T00:00:00Z');
const SPAN = 3 * 3_600_000;

const pipeline = usePipeline({
  source: 'digital-engagement',
  vendor: {
    simulator: {
      interactions: { count: 4_000, from: '2026-10-01T00:00:00Z', to: '2026-10-04T00:00:00Z' },
      reopenedShare: 0,
      now: () => Date.parse('2026-10-06T03:00:00Z'),
    },
  },
});

afterEach(() => pipeline.simulator.setFaults([]));

let span = 0;

/** Runs some hours that no other test has run; how many contacts they hold is asked before the faults are there. */
async function runHours(faults: Fault[]) {
  span += 1;
  const [from, to] = [span, span + 1].map((nth) => new Date(FROM + nth * SPAN).toISOString());
  const window = { from, to };
  await pipeline.run({ window, dryRun: true }, { name: `dry-${span}` });
  const [plan] = await pipeline.lines(keys.plan(`dry-${span}`));
  const expected = Plan.parse(plan).requested;
  // Two pages at least.
  expect(expected).toBeGreaterThan(25);
  pipeline.simulator.setFaults(faults);
  const runId = `hours-${span}`;
  const result = await pipeline.run({ window }, { name: runId });
  return { result, expected, rows: await pipeline.rows(runId), runId };
}

async function manifestOf(runId: string): Promise<Manifest> {
  const [line] = await pipeline.lines(keys.manifest(runId));
  return Manifest.parse(line);
}

/** Whole rows: what the vendor says of a contact is stored beside its transcript. */
function expectNothingPlanted(rows: readonly TranscriptRow[]): void {
  const planted = rows.flatMap(({ interactionId }) => pipeline.simulator.plantedValues(interactionId));
  expect(new Set(planted.map(({ type }) => type)).size).toBeGreaterThan(3);
  const stored = JSON.stringify(rows);
  expect(planted.flatMap(({ leaks }) => leaks).filter((leak) => stored.includes(leak))).toEqual([]);
}

describe('contacts and messages, whatever they look like', () => {
  const list = (fault: object, times: number | 'always' = 'always'): Fault => ({ on: 'contacts', times, do: fault });
  const messages = (fault: object, nth = 2): Fault => ({ on: 'messages', match: { nth }, do: fault });
  it.each<[string, Fault[]]>([
    ['a scroll token that repeats while pages advance', [list({ repeatToken: true })]],
    ['a scroll token that expires', [{ on: 'contacts', match: { nth: 2 }, do: { expireToken: true } }]],
    ['a token that dies in mid-walk', [{ on: 'contacts', match: { nth: 2 }, do: { status: 401 } }]],
    ['a number of hits that is wrong', [list({ hits: 1 })]],
    ['no number of hits', [list({ hits: null })]],
    ['dates that are ignored', [list({ ignoreDates: true })]],
    ['503 for a while', [list({ status: 503 }, 3)]],
    ['429 with a time', [list({ status: 429, retryAfter: 1 }, 1)]],
    ['messages as a bare array', [{ on: 'messages', times: 'always', do: { bareArray: true } }]],
    ['messages that are cut', [{ on: 'messages', times: 'always', do: { cutTo: 10 } }]],
    ['messages refused for a moment', [messages({ status: 429 })]],
    ['a connection that breaks', [messages({ reset: true })]],
  ])('%s: everything is stored once', async (_, faults) => {
    const { result, expected, rows } = await runHours(faults);
    expect([result.status, result.error, result.cause]).toEqual(['SUCCEEDED', undefined, undefined]);
    expect(rows).toHaveLength(expected);
    expect(new Set(rows.map(({ interactionId }) => interactionId)).size).toBe(expected);
    expect(rows.filter(({ transcript }) => JSON.stringify(transcript).includes('"isCut":true'))).toEqual([]);
    expectNothingPlanted(rows);
  });

  it.each(['GDPR', 'TTL'] as const)('content that was removed (%s) is said so, and stored', async (removed) => {
    const { rows, expected } = await runHours([messages({ removed })]);
    expect(rows).toHaveLength(expected);
    expect(rows.filter(({ transcript }) => JSON.stringify(transcript).includes(`"reason":"${removed}"`))).toHaveLength(
      1,
    );
  });

  it('a contact without messages is empty, and one that is gone is missing: the others are stored', async () => {
    const { rows, expected, runId, result } = await runHours([
      messages({ noMessages: true }),
      messages({ status: 404 }, 4),
    ]);
    expect(result.status).toBe('SUCCEEDED');
    expect(rows).toHaveLength(expected - 2);
    expect((await manifestOf(runId)).counts).toMatchObject({ stored: expected - 2, empty: 1, missing: 1 });
  });

  it.each<[string, Fault[], string]>([
    ['a scroll token that stands still', [list({ standStill: true })], 'ContractViolation'],
    ['a missing permission', [list({ status: 403, body: '' })], 'VendorAuthFailed'],
  ])('%s: one error', async (_, faults, error) => {
    const { result, rows } = await runHours(faults);
    expect({ status: result.status, error: result.error }).toEqual({ status: 'FAILED', error });
    expect(rows).toEqual([]);
  });
});
