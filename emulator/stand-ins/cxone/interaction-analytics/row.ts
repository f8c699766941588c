import { createRandom } from '../generator/random.ts';
import { ANONYMOUS, customerOfSegment } from './customer.ts';
import type { Segment } from './segment.ts';

const iso = (ms: number): string => new Date(ms).toISOString();

/** What a row is made for. */
export interface RowContext {
  seed: string;
  tenantId: string;
  isAnonymised: boolean;
}

/**
 * The segment's row in the list, with the personal data that such rows hold: numbers, entities, summaries.
 *
 * @example createRow(segment, context).mediaType // 'PhoneCall'
 */
export function createRow(segment: Segment, { seed, tenantId, isAnonymised }: RowContext): Record<string, unknown> {
  const customer = customerOfSegment(seed, segment);
  const random = createRandom(`${seed}:row:${segment.segmentId}`);
  const { phone, email, ani } = isAnonymised ? { phone: ANONYMOUS, email: ANONYMOUS, ani: ANONYMOUS } : customer;
  const holdSeconds = random.int(0, 90);
  const sentiment = random.pick(['POSITIVE', 'NEUTRAL', 'NEGATIVE', 'MIXED']);
  return {
    segmentId: segment.segmentId,
    interactionId: segment.interactionId,
    acdContactId: segment.acdContactId,
    agentContactId: `agent-contact-${segment.acdContactId}`,
    tenantId,
    mediaType: segment.medium,
    startTime: iso(segment.startMs),
    endTime: iso(segment.endMs),
    publishedAt: iso(segment.firstAnnotatedMs),
    firstAnnotatedAt: iso(segment.firstAnnotatedMs),
    contactNo: [segment.mediaType === 'email' ? email : ani],
    contactEndReason: 'Contact Hung Up',
    dispositionCode: random.pick(['Solved', 'Callback', 'Escalated']),
    resolved: random.chance(0.8),
    holdCount: holdSeconds === 0 ? 0 : 1,
    holdSeconds,
    notableSilenceSeconds: random.int(0, 30),
    notableSilencePercentage: random.int(0, 20),
    nonHoldNotableSilenceSeconds: random.int(0, 30),
    nonHoldNotableSilencePercentage: random.int(0, 20),
    enlightenSentimentIndexScore: random.int(0, 10),
    enlightenSentimentRawScore: Math.round(random.next() * 1_000) / 1_000,
    enlightenMetrics: [{ behaviorName: 'empathy', enlightenPackageModels: ['csat'], indexScore: 4, rawScore: 0.52 }],
    channels: [
      {
        name: 'CLIENT',
        sentiment: { value: sentiment },
        beginSentiment: { value: 'NEUTRAL' },
        endSentiment: { value: sentiment },
        frustration: { type: 'NONE' },
      },
    ],
    categoryMatches: [{ channelName: 'ALL', fullPaths: ['Service/Billing'] }],
    entities: [
      { type: 'phone', displayText: phone, channelName: 'CLIENT', custom: false, sentimentValue: 'NEUTRAL' },
      { type: 'email', displayText: email, channelName: 'CLIENT', custom: false, sentimentValue: 'NEUTRAL' },
    ],
    segmentSummaryActions: [`Sent the confirmation to ${email}`],
    segmentSummaryOutcomes: [`Will call back at ${phone}`],
    segmentSummaryPrimaryIntentCategory: 'Service',
    segmentSummaryPrimaryIntentTopic: 'Billing',
    segmentSummaryPrimaryIntentName: 'Question about a bill',
  };
}
