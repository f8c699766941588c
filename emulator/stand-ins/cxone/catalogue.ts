import { MEDIA_TYPES, type MediaType } from '../../../lambdas/shared/contracts/job-options.ts';
import { createArtifact } from './generator/artifact.ts';
import type { PlantedValue } from './generator/dialogue.ts';
import { createRandom, type Random } from './generator/random.ts';

/** An interaction that the vendor knows. Times are ms since the epoch. */
export interface CatalogueEntry {
  interactionId: string;
  mediaType: MediaType;
  startMs: number;
  /** When its transcript can first be found and extracted. */
  availableMs: number;
  /** Its place on the timeline, from 0; none where there is no timeline. */
  ordinal?: number;
}

/** Where the simulator's transcripts come from. */
export interface Catalogue {
  /** What is known under this id in one of these media types; more than one only if a file says so. */
  find(interactionId: string, mediaTypes: readonly MediaType[]): CatalogueEntry[];
  /** Entries with `fromMs <= startMs < toMs`, by start and id. */
  between(fromMs: number, toMs: number, mediaTypes: readonly MediaType[]): Iterable<CatalogueEntry>;
  /** The artifact as JSON text, on one line. */
  artifact(entry: CatalogueEntry): string | Promise<string>;
}

export interface GeneratedOptions {
  seed: string;
  /** Limits what is known to `count` interactions spread evenly over `from` to `to` (ISO times). */
  interactions?: { count: number; from: string; to: string };
  /** Without `interactions`: how many start each day, for ever. 200 by default. */
  interactionsPerDay?: number;
  /** From the start of an interaction to its transcript; 600 by default. */
  availableAfterSeconds?: number;
  /** This share comes `lateBySeconds` later still; 0.02 and 6 hours by default. */
  lateShare?: number;
  lateBySeconds?: number;
  unknownIds?: readonly string[];
  /** Lengthens every transcript with small talk to this many bytes. */
  minTranscriptBytes?: number;
}

export interface GeneratedCatalogue extends Catalogue {
  plantedValues(interactionId: string, mediaTypes?: readonly MediaType[]): PlantedValue[];
  benignValues(interactionId: string, mediaTypes?: readonly MediaType[]): string[];
  /** The interaction at a place of the timeline. */
  nth(ordinal: number): CatalogueEntry | undefined;
  /** From the start of an interaction to its transcript at the most, in ms. */
  longestDelayMs: number;
  /** Ids of the first interactions of the timeline. */
  interactionIds(count: number, fromMs?: number): string[];
}

const DAY_MS = 86_400_000;
/** Explicit ids start on a day of their own, so that repeated runs write the same keys. */
const EXPLICIT_DAY_MS = Date.UTC(2026, 10, 21);

/**
 * Transcripts from a seed: the same seed and id give the same transcript, in any order, in any process.
 *
 * Interactions sit on a timeline, one per interval; an id of the timeline holds its position (`int-0000000f3-4be19a`), so
 * nothing is kept in memory. Without `interactions`, every other id is known too, in the first media type asked for
 * that suits it; with `interactions`, only ids of the timeline are.
 */
