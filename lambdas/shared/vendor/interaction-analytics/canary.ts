/** Tells the two meanings of a 404 apart: this segment has no transcript, or transcripts are no longer under this path. */
import { contractChanged, type TranscriptAnswer } from './analytics-api.ts';

/** So many segments that are listed, and none of them with a transcript, are no accident. */
const TELLING = 5;
/** How far back is looked for other segments, in ms: a tenant without any in a week has no traffic. */
export const LOOK_BACK_MS = 7 * 86_400_000;

/** The transcripts that one batch was answered. */
export class Canary {
  #answered = 0;
  #missingInARow = 0;
  /** Of those, the ones that the list shows. */
  #listedInARow = 0;

  found(): void {
    this.#answered += 1;
    this.#missingInARow = 0;
    this.#listedInARow = 0;
  }

  missing(isListed: boolean): void {
    this.#answered += 1;
    this.#missingInARow += 1;
    if (isListed) this.#listedInARow += 1;
  }

  /** Whether the path is in doubt: as far as one can see, nothing is found there now. */
  get isInDoubt(): boolean {
    return this.#answered > 0 && (this.#missingInARow === this.#answered || this.#listedInARow >= TELLING);
  }

  /**
   * Asks for other segments, which are listed, until one has a transcript.
   *
   * @throws PipelineError `VendorContractChanged` when none has; what `fetch` throws
   */
  async check(others: readonly string[], fetch: (segmentId: string) => Promise<TranscriptAnswer>): Promise<void> {
    let missing = this.#listedInARow;
    for (const segmentId of others) {
      if ((await fetch(segmentId)).kind !== 'missing') return;
      missing += 1;
    }
    if (missing < TELLING) return;
    throw contractChanged(`${missing} segments are listed, and the transcript of each is 404`);
  }
}
