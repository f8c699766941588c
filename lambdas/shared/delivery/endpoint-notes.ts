/** `runs/<runId>/endpoint.json`: what one batch of a run found out about the webhook, for the others. */
import * as z from 'zod';
import { keys } from '../storage/layout.ts';
import type { ObjectStorage } from '../storage/object-store.ts';
import { readJson } from '../storage/read-json.ts';

/** `gone`: it answered 410. `down`: a batch waited for it in vain. */
const EndpointNote = z.object({
  schemaVersion: z.literal(1),
  state: z.enum(['gone', 'down']),
  /** The delivery that found it: a later one starts with hope. */
  round: z.string(),
  at: z.iso.datetime(),
});

/** For so long the others spare themselves the waiting. */
const DOWN_SECONDS = 15 * 60;

export type EndpointState = 'up' | 'down' | 'gone';

/**
 * What another batch of this run and round has found out about the webhook; `up` where there is no such note, or the note
 * that it is down is older than 15 minutes.
 *
 * @throws PipelineError `DataLakeUnavailable`, `DataLakeRejected`, `ContractViolation`
 * @example await readEndpointState(store, 'daily', '', Date.now()) // 'gone': it answered 410
 */
export async function readEndpointState(
  store: ObjectStorage,
  runId: string,
  round: string,
  nowMs: number,
): Promise<EndpointState> {
  const note = (await readJson(store, keys.endpoint(runId), EndpointNote))?.value;
  if (!note || note.round !== round) return 'up';
  if (note.state === 'down' && nowMs - Date.parse(note.at) > DOWN_SECONDS * 1000) return 'up';
  return note.state;
}

/**
 * Notes for the run's other batches that the webhook is down or gone.
 *
 * @throws PipelineError `DataLakeUnavailable`, `DataLakeRejected`
 * @example await noteEndpointState(store, 'daily', '', 'gone', Date.now())
 */
export async function noteEndpointState(
  store: ObjectStorage,
  runId: string,
  round: string,
  state: 'gone' | 'down',
  nowMs: number,
): Promise<void> {
  const note = { schemaVersion: 1, state, round, at: new Date(nowMs).toISOString() };
  await store.write(keys.endpoint(runId), JSON.stringify(note));
}
