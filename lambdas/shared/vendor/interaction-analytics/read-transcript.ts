/** From the vendor's transcript and list row to what a row of ours needs of them. Pure. */
import type { MediaType } from '../../contracts/job-options.ts';
import { parseTime } from '../times.ts';
import type { Artifact } from '../transcript-source.ts';
import { mediumOf } from './media.ts';
import { aliasesOf, fieldsOf } from './read-page.ts';
import type { SegmentRow } from './segment-page.ts';
import { withoutCopies } from './without-copies.ts';

/** What the vendor writes in the place of an erased customer's data. */
const ANONYMISED = 'nic_anonymize.com';
/** Names under which `metrics` has the start. */
const STARTS = ['startTime', 'segmentStartTime', 'contactStartTime', 'startDate', 'start'];
/** Without one of these an object is no transcript, whatever it is. */
const MARKS = ['annotatedDateTime', 'language', 'type', 'annotations', 'metrics'];

/**
 * What a row needs of a transcript. One without blocks is `empty`; one that is not as it should be is `ok: false`, never an
 * exception.
 *
 * @param text body of the answer, which is kept as it is but for words that it repeats out of their place
 * @param row of the list, where that has one
 * @example
 * readTranscript('s-1', '{"type":"CHAT","annotatedDateTime":"2026-11-21T10:00:00Z","transcriptBlocks":[{"text":"Hi"}],…}', row)
 * // { ok: true, interactionId: 's-1', mediaType: 'chat', version: '2026-11-21T10:00:00.000Z', … }
 */
export function readTranscript(segmentId: string, text: string, row: SegmentRow | undefined): Artifact {
  const transcript = fieldsOf(parse(text));
  if (transcript === undefined) return { ok: false, interactionId: segmentId, aliases: row?.aliases };
  const { transcriptBlocks: blocks } = transcript;
  const metrics = fieldsOf(transcript.metrics) ?? {};
  const named = { ...aliasesOf(metrics), ...row?.aliases };
  const aliases = Object.keys(named).length > 0 ? { aliases: named } : {};
  if (!hasElements(blocks)) {
    const isTranscript = blocks !== undefined || MARKS.some((name) => Object.hasOwn(transcript, name));
    return { ok: false, interactionId: segmentId, ...(isTranscript && { outcome: 'empty' as const }), ...aliases };
  }
  const annotatedMs = parseTime(transcript.annotatedDateTime);
  const startMs = row?.startMs ?? firstTime(STARTS.map((name) => metrics[name])) ?? annotatedMs ?? row?.availableMs;
  if (startMs === undefined) return { ok: false, interactionId: segmentId, ...aliases };
  return {
    ok: true,
    interactionId: segmentId,
    mediaType: firstMedium([row?.mediaType, transcript.type, metrics.mediaType]),
    timestamp: new Date(startMs).toISOString(),
    transcriptJson: withoutCopies(text),
    ...(annotatedMs !== undefined && { version: new Date(annotatedMs).toISOString() }),
    ...(row !== undefined && { interactionJson: withoutCopies(row.json) }),
    ...aliases,
    ...(text.includes(ANONYMISED) && { isAnonymised: true as const }),
  };
}

/** A list, or a map from id to block. */
function hasElements(blocks: unknown): boolean {
  if (Array.isArray(blocks)) return blocks.length > 0;
  return Object.keys(fieldsOf(blocks) ?? {}).length > 0;
}

/** The first that is known; a medium with an unknown name is worth less than another name for it. */
function firstMedium(said: readonly unknown[]): MediaType {
  return said.map(mediumOf).find((medium) => medium !== undefined && medium !== 'other') ?? 'other';
}

function firstTime(said: readonly unknown[]): number | undefined {
  return said.map(parseTime).find((ms) => ms !== undefined);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
