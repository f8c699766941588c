/** From a readable artifact to the masked row that is stored. Pure, but for the detector where there is one. */
import { createHash } from 'node:crypto';
import {
  type EntityDetector,
  findLeaks,
  MASK_RULES_VERSION,
  type Masker,
  type MaskTools,
} from '@cxone-transcripts/masker';
import type { Aliases } from '../shared/contracts/aliases.ts';
import { PipelineError } from '../shared/contracts/errors.ts';
import type { SourceName } from '../shared/contracts/source-name.ts';
import { type Findings, ROW_SCHEMA_VERSION } from '../shared/storage/records.ts';
import type { ReadableArtifact } from '../shared/vendor/transcript-source.ts';
import { joinDocuments, splitDocuments } from './joined-documents.ts';
import { type Clock, MaskingOverdue, maskingCheckpoint } from './masking-time.ts';
import type { Surrogates } from './surrogates.ts';

/** What all rows of a batch share. */
export interface RowContext {
  runId: string;
  jobId: string;
  /** Start of the run: a retry builds the same row. */
  extractedAt: string;
  /** Left out for `bulk-job`. */
  source?: SourceName | undefined;
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
 * The row of an artifact, its transcript masked, and what was masked in it. What else the vendor says of the interaction is
 * masked with the transcript as one document, so that a name which one of them gives away is masked in both.
 *
 * @param supersedes the version that the lake holds
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
  supersedes?: string,
): Promise<BuiltRow> {
  const document = joinDocuments(artifact);
  const entities = detector ? { entities: await findEntities(document, masker, detector) } : {};
  const { json, counts, shiftedOffsets } = maskOrThrow(document, masker, {
    ...surrogates?.tools,
    ...entities,
    checkpoint: maskingCheckpoint(document.length, clock),
  });
  // Line ends stand only between the tokens of valid JSON; a row has to be one line.
  const masked = json.replace(/[\r\n]+/g, ' ');
  if (findLeaks(masked, masker.options).length > 0) throw new LeakCaught();
  const { transcript, interactionRow } = splitDocuments(masked, artifact);
  const findings = Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0)) as Findings;
  const head = {
    schemaVersion: ROW_SCHEMA_VERSION,
    interactionId: artifact.interactionId,
    mediaType: artifact.mediaType,
    timestamp: artifact.timestamp,
    ...(context.source && { source: context.source }),
    ...(artifact.version !== undefined && { version: artifact.version }),
    ...(supersedes !== undefined && { supersedes }),
  };
  const { runId, jobId, extractedAt } = context;
  const tail = {
    masked: true,
    maskRulesVersion: MASK_RULES_VERSION,
    findings,
    shiftedOffsets,
    ...(surrogates ? { surrogateKeyId: surrogates.keyId } : {}),
    contentSha256: createHash('sha256').update(transcript).digest('hex'),
    runId,
    jobId,
    extractedAt,
  };
  // Spliced as text, since the transcript's numbers must keep their source text.
  const body = `"transcript":${transcript}${interactionMember(artifact.aliases, interactionRow)}`;
  return { line: `${JSON.stringify(head).slice(0, -1)},${body},${JSON.stringify(tail).slice(1)}`, findings };
}

/** The member `interaction` of a row, with a comma before it; nothing where the vendor says no more. */
function interactionMember(aliases: Aliases | undefined, row: string | undefined): string {
  if (aliases === undefined && row === undefined) return '';
  const ids = JSON.stringify({ ...aliases }).slice(1, -1);
  const members = [...(ids === '' ? [] : [ids]), ...(row === undefined ? [] : [`"row":${row}`])];
  return `,"interaction":{${members.join(',')}}`;
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

/** Asks the detector about the texts of a document; each text once. */
async function findEntities(
  json: string,
  masker: Masker,
  detector: EntityDetector,
): Promise<NonNullable<MaskTools['entities']>> {
  const texts = masker.entityTexts(json);
  const spans = await detector(texts);
  return new Map(texts.map((text, index) => [text, spans[index] ?? []]));
}
