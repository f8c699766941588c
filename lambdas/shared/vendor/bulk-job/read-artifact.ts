/** From an artifact's text to what a row needs of it. Pure. */
import * as z from 'zod';
import { InteractionId } from '../../contracts/ids.ts';
import { MediaType } from '../../contracts/job-options.ts';
import { sliceMember } from '../../lib/slice-member.ts';
import type { Artifact } from '../transcript-source.ts';

/** ISO 8601 with date and time; without an offset it is UTC. */
const ISO_DATE_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)?$/;
const HAS_OFFSET = /(Z|[+-]\d\d:?\d\d)$/;

const utcTimestamp = z
  .string()
  .regex(ISO_DATE_TIME)
  .transform((text) => new Date(HAS_OFFSET.test(text) ? text : `${text}Z`))
  .refine((date) => !Number.isNaN(date.getTime()))
  .transform((date) => date.toISOString());

const Envelope = z.object({
  interactionId: InteractionId,
  mediaType: z.string().toLowerCase().pipe(MediaType),
  timestamp: utcTimestamp,
});

/**
 * What a row needs of an artifact; one that is not as it should be is `ok: false`, never an exception.
 *
 * @example
 * readArtifact('{"interactionId":"int-1","mediaType":"Chat","timestamp":"2026-11-21T10:00:00Z","transcript":[1.0]}')
 * // { ok: true, interactionId: 'int-1', mediaType: 'chat', timestamp: '2026-11-21T10:00:00.000Z',
 * //   transcriptJson: '[1.0]' }
 * readArtifact('{"interactionId":"int-1","transcript":') // { ok: false, interactionId: 'int-1' }
 */
export function readArtifact(text: string): Artifact {
  const envelope = parseEnvelope(text);
  const transcriptJson = envelope && sliceMember(text, 'transcript');
  if (!envelope || transcriptJson === undefined || transcriptJson === 'null') {
    return { ok: false, interactionId: findInteractionId(text) };
  }
  return { ok: true, ...envelope, transcriptJson };
}

function parseEnvelope(text: string): z.output<typeof Envelope> | undefined {
  try {
    return Envelope.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/**
 * The id of the interaction that an unusable artifact belongs to, so that its failure lands there; undefined where it
 * cannot be made out. Only the artifact's own level counts: an id further in may be that of another interaction.
 *
 * @example findInteractionId('{"interactionId":"int-1","transcript":{"tur') // 'int-1'
 */
export function findInteractionId(text: string): string | undefined {
  return InteractionId.safeParse(ownInteractionId(text)).data;
}

function ownInteractionId(text: string): unknown {
  try {
    return (JSON.parse(text) as { interactionId?: unknown } | null)?.interactionId;
  } catch {
    const beforeNesting = /^\s*\{[^{[]*/.exec(text)?.[0] ?? '';
    return /"interactionId"\s{0,8}:\s{0,8}"([^"\\]{1,128})"/.exec(beforeNesting)?.[1];
  }
}
