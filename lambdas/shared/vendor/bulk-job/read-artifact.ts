/** From an artifact's bytes to what a row needs of it. Pure. */
import * as z from 'zod';
import { InteractionId } from '../../contracts/ids.ts';
import { MediaType } from '../../contracts/job-options.ts';
import { CLOSE_BRACE, OPEN_BRACE } from '../../lib/json-bytes.ts';
import { readMembers } from '../../lib/json-members.ts';
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

/** Members whose values are read. The transcript stays as it is written: the masker works on its text. */
const ENVELOPE_NAMES = Object.keys(Envelope.shape);

/**
 * What a row needs of an artifact; one that is not as it should be is `ok: false`, never an exception.
 *
 * @param bytes its JSON, in UTF-8
 * @example
 * readArtifact(Buffer.from('{"interactionId":"int-1","mediaType":"Chat","timestamp":"2026-11-21T10:00:00Z","transcript":[1.0]}'))
 * // { ok: true, interactionId: 'int-1', mediaType: 'chat', timestamp: '2026-11-21T10:00:00.000Z',
 * //   transcriptJson: '[1.0]' }
 */
export function readArtifact(bytes: Buffer): Artifact {
  const members = readMembers(trimmed(bytes), [...ENVELOPE_NAMES, 'transcript']);
  if (!members) return { ok: false, interactionId: findInteractionId(bytes) };
  const values = valuesOf(members, ENVELOPE_NAMES);
  const envelope = Envelope.safeParse(values).data;
  const transcriptJson = members.get('transcript');
  if (!envelope || transcriptJson === undefined || transcriptJson === 'null') {
    return { ok: false, interactionId: InteractionId.safeParse(values.interactionId).data };
  }
  return { ok: true, ...envelope, transcriptJson };
}

/** Without what is no blank to JSON, but to everybody else, such as the byte order mark of a file that was put behind another. */
function trimmed(bytes: Buffer): Buffer {
  const isTrimmed = bytes[0] === OPEN_BRACE && bytes.at(-1) === CLOSE_BRACE;
  return isTrimmed ? bytes : Buffer.from(bytes.toString('utf8').trim());
}

function valuesOf(members: ReadonlyMap<string, string>, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const json = members.get(name);
      return json === undefined ? [] : [[name, JSON.parse(json) as unknown]];
    }),
  );
}

/**
 * The id of the interaction that an unusable artifact belongs to, so that its failure lands there; undefined where it
 * cannot be made out. Only the artifact's own level counts: an id further in may be that of another interaction.
 *
 * @example findInteractionId(Buffer.from('{"interactionId":"int-1","mediaType":oops}')) // 'int-1'
 */
export function findInteractionId(bytes: Buffer): string | undefined {
  const beforeNesting = /^\s*\{[^{[]*/.exec(bytes.toString('utf8'))?.[0] ?? '';
  const id = /"interactionId"\s{0,8}:\s{0,8}"([^"\\]{1,128})"/.exec(beforeNesting)?.[1];
  return InteractionId.safeParse(id).data;
}
