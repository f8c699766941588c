import type { JobOptions } from '../../contracts/job-options.ts';
import type { CallFrame } from '../exchange.ts';
import type { InteractionSearch, ResultLimits, TranscriptSource } from '../transcript-source.ts';
import type { BulkJobApi } from './bulk-job-api.ts';
import { jobResultOf } from './job-result.ts';
import { openResult } from './open-result.ts';

/** Transcripts by way of bulk jobs: submitted, polled, and downloaded once they are complete. */
export class BulkJobSource implements TranscriptSource {
  readonly #api: BulkJobApi;

  constructor(api: BulkJobApi) {
    this.#api = api;
  }

  authenticate(frame: CallFrame) {
    return this.#api.authenticate(frame);
  }

  submit(interactionIds: string[], options: JobOptions, frame: CallFrame) {
    return this.#api.submit(interactionIds, options, frame);
  }

  progress(jobId: string, frame: CallFrame) {
    return this.#api.progress(jobId, frame);
  }

  async openResult(jobId: string, limits: ResultLimits, frame: CallFrame) {
    const ask = () => this.#api.progress(jobId, frame);
    const open = (resultUrl: string) => this.#api.openResult(resultUrl, frame);
    return jobResultOf(await openResult({ ask, open }, frame.signal), limits);
  }

  search(query: InteractionSearch, frame: CallFrame) {
    return this.#api.search(query, frame);
  }
}
