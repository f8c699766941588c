import { BULK_MEDIA_TYPES } from '../../../../lambdas/shared/contracts/job-options.ts';
import type { GeneratedCatalogue } from '../catalogue.ts';
import type { Order, TimelineEntry } from '../timeline.ts';
import {
  createSegments,
  type Segment,
  type SegmentTraits,
  slotOfContact,
  slotOfSegment,
  TRANSFER_MS,
} from './segment.ts';

/** The date that a list goes by. */
export type DateField = 'startTime' | 'firstAnnotatedAt';

/** What was analysed when, and what became of it: changed by {@link SegmentBook.reannotate} and its like only. */
export interface Edition {
  /** 1 is the first analysis. */
  version: number;
  annotatedMs: number;
  isAnonymised: boolean;
}

/** All segments, worked out when they are asked for; only what a test changed is kept. */
export class SegmentBook {
  readonly #seed: string;
  readonly #generated: GeneratedCatalogue;
  readonly #traits: SegmentTraits;
  readonly #again = new Map<string, number[]>();
  readonly #anonymised = new Set<string>();
  #areGapsClosed = false;

  constructor(seed: string, generated: GeneratedCatalogue, traits: SegmentTraits) {
    this.#seed = seed;
    this.#generated = generated;
    this.#traits = traits;
  }

  /** The segments of this segment id, interaction id or ACD contact id. */
  find(id: string): Segment[] {
    const interactionSlot = this.#generated.timeline.slotOf(id);
    if (interactionSlot !== undefined) return this.#at(interactionSlot);
    const slot = slotOfSegment(id) ?? slotOfContact(id);
    if (slot !== undefined) {
      return this.#at(slot).filter(({ segmentId, acdContactId }) => segmentId === id || String(acdContactId) === id);
    }
    return this.#generated
      .find(id, BULK_MEDIA_TYPES)
      .flatMap((entry) => createSegments(this.#seed, this.#traits, entry, undefined));
  }

  /** The segments with `fromMs <= field <= toMs` that the list shows, by that date. */
  *listed(field: DateField, fromMs: number, toMs: number, order: Order): Generator<Segment> {
    const dateOf = dateOfField(field);
    const found =
      field === 'startTime' ? this.byStart(fromMs, toMs + 1, order) : this.#byAnnotation(fromMs, toMs + 1, order);
    for (const segment of found) {
      const at = dateOf(segment);
      if (at >= fromMs && at <= toMs && this.isListed(segment)) yield segment;
    }
  }

  /** Every segment that starts in [fromMs, toMs), those too that no list shows. */
  byStart(fromMs: number, toMs: number, order: Order): Generator<Segment> {
    return mergedByStart(
      this.#parts(this.#generated.timeline.byStart(fromMs, toMs, order), 0),
      this.#parts(this.#generated.timeline.byStart(fromMs - TRANSFER_MS, toMs - TRANSFER_MS, order), 1),
      order,
    );
  }

  isListed({ standing }: Segment): boolean {
    return standing === 'listed' || (standing === 'gap' && this.#areGapsClosed);
  }

  /** How often the segment was analysed by then, and when last. */
  editionOf({ segmentId, firstAnnotatedMs, reannotatedMs }: Segment, nowMs: number): Edition {
    const times = [
      firstAnnotatedMs,
      ...(reannotatedMs === undefined ? [] : [reannotatedMs]),
      ...(this.#again.get(segmentId) ?? []),
    ];
    const past = times.filter((time) => time <= nowMs);
    return {
      version: Math.max(1, past.length),
      annotatedMs: past.length === 0 ? firstAnnotatedMs : Math.max(...past),
      isAnonymised: this.#anonymised.has(segmentId),
    };
  }

  reannotate(segmentId: string, atMs: number): void {
    this.#again.set(segmentId, [...(this.#again.get(segmentId) ?? []), atMs]);
  }

  anonymise(segmentId: string): void {
    this.#anonymised.add(segmentId);
  }

  closeGaps(): void {
    this.#areGapsClosed = true;
  }

  #at(slot: number): Segment[] {
    const { timeline } = this.#generated;
    return slot >= timeline.count ? [] : this.#of(timeline.entry(slot));
  }

  *#byAnnotation(fromMs: number, toMs: number, order: Order): Generator<Segment> {
    for (const entry of this.#generated.timeline.byAvailability(fromMs, toMs, order)) {
      const segments = this.#of(entry);
      yield* order === 'asc' ? segments : segments.reverse();
    }
  }

  *#parts(entries: Iterable<TimelineEntry>, part: number): Generator<Segment> {
    for (const entry of entries) {
      const segment = this.#of(entry)[part];
      if (segment !== undefined) yield segment;
    }
  }

  #of(entry: TimelineEntry): Segment[] {
    if (!this.#generated.knows(entry.interactionId)) return [];
    return createSegments(this.#seed, this.#traits, entry, entry.slot);
  }
}

/**
 * How to read the date that a list goes by.
 *
 * @example dateOfField('startTime')(segment) // segment.startMs
 */
export const dateOfField = (field: DateField) => (segment: Segment) =>
  field === 'startTime' ? segment.startMs : segment.firstAnnotatedMs;

function* mergedByStart(first: Generator<Segment>, second: Generator<Segment>, order: Order): Generator<Segment> {
  const sign = order === 'asc' ? 1 : -1;
  let [a, b] = [first.next(), second.next()];
  while (a.done !== true || b.done !== true) {
    const isFirst = b.done === true || (a.done !== true && sign * (a.value.startMs - b.value.startMs) <= 0);
    if (isFirst) {
      yield a.value as Segment;
      a = first.next();
    } else {
      yield b.value as Segment;
      b = second.next();
    }
  }
}
