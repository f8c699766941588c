/** Reads artifact after artifact, masks it, and appends its row; keeps the ledger. */
import { type Aliases, idsOf, mergeAliases } from '../shared/contracts/aliases.ts';
import { isPipelineError, PipelineError } from '../shared/contracts/errors.ts';
import type { IsErased } from '../shared/storage/tombstones.ts';
import type { Artifact, ReadableArtifact } from '../shared/vendor/transcript-source.ts';
import type { BatchLedger } from './batch-ledger.ts';
import { buildRow, LeakCaught, type Masking, type RowContext } from './build-row.ts';
import type { Novelty } from './known-versions.ts';
import type { PartWriter } from './part-writer.ts';

/** So many items that were not requested are no accident: the result may have no end. */
const MAX_EXTRAS = 10_000;

/** What is asked about each transcript before it is stored. */
export interface Admission {
  isErased: IsErased;
  compare(artifact: ReadableArtifact): Promise<Novelty>;
  /** Other ids of an interaction, as the plan knows them: what is fetched need not say them. */
  aliasesOf(interactionId: string): Aliases | undefined;
  /** Whether to stop and leave the rest to a later pass. */
  isOutOfTime(): boolean;
}

/** Where rows go, and how they are made. */
export interface Storing {
  ledger: BatchLedger;
  parts: PartWriter;
  context: RowContext;
  masking: Masking;
}

/**
 * Masks each artifact, appends its row to the parts, and enters it in the ledger. One item that cannot be read or
 * masked costs that item; the others go on.
 *
 * @returns false when it stopped before the end, since time was up
 * @throws PipelineError `ContractViolation` when the result holds far more than was asked for; what the parts throw
 */
export async function storeArtifacts(
  artifacts: AsyncIterable<Artifact>,
  storing: Storing,
  admission: Admission,
): Promise<boolean> {
  const { ledger } = storing;
  for await (const artifact of artifacts) {
    if (ledger.extraItems > MAX_EXTRAS) {
      throw new PipelineError('ContractViolation', 'The result of the job holds far more than was asked for');
    }
    if (artifact.ok) await storeArtifact(artifact, storing, admission);
    else if (artifact.outcome !== undefined) {
      ledger.without(artifact.interactionId, artifact.outcome, idsOf(artifact.aliases));
    } else ledger.unstored(artifact.interactionId, 'failed', 'ContractViolation', idsOf(artifact.aliases));
    if (admission.isOutOfTime()) return false;
  }
  return true;
}

async function storeArtifact(fetched: ReadableArtifact, storing: Storing, admission: Admission): Promise<void> {
  const { ledger, parts, context, masking } = storing;
  const { interactionId, mediaType, timestamp, version, isAnonymised } = fetched;
  if (!ledger.admits(interactionId, mediaType)) return;
  const planned = admission.aliasesOf(interactionId);
  const artifact = planned ? { ...fetched, aliases: mergeAliases(planned, fetched.aliases) } : fetched;
  const aliases = idsOf(artifact.aliases);
  if (aliases.some(admission.isErased)) {
    ledger.leaveOut([interactionId]);
    return;
  }
  const novelty = await admission.compare(artifact);
  if (!novelty.isNew) {
    ledger.without(interactionId, 'unchanged', aliases);
    return;
  }
  try {
    const { line, findings } = await buildRow(artifact, context, masking, novelty.supersedes);
    await parts.append(mediaType, timestamp, line);
    ledger.stored(interactionId, findings, {
      version,
      supersedes: novelty.supersedes,
      anonymised: isAnonymised || undefined,
      replacedOn: novelty.replacesNames && timestamp.slice(0, 10),
      aliases: aliases.length > 0 ? aliases : undefined,
    });
  } catch (error) {
    if (!isPipelineError(error, 'PiiMaskingFailed')) throw error;
    if (error instanceof LeakCaught) ledger.leaksCaught += 1;
    ledger.unstored(interactionId, 'quarantined', 'PiiMaskingFailed', aliases);
  }
}
