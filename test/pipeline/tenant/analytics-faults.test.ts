/** What a tenant of Interaction Analytics may answer, and what a window of it ends with: nothing is lost or doubled. */
import { afterEach, describe, expect, it } from 'vitest';
import type { Fault } from '../../../emulator/stand-ins/cxone/faults.ts';
import { Manifest, type OutcomeCounts } from '../../../lambdas/shared/runs/run-records.ts';
import { keys } from '../../../lambdas/shared/storage/layout.ts';
import { usePipeline } from '../world/pipeline.ts';

const FROM = Date.parse('2026-10-01T00:00:00Z');
const HOUR = 3_600_000;

const pipeline = usePipeline({
  source: 'interaction-analytics',
  vendor: {
    simulator: {
      interactions: { count: 600, from: '2026-10-01T00:00:00Z', to: '2026-10-03T00:00:00Z' },
      availableAfterSeconds: 0,
      lateShare: 0,
      segmentPageSize: 4,
      now: () => Date.parse('2026-10-04T03:00:00Z'),
    },
  },
});

afterEach(() => pipeline.simulator.setFaults([]));

let hour = 0;

/** Runs an hour that no other test has run, with faults that may name one of its segments. */
async function runHour(faultsFor: (id: string) => Fault[]) {
  hour += 1;
  const [from, to] = [hour, hour + 1].map((nth) => new Date(FROM + nth * HOUR).toISOString()) as [string, string];
  const segments = pipeline.simulator.segments({ from, to });
  const [first] = segments;
  if (first === undefined || segments.length < 9) throw new Error('an hour of too few segments');
  pipeline.simulator.setFaults(faultsFor(first.segmentId));
  const runId = `hour-${hour}`;
  const result = await pipeline.run({ window: { from, to } }, { name: runId });
  const rows = await pipeline.rows(runId);
  return { result, rows, first: first.segmentId, ids: segments.map(({ segmentId }) => segmentId), runId };
}

async function countsOf(runId: string): Promise<OutcomeCounts> {
  const [line] = await pipeline.lines(keys.manifest(runId));
  return Manifest.parse(line).counts;
}

describe('the list of segments, whatever it looks like', () => {
  const always = (fault: object): Fault[] => [{ on: 'segments', times: 'always', do: fault }];
  const once = (fault: object, nth = 2): Fault[] => [{ on: 'segments', match: { nth }, do: fault }];
  it.each<[string, Fault[]]>([
    ['rows as a map', always({ rowsAs: 'map' })],
    ['rows under another name', always({ rowsUnder: 'items' })],
    ['links that repeat', always({ links: 'repeat' })],
    ['links that lead back and forth', always({ links: 'alternate' })],
    ['no links', always({ links: 'none' })],
    ['a total that is too small', always({ totalRecords: 1 })],
    ['a total that is too large', always({ totalRecords: 9_000 })],
    ['no total', always({ totalRecords: null })],
    ['numbers as text', always({ oddNumbers: true })],
    ['rows in no order', always({ outOfOrder: true })],
    ['a cursor that leaves its own millisecond out', always({ exclusiveCursor: true })],
    ['a token that dies in mid-walk', once({ tokenDies: true })],
    ['429 without a header', once({ status: 429 })],
    ['503 for a while', [{ on: 'segments', times: 3, do: { status: 503 } }]],
    ['a connection that breaks', once({ reset: true })],
    ['a walk that is too long for the vendor', once({ tooManyRows: true })],
  ])('%s: everything is stored once', async (_, faults) => {
    const { result, rows, ids } = await runHour(() => faults);
    expect([result.status, result.error, result.cause]).toEqual(['SUCCEEDED', undefined, undefined]);
    expect(rows.map(({ interactionId }) => interactionId).sort()).toEqual(ids.toSorted());
  });

  it.each<[string, Fault[], string, string]>([
    ['a cursor that is ignored', always({ ignoreCursor: true }), 'ContractViolation', 'cursor'],
    ['a path that is gone', always({ pathMoved: true }), 'VendorContractChanged', 'cxonePaths'],
    ['a missing permission', always({ status: 403, body: '' }), 'VendorAuthFailed', 'permission'],
  ])('%s: one error that says what is wrong', async (_, faults, error, word) => {
    const { result, rows } = await runHour(() => faults);
    expect({ status: result.status, error: result.error }).toEqual({ status: 'FAILED', error });
    expect(result.cause).toContain(word);
    expect(rows).toEqual([]);
  });
});

describe('the transcript of one segment, whatever it looks like', () => {
  const ofOne =
    (fault: object) =>
    (id: string): Fault[] => [{ on: 'segmentTranscript', match: { interactionId: id }, times: 'always', do: fault }];
  it.each<[string, (id: string) => Fault[]]>([
    ['a language that is not known', ofOne({ language: 'xx-YY' })],
    ['a medium that is not known', ofOne({ type: 'Hologram' })],
    ['no language', ofOne({ language: null })],
    ['odd numbers', ofOne({ oddNumbers: true })],
    ['a customer who was erased at the vendor', ofOne({ anonymised: true })],
    [
      '503 at first',
      (id) => [{ on: 'segmentTranscript', match: { interactionId: id }, times: 2, do: { status: 503 } }],
    ],
    ['a token that dies', () => [{ on: 'segmentTranscript', match: { nth: 3 }, do: { tokenDies: true } }]],
    ['429 without a header', () => [{ on: 'segmentTranscript', match: { nth: 3 }, times: 5, do: { status: 429 } }]],
  ])('%s: everything is stored once', async (_, faultsFor) => {
    const { result, rows, ids } = await runHour(faultsFor);
    expect([result.status, result.error, result.cause]).toEqual(['SUCCEEDED', undefined, undefined]);
    expect(rows.map(({ interactionId }) => interactionId).sort()).toEqual(ids.toSorted());
  });

  it.each<[string, object, keyof OutcomeCounts]>([
    ['404', { noTranscript: true }, 'missing'],
    ['no blocks', { blocks: 'empty' }, 'empty'],
    ['no list of blocks', { blocks: 'absent' }, 'empty'],
  ])('%s: it alone is not stored, and counted as what it is', async (_, fault, outcome) => {
    const { result, rows, ids, first, runId } = await runHour(ofOne(fault));
    expect(result.status).toBe('SUCCEEDED');
    expect(rows.map(({ interactionId }) => interactionId).sort()).toEqual(ids.filter((id) => id !== first).sort());
    expect(await countsOf(runId)).toMatchObject({ stored: ids.length - 1, [outcome]: 1 });
  });

  it('404 of every one: the path has moved, which is no outcome of segments', async () => {
    const moved: Fault[] = [{ on: 'segmentTranscript', times: 'always', do: { pathMoved: true } }];
    const { result, rows, runId, ids } = await runHour(() => moved);
    expect(result.status).toBe('FAILED');
    expect(rows).toEqual([]);
    expect(await countsOf(runId)).toMatchObject({ failed: ids.length, missing: 0 });
    const [line] = await pipeline.lines(keys.manifest(runId));
    expect(Manifest.parse(line).failures).toMatchObject([{ error: 'VendorContractChanged' }]);
  });
});
