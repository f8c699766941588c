/** What planning needs of the world around it. */
import type { Polling } from '../shared/contracts/polling.ts';
import type { ObjectStorage } from '../shared/storage/object-store.ts';
import type { Discovery, NewVersions, TimeSlice } from '../shared/vendor/transcript-source.ts';
import type { PlanSettings } from './plan-config.ts';
import type { SearchByIds } from './search/check-ids.ts';

export interface Planner {
  store: ObjectStorage;
  /** Another bucket, for a list of ids that lies there. */
  storeOf(bucket: string): ObjectStorage;
  /** What the vendor has in a slice of time; undefined when it was given up as too long. */
  discover(slice: TimeSlice, isTooLong: (pages: number) => boolean): Promise<Discovery | undefined>;
  searchByIds: SearchByIds;
  /** How a newer version of a stored transcript shows at the source. */
  newVersions: NewVersions;
  settings: PlanSettings;
  functionVersion: string;
  nowMs(): number;
  /** Milliseconds that this call of the function had when it began. */
  callMs: number;
  /** Until the function has to end. */
  remainingMs(): number;
  /** For the log: a constant sentence and facts without content. */
  note(message: string, facts: Record<string, unknown>): void;
}

/** The run that is planned. */
export interface PlanFrame {
  runId: string;
  startedAt: string;
  dryRun: boolean;
  batchSize: number;
  concurrency: number;
  polling: Polling;
}
