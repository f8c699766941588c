/** A transcript and what else the vendor says of its interaction, as one document and apart again. Pure. */
import { PipelineError } from '../shared/contracts/errors.ts';
import type { ReadableArtifact } from '../shared/vendor/transcript-source.ts';

type Documents = Pick<ReadableArtifact, 'transcriptJson' | 'interactionJson'>;

const BEGIN = '{"interaction":';
const BETWEEN = ',"transcript":';

/**
 * One JSON text of both; that of the transcript alone where the vendor says no more of the interaction.
 *
 * @example joinDocuments({ transcriptJson: '[]', interactionJson: '{"a":1}' }) // '{"interaction":{"a":1},"transcript":[]}'
 */
export function joinDocuments({ transcriptJson, interactionJson }: Documents): string {
  if (interactionJson === undefined) return transcriptJson;
  return `${BEGIN}${interactionJson.trim()}${BETWEEN}${transcriptJson}}`;
}

/**
 * The two texts of a joined document, after it was masked.
 *
 * @param documents that were joined
 * @throws PipelineError `PiiMaskingFailed` when it is not of the form that was joined
 * @example
 * splitDocuments('{"interaction":{"a":"[NAME_MASKED]"},"transcript":[]}', documents)
 * // { transcript: '[]', interactionRow: '{"a":"[NAME_MASKED]"}' }
 */
export function splitDocuments(
  masked: string,
  { interactionJson }: Documents,
): { transcript: string; interactionRow?: string } {
  if (interactionJson === undefined) return { transcript: masked };
  const end = endOfObject(masked, BEGIN.length);
  if (!masked.startsWith(`${BEGIN}{`) || !masked.startsWith(BETWEEN, end) || !masked.endsWith('}')) {
    throw new PipelineError('PiiMaskingFailed', 'The masker did not keep the form of the document');
  }
  return { interactionRow: masked.slice(BEGIN.length, end), transcript: masked.slice(end + BETWEEN.length, -1) };
}

/** A string as a whole, or a brace or bracket outside of one. */
const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\]]/gs;

/** The position after the object or array that begins at `start`; -1 where it does not end. */
function endOfObject(json: string, start: number): number {
  TOKEN.lastIndex = start;
  for (let depth = 0; ; ) {
    const token = TOKEN.exec(json)?.[0];
    if (token === undefined) return -1;
    if (token === '{' || token === '[') depth += 1;
    if (token === '}' || token === ']') depth -= 1;
    if (depth === 0) return TOKEN.lastIndex;
  }
}
