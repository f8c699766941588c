/** Reads artifact after artifact, masks it, and appends its row; keeps the ledger. */
import { isPipelineError, PipelineError } from '../shared/contracts/errors.ts';
import type { Artifact } from '../shared/vendor/transcript-source.ts';
import type { BatchLedger } from './batch-ledger.ts';
import { buildRow, LeakCaught, type Masking, type RowContext } from './build-row.ts';
import type { PartWriter } from './part-writer.ts';

/** So many items that were not requested are no accident: the result may have no end. */
const MAX_EXTRAS = 10_000;

/**
 * Masks each artifact, appends its row to the parts, and enters it in the ledger. One item that cannot be read or
 * masked costs that item; the others go on.
 *
 * @throws PipelineError `ContractViolation` when the result holds far more than was asked for; what the parts throw
 */
export async function storeArtifacts(
  artifacts: AsyncIterable<Artifact>,
  ledger: BatchLedger,
  parts: PartWriter,
  context: RowContext,
  masking: Masking,
): Promise<void> {
  for await (const artifact of artifacts) {
    if (ledger.extraItems > MAX_EXTRAS) {
      throw new PipelineError('ContractViolation', 'The result of the job holds far more than was asked for');
    }
    if (!artifact.ok) {
      ledger.unstored(artifact.interactionId, 'failed', 'ContractViolation');
      continue;
    }
    if (!ledger.admits(artifact.interactionId, artifact.mediaType)) continue;
    try {
      const { line, findings } = await buildRow(artifact, context, masking);
      await parts.append(artifact.mediaType, artifact.timestamp, line);
      ledger.stored(artifact.interactionId, findings);
    } catch (error) {
      if (!isPipelineError(error, 'PiiMaskingFailed')) throw error;
      if (error instanceof LeakCaught) ledger.leaksCaught += 1;
      ledger.unstored(artifact.interactionId, 'quarantined', 'PiiMaskingFailed');
    }
  }
}
