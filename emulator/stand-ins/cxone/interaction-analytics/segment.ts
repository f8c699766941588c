import type { BulkMediaType } from '../../../../lambdas/shared/contracts/job-options.ts';
import { createRandom, type Random } from '../generator/random.ts';
import type { CatalogueEntry } from '../timeline.ts';

/** A stretch of an interaction with one agent, as Interaction Analytics knows it. Times are ms since the epoch. */
export interface Segment {
  segmentId: string;
  interactionId: string;
  acdContactId: number;
  /** Contact of the interaction's first segment. */
  masterContactId: number;
  /** 0, or 1 after a transfer. */
  part: number;
  mediaType: BulkMediaType;
  /** The medium in the vendor's words. */
  medium: string;
  language: string;
  startMs: number;
  endMs: number;
  firstAnnotatedMs: number;
  /** When it is analysed a second time by itself. */
  reannotatedMs: number | undefined;
  /** missing: listed, its transcript is 404 · empty: a transcript without blocks. */
  outcome: 'transcript' | 'missing' | 'empty';
  /** gap: processed by the vendor's own account, listed never · unprocessed: not analysed at all. */
  standing: 'listed' | 'gap' | 'unprocessed';
}

export interface SegmentTraits {
  /** Share of interactions that are transferred, and have two segments. 0.05 by default. */
  transferShare?: number;
  /** Shares of segments whose transcript is 404, or has no blocks. 0 by default. */
  missingShare?: number;
  emptyShare?: number;
  /** Share of contacts that are processed by the vendor's own account, and whose segments are never listed. 0 by default. */
  gapShare?: number;
  /** Share of contacts that are never analysed. 0 by default. */
  unprocessedShare?: number;
  /** Share of segments that are analysed again; 0 and one day later by default. */
  reannotatedShare?: number;
  reannotatedAfterSeconds?: number;
  /** One of these each; `['en-US']` by default. */
  languages?: readonly [string, ...string[]];
}

const MEDIA: Record<BulkMediaType, string> = {
  voice: 'PhoneCall',
  chat: 'CHAT',
  email: 'Email',
  sms: 'Digital',
  social: 'Digital',
};

/** ACD contacts are numbered from here, some to an interaction. */
const FIRST_CONTACT = 600_000_000_000;
const CONTACTS_PER_SLOT = 4;
/** From the start of an interaction to that of the segment behind its transfer. */
export const TRANSFER_MS = 240_000;

/**
 * The segments of an interaction: a pure function of its arguments.
 *
 * @param slot its place on the timeline; undefined for an id that somebody made up: one segment then, of that very id
 * @example createSegments('1', {}, entry, 7).length // 1, or 2 after a transfer
 */
export function createSegments(
  seed: string,
  traits: SegmentTraits,
  entry: CatalogueEntry,
  slot: number | undefined,
): Segment[] {
  const random = createRandom(`${seed}:segments:${entry.interactionId}`);
  const isTransferred = random.chance(traits.transferShare ?? 0.05) && slot !== undefined;
  const isOneContact = random.chance(0.5);
  const dice = random.next();
  const gapShare = traits.gapShare ?? 0;
  const standing =
    dice < gapShare ? 'gap' : dice < gapShare + (traits.unprocessedShare ?? 0) ? 'unprocessed' : 'listed';
  const masterContactId =
    slot === undefined ? Number(`5${random.digits(11)}`) : FIRST_CONTACT + slot * CONTACTS_PER_SLOT;
  return Array.from({ length: isTransferred ? 2 : 1 }, (_, part): Segment => {
    const startMs = entry.startMs + part * TRANSFER_MS;
    const languages = traits.languages ?? ['en-US'];
    const again = entry.availableMs + (traits.reannotatedAfterSeconds ?? 86_400) * 1_000;
    return {
      segmentId: slot === undefined ? entry.interactionId : segmentIdOf(random, slot, part),
      interactionId: entry.interactionId,
      acdContactId: isOneContact ? masterContactId : masterContactId + part,
      masterContactId,
      part,
      mediaType: entry.mediaType,
      medium: MEDIA[entry.mediaType],
      language: random.pick(languages),
      startMs,
      endMs: startMs + random.int(60, 230) * 1_000,
      firstAnnotatedMs: entry.availableMs,
      outcome: outcomeOf(random.next(), traits),
      reannotatedMs: random.chance(traits.reannotatedShare ?? 0) ? again : undefined,
      standing,
    };
  });
}

function outcomeOf(dice: number, { missingShare = 0, emptyShare = 0 }: SegmentTraits): Segment['outcome'] {
  if (dice < missingShare) return 'missing';
  return dice < missingShare + emptyShare ? 'empty' : 'transcript';
}

/** A UUID whose last group holds the place on the timeline and the part. */
function segmentIdOf(random: Random, slot: number, part: number): string {
  const node = `${slot.toString(16).padStart(10, '0')}0${part}`;
  return `${random.hex(8)}-${random.hex(4)}-4${random.hex(3)}-8${random.hex(3)}-${node}`;
}

/**
 * The place on the timeline that the id of a segment holds; whether the rest of the id is right is not looked at.
 *
 * @example slotOfSegment('1f3a…-0000000007f00') // 127
 */
export function slotOfSegment(segmentId: string): number | undefined {
  const node = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-([0-9a-f]{10})0[01]$/.exec(segmentId)?.[1];
  return node === undefined ? undefined : Number.parseInt(node, 16);
}

/**
 * The place on the timeline of the interaction with the ACD contact; undefined for another number.
 *
 * @example slotOfContact('600000000508') // 127
 */
export function slotOfContact(acdContactId: string): number | undefined {
  const offset = /^6\d{11}$/.test(acdContactId) ? Number(acdContactId) - FIRST_CONTACT : -1;
  return offset < 0 ? undefined : Math.floor(offset / CONTACTS_PER_SLOT);
}
