/** How long masking one artifact may take: what takes longer is set aside, so that the others of its batch go on. */
import { PipelineError } from '../shared/contracts/errors.ts';

const BASE_MS = 10_000;
const MS_PER_MEBIBYTE = 2_000;
const CHARACTERS = 1024 * 1024;

/** Milliseconds since any fixed moment. */
export type Clock = () => number;

/** The artifact took longer to mask than its size explains: a `PiiMaskingFailed` that a retry would only meet again. */
export class MaskingOverdue extends PipelineError {
  constructor() {
    super('PiiMaskingFailed', 'The masker did not finish in time');
  }
}

/**
 * The checkpoint of one artifact's masking, whose time begins now; it throws {@link MaskingOverdue} when called after
 * that time: ten seconds and two for each MiB, where a MiB of the text that is hardest to read takes one and an
 * ordinary one a hundredth.
 *
 * @param length of the artifact in characters
 * @example maskingCheckpoint(1_048_576) // throws when called later than 12 s from now
 */
export function maskingCheckpoint(length: number, clock: Clock = () => performance.now()): () => void {
  const end = clock() + BASE_MS + (MS_PER_MEBIBYTE * length) / CHARACTERS;
  return () => {
    if (clock() > end) throw new MaskingOverdue();
  };
}
