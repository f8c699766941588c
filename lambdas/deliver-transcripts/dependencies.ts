/** What a call of this function works with. */

import type { Destination } from '../shared/delivery/destination.ts';
import type { ObjectStorage } from '../shared/storage/object-store.ts';
import type { TaskConfig } from '../shared/task/config/task-config.ts';
import { DeliverySession, type SessionOptions } from './delivery-session.ts';

/** From the start of a request to the end of its answer; Standard Webhooks recommends 15 to 30 s. */
export const REQUEST_TIMEOUT_MS = 15_000;

/** Kept back at the end of a call: for a request that times out after all, and for saving its outcome. */
const RESERVE_MS = REQUEST_TIMEOUT_MS + 5_000;

export interface Dependencies {
  store: ObjectStorage;
  config: Pick<
    TaskConfig<'DeliverTranscripts'>,
    'DATA_LAKE_BUCKET' | 'WEBHOOK_CONCURRENCY' | 'WEBHOOK_MAX_EVENT_BYTES' | 'WEBHOOK_GIVE_UP_SECONDS'
  >;
  /** A destination for one call. */
  openDestination: () => Destination;
  /** Milliseconds since the epoch. */
  now: () => number;
  /** From 0 to 1. */
  random: () => number;
  remainingMs: () => number;
  sleep: (milliseconds: number) => Promise<void>;
}

/**
 * The session of one call.
 *
 * @param trust what is known of the endpoint, and how long the call may wait for it altogether
 */
export function openSession(
  dependencies: Dependencies,
  trust: Pick<SessionOptions, 'isSuspect' | 'isKnownDown' | 'maxPausesMs' | 'learnt'>,
): DeliverySession {
  const { openDestination, now, sleep, config, remainingMs } = dependencies;
  return new DeliverySession({
    destination: openDestination(),
    concurrency: config.WEBHOOK_CONCURRENCY,
    hasTime: (pauseMs) => remainingMs() > RESERVE_MS + pauseMs,
    now,
    sleep,
    ...trust,
  });
}
