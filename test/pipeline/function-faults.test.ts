/** Functions that are throttled, killed, or whose answer gets lost, at every state: the run completes, each thing once. */
import { describe, expect, it } from 'vitest';
import { TASK_NAMES } from '../../infra/task-table.ts';
import { eventFor, freshIds, usePipeline } from './world/pipeline.ts';

type Fault = 'throttled' | 'killed' | 'answer-lost';
let next: { state: string; kind: Fault } | undefined;

const pipeline = usePipeline(
  { receiver: { keepBodies: true } },
  {
    maxProcesses: 1,
    faults: ({ state }) => {
      if (state !== next?.state) return undefined;
      const { kind } = next;
      next = undefined;
      return kind === 'killed' ? { kind, afterMs: 15 } : { kind };
    },
  },
);

/** The first invocation of one state goes wrong. */
async function runWith(state: string, kind: Fault) {
  const ids = freshIds(4);
  next = { state, kind };
  const result = await pipeline.run(eventFor(ids));
  return { ids, result, wasHit: next === undefined };
}

/** Of a delivery that takes longer, of a schedule, of transcripts that lost their names: no run here comes to them. */
const OTHERS: readonly string[] = ['ParkDeliveries', 'ReconcileContacts', 'EraseReplaced'];

const CASES = TASK_NAMES.filter((name) => !OTHERS.includes(name)).flatMap((state) =>
  (['throttled', 'killed', 'answer-lost'] as const).map((kind) => [state, kind] as const),
);

describe('a function', () => {
  it.each(CASES)('%s, %s once: everything is stored and delivered, once', async (state, kind) => {
    const { ids, result, wasHit } = await runWith(state, kind);
    expect(wasHit).toBe(true);
    expect(result).toMatchObject({ status: 'SUCCEEDED', output: { counts: { stored: 4, delivered: 4 } } });
    const rows = await pipeline.rows(result.name);
    expect(rows.map(({ interactionId }) => interactionId).sort()).toEqual(ids);
    const delivered = pipeline.receiver.received.map(({ id, body }) => [id, JSON.stringify(body)] as const);
    for (const id of ids) {
      // At least once; whatever comes again bears the same id.
      const deliveries = delivered.filter(([, body]) => body.includes(`"${id}"`) && body.includes('transcript.stored'));
      expect(new Set(deliveries.map(([eventId]) => eventId)).size).toBe(1);
    }
  });
});