export function createGeneratedCatalogue(options: GeneratedOptions): GeneratedCatalogue {
  const { seed, interactions } = options;
  const unknown = new Set(options.unknownIds ?? []);
  const timeline = timelineOf(options);
  const delayMs = (options.availableAfterSeconds ?? 600) * 1_000;
  const lateMs = (options.lateBySeconds ?? 21_600) * 1_000;

  const slotEntry = (slot: number): CatalogueEntry => {
    const random = createRandom(`${seed}:slot:${slot}`);
    const interactionId = `int-${slot.toString(36).padStart(9, '0')}-${random.hex(6)}`;
    const startMs = timeline.originMs + Math.floor((slot + random.next()) * timeline.intervalMs);
    const availableMs = startMs + delayMs + (random.chance(options.lateShare ?? 0.02) ? lateMs : 0);
    return { interactionId, mediaType: preferred(random, MEDIA_TYPES), startMs, availableMs, ordinal: slot };
  };

  const slotOf = (interactionId: string): CatalogueEntry | undefined => {
    const slot = /^int-([0-9a-z]{9})-[0-9a-f]{6}$/.exec(interactionId)?.[1];
    if (slot === undefined) return undefined;
    const index = Number.parseInt(slot, 36);
    if (index >= timeline.count) return undefined;
    const entry = slotEntry(index);
    return entry.interactionId === interactionId ? entry : undefined;
  };

  const find = (interactionId: string, mediaTypes: readonly MediaType[]): CatalogueEntry[] => {
    if (unknown.has(interactionId) || mediaTypes.length === 0) return [];
    const entry = slotOf(interactionId);
    if (entry !== undefined) return mediaTypes.includes(entry.mediaType) ? [entry] : [];
    if (interactions !== undefined) return [];
    const random = createRandom(`${seed}:id:${interactionId}`);
    const startMs = EXPLICIT_DAY_MS + random.int(0, DAY_MS / 1_000 - 1) * 1_000;
    return [{ interactionId, mediaType: preferred(random, mediaTypes), startMs, availableMs: 0 }];
  };

  const generate = ({ interactionId, mediaType, startMs }: CatalogueEntry) =>
    createArtifact({ seed, interactionId, mediaType, startMs, minBytes: options.minTranscriptBytes ?? 0 });

  return {
    find,
    *between(fromMs, toMs, mediaTypes) {
      const first = Math.max(0, Math.floor((fromMs - timeline.originMs) / timeline.intervalMs));
      const end = Math.min(timeline.count, Math.ceil((toMs - timeline.originMs) / timeline.intervalMs));
      for (let slot = first; slot < end; slot++) {
        const entry = slotEntry(slot);
        if (entry.startMs < fromMs || entry.startMs >= toMs || unknown.has(entry.interactionId)) continue;
        if (mediaTypes.includes(entry.mediaType)) yield entry;
      }
    },
    nth(ordinal) {
      const entry = ordinal < timeline.count ? slotEntry(ordinal) : undefined;
      return entry === undefined || unknown.has(entry.interactionId) ? undefined : entry;
    },
    longestDelayMs: delayMs + lateMs,
    artifact: (entry) => JSON.stringify(generate(entry).artifact),
    plantedValues: (interactionId, mediaTypes = MEDIA_TYPES) =>
      find(interactionId, mediaTypes).flatMap((entry) => generate(entry).planted),
    benignValues: (interactionId, mediaTypes = MEDIA_TYPES) =>
      find(interactionId, mediaTypes).flatMap((entry) => generate(entry).benign),
    interactionIds: (count, fromMs = timeline.originMs) => {
      const first = Math.ceil((fromMs - timeline.originMs) / timeline.intervalMs);
      const length = Math.min(count, timeline.count - first);
      return Array.from({ length }, (_, i) => slotEntry(first + i).interactionId);
    },
  };
}

interface Timeline {
  originMs: number;
  intervalMs: number;
  count: number;
}

function timelineOf({ interactions, interactionsPerDay = 200 }: GeneratedOptions): Timeline {
  if (interactions === undefined) {
    return { originMs: 0, intervalMs: DAY_MS / interactionsPerDay, count: Number.POSITIVE_INFINITY };
  }
  const originMs = Date.parse(interactions.from);
  const spanMs = Date.parse(interactions.to) - originMs;
  if (!(spanMs > 0) || !(interactions.count >= 0)) {
    throw new RangeError('interactions must have a count of 0 or more and a "from" before its "to"');
  }
  return { originMs, intervalMs: spanMs / Math.max(1, interactions.count), count: interactions.count };
}

/** Mostly calls, then chats. */
const MEDIA_WEIGHTS: Record<MediaType, number> = { voice: 60, chat: 25, email: 10, sms: 3, social: 2 };

function preferred(random: Random, allowed: readonly MediaType[]): MediaType {
  let rest = random.next() * allowed.reduce((sum, type) => sum + MEDIA_WEIGHTS[type], 0);
  for (const type of allowed) {
    rest -= MEDIA_WEIGHTS[type];
    if (rest < 0) return type;
  }
  return allowed[0] ?? 'voice';
}
