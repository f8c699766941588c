import { PipelineError } from '../../contracts/errors.ts';
import { BULK_MEDIA_TYPES, type JobOptions } from '../../contracts/job-options.ts';
import type { CallFrame } from '../exchange.ts';
import type { BatchRequest, ResultLimits, TimeSlice, TranscriptSource } from '../transcript-source.ts';
import type { BulkJobApi } from './bulk-job-api.ts';
import { jobResultOf } from './job-result.ts';
import { lookUpIds } from './look-up-ids.ts';
import { openResult } from './open-result.ts';
import type { SearchPage } from './search-page.ts';
import { searchWindow } from './search-window.ts';

const NO_MEDIUM = 'A bulk transcript job can be asked for none of these media';
const isBulkMedium = (medium: string) => BULK_MEDIA_TYPES.some((known) => known === medium);

/** Transcripts by way of bulk jobs: submitted, polled, and downloaded once they are complete. */
export class BulkJobSource implements TranscriptSource {
  readonly newVersions = 'never';
  readonly #api: BulkJobApi;

  constructor(api: BulkJobApi) {
    this.#api = api;
  }

  authenticate(frame: CallFrame) {
    return this.#api.authenticate(frame);
  }

  async submit(interactionIds: string[], options: JobOptions, frame: CallFrame) {
    const mediaTypes = options.mediaTypes.filter(isBulkMedium);
    if (mediaTypes.length === 0) throw new PipelineError('InputInvalid', NO_MEDIUM);
    const { jobId } = await this.#api.submit(interactionIds, { ...options, mediaTypes }, frame);
    return { jobId, isReady: false };
  }

  progress(jobId: string, frame: CallFrame) {
    return this.#api.progress(jobId, frame);
  }

  async open({ jobId }: BatchRequest, limits: ResultLimits, frame: CallFrame) {
    const ask = () => this.#api.progress(jobId, frame);
    const open = (resultUrl: string) => this.#api.openResult(resultUrl, frame);
    return jobResultOf(await openResult({ ask, open }, frame.signal), limits);
  }

  async discover(slice: TimeSlice, isTooLong: (pages: number) => boolean, frame: CallFrame) {
    const mediaTypes = slice.mediaTypes.filter(isBulkMedium);
    if (mediaTypes.length === 0) throw new PipelineError('InputInvalid', NO_MEDIUM);
    return searchWindow(this.#searching(frame), { ...slice, mediaTypes }, isTooLong);
  }

  lookUp(interactionIds: string[], frame: CallFrame) {
    return lookUpIds(this.#searching(frame), interactionIds);
  }

  #searching(frame: CallFrame): SearchPage {
    return (query) => this.#api.search(query, frame);
  }
}
