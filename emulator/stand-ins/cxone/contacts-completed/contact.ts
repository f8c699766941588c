import type { BulkMediaType } from '../../../../lambdas/shared/contracts/job-options.ts';
import { customerOfSegment } from '../interaction-analytics/customer.ts';
import type { Segment } from '../interaction-analytics/segment.ts';
import type { SegmentBook } from '../interaction-analytics/segment-book.ts';

/** A contact of the ACD that is over. Times are ms since the epoch. */
export interface CompletedContact {
  contactId: number;
  masterContactId: number;
  interactionId: string;
  startMs: number;
  isProcessed: boolean;
  /** When it was analysed; undefined if it was not. */
  processedMs: number | undefined;
  lastUpdateMs: number;
  /** Processed, and yet none of its segments is ever listed. */
  isGap: boolean;
  mediaTypeId: number;
  /** The first one of it. */
  segment: Segment;
  segmentIds: string[];
}

/** The vendor's numbers of media; text messages and posts are digital ones. */
const MEDIA_TYPE_IDS: Record<BulkMediaType, number> = { email: 1, chat: 3, voice: 4, sms: 9, social: 9 };
const MEDIA_TYPE_NAMES: Record<number, string> = { 1: 'E-Mail', 3: 'Chat', 4: 'Phone Call', 9: 'Digital' };

/** Every contact that starts in [fromMs, toMs), by its start, as it stands at `nowMs`: also those that no list shows. */
export function* contactsOf(
  book: SegmentBook,
  fromMs: number,
  toMs: number,
  nowMs: number,
): Generator<CompletedContact> {
  for (const segment of book.byStart(fromMs, toMs, 'asc')) {
    const contact = contactOf(book, segment, nowMs);
    if (contact !== undefined && segment.endMs <= nowMs) yield contact;
  }
}

/** The contact that begins with the segment; undefined when it began with an earlier one. */
function contactOf(book: SegmentBook, segment: Segment, nowMs: number): CompletedContact | undefined {
  if (segment.part > 0 && segment.acdContactId === segment.masterContactId) return undefined;
  const isProcessed = segment.standing !== 'unprocessed' && segment.firstAnnotatedMs <= nowMs;
  const segments = book.find(String(segment.acdContactId));
  return {
    contactId: segment.acdContactId,
    masterContactId: segment.masterContactId,
    interactionId: segment.interactionId,
    startMs: segment.startMs,
    isProcessed,
    processedMs: isProcessed ? segment.firstAnnotatedMs : undefined,
    lastUpdateMs: isProcessed ? segment.firstAnnotatedMs + 1_000 : segment.endMs,
    isGap: isProcessed && !book.isListed(segment),
    mediaTypeId: MEDIA_TYPE_IDS[segment.mediaType],
    segment,
    segmentIds: segments.map(({ segmentId }) => segmentId),
  };
}

/**
 * The contact's row, with the personal data that such rows hold.
 *
 * @example createContactRow('1', contact).isAnalyticsProcessed // true
 */
export function createContactRow(seed: string, contact: CompletedContact): Record<string, unknown> {
  const { segment, mediaTypeId, processedMs } = contact;
  const { ani, email } = customerOfSegment(seed, segment);
  const seconds = (segment.endMs - segment.startMs) / 1_000;
  return {
    contactId: contact.contactId,
    masterContactId: contact.masterContactId,
    contactStartDate: new Date(contact.startMs).toISOString(),
    mediaTypeId,
    mediaTypeName: MEDIA_TYPE_NAMES[mediaTypeId],
    isAnalyticsProcessed: contact.isProcessed,
    ...(processedMs === undefined ? {} : { analyticsProcessedDate: new Date(processedMs).toISOString() }),
    lastUpdateTime: new Date(contact.lastUpdateMs).toISOString(),
    agentId: 2_001,
    skillId: 4_001,
    skillName: 'Billing',
    teamId: 31,
    isOutbound: false,
    isLogged: true,
    fromAddress: mediaTypeId === 4 ? ani : email,
    toAddress: mediaTypeId === 4 ? '8005550199' : 'support',
    dispositionNotes: `Send the confirmation to ${email}`,
    agentSeconds: seconds - 1,
    totalDurationSeconds: seconds,
    endReason: 'Contact Hung Up',
  };
}
