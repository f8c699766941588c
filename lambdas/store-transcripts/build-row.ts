/** From a readable artifact to the masked row that is stored. Pure, but for the detector where there is one. */
import { createHash } from 'node:crypto';
import {
  type EntityDetector,
  findLeaks,
  MASK_RULES_VERSION,
  type Masker,
  type MaskTools,
} from '@cxone-transcripts/masker';
import { PipelineError } from '../shared/contracts/errors.ts';
import { type Findings, ROW_SCHEMA_VERSION } from '../shared/storage/records.ts';
import type { ReadableArtifact } from '../shared/vendor/transcript-source.ts';
import { type Clock, MaskingOverdue, maskingCheckpoint } from './masking-time.ts';
import type { Surrogates } from './surrogates.ts';

/** What all rows of a batch share. */
export interface RowContext {
  runId: string;
  jobId: string;
  /** Start of the run: a retry builds the same row. */
  extractedAt: string;
}

/** How a batch is masked. */
export interface Masking {
  masker: Masker;
  surrogates?: Surrogates | undefined;
  /** Finds names and addresses, where the options ask for them. */
  detector?: EntityDetector | undefined;
  /** What the time limit of each artifact is told by; the machine's where none is given. */
  clock?: Clock | undefined;
}

export interface BuiltRow {
  /** One line of JSON, without its line end. */
  line: string;
  findings: Findings;
}

/** The masker left personal data in, and the second detector saw it: a `PiiMaskingFailed` that calls for a new rule. */
export class LeakCaught extends PipelineError {
  constructor() {
    super('PiiMaskingFailed', 'The leak check found personal data after masking');
  }
}

/**
 * The row of an artifact, its transcript masked, and what was masked in it.
 *
 * @throws PipelineError `PiiMaskingFailed` when it cannot be masked for certain, or not in time: it must not be stored;
 *   what the detector throws
 * @example
 * await buildRow({ …, transcriptJson: '{"text":"mail ann@example.com"}' }, context, { masker })
 * // { line: '{…,"transcript":{"text":"mail [EMAIL_MASKED]"},…}', findings: { EMAIL_ADDRESS: 1 } }
 */
export async function buildRow(
  artifact: ReadableArtifact,
  context: RowContext,
  { masker, surrogates, detector, clock }: Masking,
): Promise<BuiltRow> {
  const { transcriptJson } = artifact;
  const entities = detector ? { entities: await findEntities(transcriptJson, masker, detector) } : {};
  const { json, counts, shiftedOffsets } = maskOrThrow(transcriptJson, masker, {
    ...surrogates?.tools,
    ...entities,
    checkpoint: maskingCheckpoint(transcriptJson.length, clock),
  });
  // Line ends stand only between the tokens of valid JSON; a row has to be one line.
  const transcript = json.replace(/[\r\n]+/g, ' ');
  if (findLeaks(transcript, masker.options).length > 0) throw new LeakCaught();
  const findings = Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0)) as Findings;
  const head = {
    schemaVersion: ROW_SCHEMA_VERSION,
    interactionId: artifact.interactionId,
    mediaType: artifact.mediaType,
    timestamp: artifact.timestamp,
  };
  const tail = {
    masked: true,
    maskRulesVersion: MASK_RULES_VERSION,
    findings,
    shiftedOffsets,
    ...(surrogates ? { surrogateKeyId: surrogates.keyId } : {}),
    contentSha256: createHash('sha256').update(transcript).digest('hex'),
    ...context,
  };
  // Spliced as text, since the transcript's numbers must keep their source text.
  const line = `${JSON.stringify(head).slice(0, -1)},"transcript":${transcript},${JSON.stringify(tail).slice(1)}`;
  return { line, findings };
}

function maskOrThrow(json: string, masker: Masker, tools: MaskTools) {
  try {
    return masker.maskJson(json, tools);
  } catch (error) {
    if (error instanceof MaskingOverdue) throw error;
    // What the masker threw may quote the text.
    throw new PipelineError('PiiMaskingFailed', 'The masker did not finish');
  }
}

/** Asks the detector about the texts of a transcript; each text once. */
async function findEntities(
  json: string,
  masker: Masker,
  detector: EntityDetector,
): Promise<NonNullable<MaskTools['entities']>> {
  const texts = masker.entityTexts(json);
  const spans = await detector(texts);
  return new Map(texts.map((text, index) => [text, spans[index] ?? []]));
}
