import { BULK_MEDIA_TYPES, type BulkMediaType } from '../../../lambdas/shared/contracts/job-options.ts';
import { createArtifact } from './generator/artifact.ts';
import type { PlantedValue } from './generator/dialogue.ts';
import { preferred } from './generator/media.ts';
import { createRandom } from './generator/random.ts';
import { type CatalogueEntry, createTimeline, type Timeline, type TimelineOptions } from './timeline.ts';

/** Where the simulator's transcripts come from. */
export interface Catalogue {
  /** What is known under this id in one of these media types; more than one only if a file says so. */
  find(interactionId: string, mediaTypes: readonly BulkMediaType[]): CatalogueEntry[];
  /** Entries with `fromMs <= startMs < toMs`, by start and id. */
  between(fromMs: number, toMs: number, mediaTypes: readonly BulkMediaType[]): Iterable<CatalogueEntry>;
  /** The artifact as JSON text, on one line. */
  artifact(entry: CatalogueEntry): string | Promise<string>;
}

export interface GeneratedOptions extends TimelineOptions {
  unknownIds?: readonly string[];
  /** Lengthens every transcript with small talk to this many bytes. */
  minTranscriptBytes?: number;
}

export interface GeneratedCatalogue extends Catalogue {
  timeline: Timeline;
  /** False for `unknownIds`. */
  knows(interactionId: string): boolean;
  plantedValues(interactionId: string, mediaTypes?: readonly BulkMediaType[]): PlantedValue[];
  benignValues(interactionId: string, mediaTypes?: readonly BulkMediaType[]): string[];
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
  const timeline = createTimeline(options);

  const find = (interactionId: string, mediaTypes: readonly BulkMediaType[]): CatalogueEntry[] => {
    if (unknown.has(interactionId) || mediaTypes.length === 0) return [];
    const slot = timeline.slotOf(interactionId);
    const entry = slot === undefined ? undefined : timeline.entry(slot);
    if (entry !== undefined) return mediaTypes.includes(entry.mediaType) ? [entry] : [];
    if (interactions !== undefined) return [];
    const random = createRandom(`${seed}:id:${interactionId}`);
    const startMs = EXPLICIT_DAY_MS + random.int(0, DAY_MS / 1_000 - 1) * 1_000;
    return [{ interactionId, mediaType: preferred(random, mediaTypes), startMs, availableMs: 0 }];
  };

  const generate = ({ interactionId, mediaType, startMs }: CatalogueEntry) =>
    createArtifact({ seed, interactionId, mediaType, startMs, minBytes: options.minTranscriptBytes ?? 0 });

  return {
    timeline,
    knows: (interactionId) => !unknown.has(interactionId),
    find,
    *between(fromMs, toMs, mediaTypes) {
      for (const entry of timeline.byStart(fromMs, toMs)) {
        if (mediaTypes.includes(entry.mediaType) && !unknown.has(entry.interactionId)) yield entry;
      }
    },
    artifact: (entry) => JSON.stringify(generate(entry).artifact),
    plantedValues: (interactionId, mediaTypes = BULK_MEDIA_TYPES) =>
      find(interactionId, mediaTypes).flatMap((entry) => generate(entry).planted),
    benignValues: (interactionId, mediaTypes = BULK_MEDIA_TYPES) =>
      find(interactionId, mediaTypes).flatMap((entry) => generate(entry).benign),
    interactionIds: (count, fromMs) => {
      const first = fromMs === undefined ? 0 : timeline.slotBehind(fromMs);
      const length = Math.min(count, timeline.count - first);
      return Array.from({ length }, (_, i) => timeline.entry(first + i).interactionId);
    },
  };
}
