import type { JobOptions } from '../../contracts/job-options.ts';
import type { CallFrame } from '../exchange.ts';
import type {
  BatchRequest,
  JobProgress,
  LookUpHints,
  ResultLimits,
  TimeSlice,
  TranscriptSource,
} from '../transcript-source.ts';
import type { AnalyticsApi } from './analytics-api.ts';
import { discoverSegments } from './discover-segments.ts';
import { fetchBatch, type Memory } from './fetch-batch.ts';
import { lookUpSegments } from './look-up-segments.ts';
import { Pace } from './pace.ts';
import type { ListSegments } from './segment-page.ts';

/** Stands for the job of a source that has none. */
const DIRECT = 'direct';

/** Transcripts of Interaction Analytics: each is fetched by itself, from segments that the vendor lists. */
export class AnalyticsSource implements TranscriptSource {
  readonly newVersions = 'fetched';
  readonly #api: AnalyticsApi;
  readonly #memory: Memory = { pace: new Pace(), known: undefined };

  constructor(api: AnalyticsApi) {
    this.#api = api;
  }

  authenticate(frame: CallFrame) {
    return this.#api.authenticate(frame);
  }

  async submit(_interactionIds: string[], _options: JobOptions, _frame: CallFrame) {
    return { jobId: DIRECT, isReady: true };
  }

  async progress(_jobId: string, _frame: CallFrame): Promise<JobProgress> {
    return { status: 'completed' };
  }

  async open({ interactions, options }: BatchRequest, { maxBytes }: ResultLimits, frame: CallFrame) {
    const wordLevel = options.wordLevel === true;
    return fetchBatch({ api: this.#api, memory: this.#memory, wanted: interactions, wordLevel, maxBytes, frame });
  }

  discover(slice: TimeSlice, isTooLong: (pages: number) => boolean, frame: CallFrame) {
    return discoverSegments(this.#listing(frame), slice, isTooLong);
  }

  lookUp(interactionIds: string[], frame: CallFrame, { around }: LookUpHints = {}) {
    return lookUpSegments(this.#listing(frame), interactionIds, around);
  }

  #listing(frame: CallFrame): ListSegments {
    return (query) => this.#api.list(query, frame);
  }
}
