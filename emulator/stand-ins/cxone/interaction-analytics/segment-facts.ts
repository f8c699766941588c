import type { PlantedValue } from '../generator/dialogue.ts';
import type { Segment } from './segment.ts';
import type { SegmentBook } from './segment-book.ts';
import { createTranscript } from './transcript.ts';

/** A segment as a test expects it to be known. */
interface ExpectedSegment extends Segment {
  /** ISO times, as the vendor writes them. */
  startTime: string;
  firstAnnotatedAt: string;
  /** Of the newest analysis by now: the version of the transcript. */
  annotatedDateTime: string;
  version: number;
}

/** What tests may know and change of the segments. */
export interface SegmentFacts {
  /** The segments listed in [from, to) of `firstAnnotatedAt` by now, in order; those that have no transcript too. */
  segments(window: { from: string; to: string }): ExpectedSegment[];
  /** The segments of this segment id, interaction id or ACD contact id. */
  segmentsOf(id: string): ExpectedSegment[];
  /** The gaps are listed from now on, under the time at which they should have been. */
  closeGaps(): void;
  /** Analyses the segment again now: a newer `annotatedDateTime`, other text and offsets. */
  reannotate(segmentId: string): void;
  /** Erases the customer at the vendor: other text from now on. */
  anonymise(segmentId: string): void;
  /** Personal data in the segment's row and transcript. */
  plantedInSegment(segmentId: string): PlantedValue[];
  benignInSegment(segmentId: string): string[];
}

/**
 * @example factsOfSegments(book, '1', Date.now, 0).segments({ from, to })[0]?.outcome // 'transcript'
 */
export function factsOfSegments(book: SegmentBook, seed: string, now: () => number, minBytes: number): SegmentFacts {
  const expected = (segment: Segment): ExpectedSegment => {
    const { version, annotatedMs } = book.editionOf(segment, now());
    const iso = (ms: number) => new Date(ms).toISOString();
    return {
      ...segment,
      startTime: iso(segment.startMs),
      firstAnnotatedAt: iso(segment.firstAnnotatedMs),
      annotatedDateTime: iso(annotatedMs),
      version,
    };
  };
  const transcriptsOf = (segmentId: string) =>
    book
      .find(segmentId)
      .filter((segment) => segment.segmentId === segmentId)
      .map((segment) => {
        const edition = { version: 1, annotatedMs: 0, isAnonymised: false };
        return createTranscript({ seed, segment, edition, minBytes });
      });
  return {
    segments: ({ from, to }) => {
      const toMs = Math.min(Date.parse(to) - 1, now());
      return [...book.listed('firstAnnotatedAt', Date.parse(from), toMs, 'asc')].map(expected);
    },
    segmentsOf: (id) => book.find(id).map(expected),
    closeGaps: () => book.closeGaps(),
    reannotate: (segmentId) => book.reannotate(segmentId, now()),
    anonymise: (segmentId) => book.anonymise(segmentId),
    plantedInSegment: (segmentId) => transcriptsOf(segmentId).flatMap(({ planted }) => planted),
    benignInSegment: (segmentId) => transcriptsOf(segmentId).flatMap(({ benign }) => benign),
  };
}
