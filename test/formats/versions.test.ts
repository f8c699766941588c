import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cachedAssembly } from '../../emulator/sandbox/cached-assembly.ts';
import { scratch } from '../cli/transcripts.ts';
import { type KeptEvent, keptAssembly, keptEvents, keptObjects, putObjects } from '../fixtures/kept-version.ts';
import { look } from '../pipeline/world/spawn-run.ts';
import { withFieldsMore } from './newer-lake.ts';
import { runIn, type Started } from './run-in.ts';

const ERASED = 'int-000000001-3a6692';
const schedule = (time: string) => ({ schedule: { name: 'daily', time } });

/** Its events were refused for good: nobody asks for them again here. */
const PARKED = ['int-000000002-b8b49e', 'int-000000003-7ebb6f'];

/**
 * What follows on what was kept: the next schedule, from its watermark and backlog on; what the stopped run left undone, and
 * what it had stored without delivering it.
 */
const NEXT: readonly Started[] = [
  { name: 'daily-2', input: schedule('2026-10-03T03:00:00Z'), at: '2026-10-03T03:00:00Z' },
  { name: 'retry', input: { retryRun: 'stopped' }, at: '2026-10-06T03:00:00Z' },
  { name: 'again', input: { redeliverRun: 'stopped' }, at: '2026-10-06T03:00:00Z' },
];
/** Takes what came late; whatever was stored before is not taken again. */
const LAST: Started = { name: 'daily-3', input: schedule('2026-10-06T03:00:00Z'), at: '2026-10-06T03:00:00Z' };

/** Two of them went twice, since a person asked for these interactions by name: under one id, as receivers are told. */
const sentBefore = [...new Map(keptEvents('0.1.0').map((event) => [event.id, event])).values()];
const idsOf = (events: readonly KeptEvent[]) => events.map(({ id }) => id);
const interactionsOf = (events: readonly KeptEvent[]) =>
  events.flatMap(({ body: { type, data } }) => (type === 'transcript.stored' ? [String(data.interactionId)] : []));

/** That everything that the vendor has is in the lake but what was erased, and went to the webhook once. */
async function expectWhole(out: string, events: readonly KeptEvent[]): Promise<void> {
  const { ids, problems } = await look(out);
  expect(problems).toEqual([]);
  expect(new Set(ids).size).toBe(59);
  expect(ids).not.toContain(ERASED);
  const sent = [...sentBefore, ...events];
  expect(new Set(idsOf(sent)).size).toBe(sent.length);
  const expected = ids.filter((id) => !PARKED.includes(id));
  expect(new Set(interactionsOf(sent)).difference(new Set([ERASED]))).toEqual(new Set(expected));
}

describe('a lake goes from version to version', () => {
  it('of 0.1.0 to today, and back: each goes on where the other was', async () => {
    const out = await scratch();
    await putObjects(out, keptObjects('0.1.0'));
    const today = await runIn(out, await cachedAssembly(), NEXT);
    expect(today.statuses).toEqual(['SUCCEEDED', 'SUCCEEDED', 'SUCCEEDED']);
    const before = await runIn(out, keptAssembly('0.1.0', join(out, 'kept')), [LAST]);
    expect(before.statuses).toEqual(['SUCCEEDED']);
    await expectWhole(out, [...today.events, ...before.events]);
  });

  it('of a newer version with fields more back to 0.1.0', async () => {
    const out = await scratch();
    await putObjects(out, withFieldsMore(keptObjects('0.1.0')));
    const { statuses, events } = await runIn(out, keptAssembly('0.1.0', join(out, 'kept')), [...NEXT, LAST]);
    expect(new Set(statuses)).toEqual(new Set(['SUCCEEDED']));
    await expectWhole(out, events);
  });
});
