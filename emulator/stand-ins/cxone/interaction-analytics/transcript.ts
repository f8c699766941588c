import { type Conversation, createConversation } from '../generator/conversation.ts';
import type { PlantedValue, Turn } from '../generator/dialogue.ts';
import { createRandom } from '../generator/random.ts';
import { createBlocks } from './blocks.ts';
import { ANONYMOUS, customerOfSegment, type KnownCustomer, plantedAround } from './customer.ts';
import type { Segment } from './segment.ts';
import type { Edition } from './segment-book.ts';

export interface TranscriptRequest {
  seed: string;
  segment: Segment;
  edition: Edition;
  /** A block for each word of a call. */
  wordLevel?: boolean;
  /** Lengthens it with small talk to so many bytes of JSON. */
  minBytes?: number;
}

export interface AnalyzedTranscript {
  /** As the vendor sends it. */
  body: Record<string, unknown>;
  /** Personal data in it and in the segment's row. */
  planted: PlantedValue[];
  benign: string[];
}

/** JSON bytes that an exchange of two turns takes, at least. */
const BYTES_PER_EXCHANGE = 410;

/**
 * The analysed transcript of a segment: a pure function of its arguments. The first part of an interaction holds the very
 * words of the bulk job's artifact; the part behind a transfer is a talk of its own with the same customer.
 */
export function createTranscript(request: TranscriptRequest): AnalyzedTranscript {
  const { seed, segment, edition } = request;
  const customer = customerOfSegment(seed, segment);
  const { dialogue } = conversationOf(request, customer);
  const isEmpty = segment.outcome === 'empty';
  const turns = isEmpty ? [] : turnsOf(dialogue.turns, edition);
  const blocks = isEmpty ? [] : createBlocks(segment, turns, customer, request.wordLevel === true);
  const random = createRandom(`${seed}:analysis:${segment.segmentId}`);
  return {
    body: {
      type: segment.medium,
      language: segment.language,
      annotatedDateTime: new Date(edition.annotatedMs).toISOString(),
      recordSource: 'ACD',
      fromInterwovenTranscript: false,
      transcriptBlocks: blocks,
      annotations: edition.isAnonymised ? [] : annotationsOf(blocks, dialogue.planted),
      metrics: metricsOf(segment, customer, edition),
      enlightenMetrics: [
        {
          behaviorName: 'activeListening',
          enlightenPackageModels: ['csat'],
          indexScore: random.int(0, 10),
          rawScore: 0.41,
        },
      ],
      segmentSummary: summaryOf(turns, dialogue.planted, customer, edition),
    },
    planted: [...(isEmpty ? [] : dialogue.planted.map(withStem)), ...plantedAround(customer)],
    benign: dialogue.benign,
  };
}

function conversationOf({ seed, segment, minBytes = 0 }: TranscriptRequest, { person }: KnownCustomer): Conversation {
  const { interactionId, mediaType, part } = segment;
  const exchanges = () => Math.ceil(minBytes / BYTES_PER_EXCHANGE);
  if (part === 0) return createConversation({ seed, interactionId, mediaType }, exchanges);
  return createConversation({ seed, interactionId: `${interactionId}#${part}`, mediaType }, exchanges, person);
}

/** A later analysis heard one sentence more, at the beginning: every offset moves. */
function turnsOf(turns: Turn[], { version, isAnonymised }: Edition): Turn[] {
  if (isAnonymised) return turns.map(({ speaker }) => ({ speaker, text: `Removed for ${ANONYMOUS}` }));
  if (version === 1) return turns;
  return [{ speaker: 'agent', text: `Welcome to our service, analysis number ${version} heard this` }, ...turns];
}

function metricsOf({ mediaType, medium, startMs, endMs }: Segment, customer: KnownCustomer, { isAnonymised }: Edition) {
  const known = isAnonymised ? { phone: ANONYMOUS, ani: ANONYMOUS, email: ANONYMOUS } : customer;
  return {
    mediaType: medium,
    startTime: new Date(startMs).toISOString(),
    endTime: new Date(endMs).toISOString(),
    clientani: known.ani,
    clientphonenumber: known.phone,
    contactNo: mediaType === 'email' ? known.email : known.ani,
    agentname: 'Support Agent',
    silenceRatio: '0.12',
    crossTalkRatio: '0.03',
  };
}

function summaryOf(turns: Turn[], planted: PlantedValue[], { phone, email }: KnownCustomer, { isAnonymised }: Edition) {
  const telling = turns.find(({ text }) => planted.some(({ value }) => text.includes(value))) ?? turns[0];
  const snippet = {
    text: telling?.text ?? '',
    snippet: telling?.text ?? '',
    startOffset: 0,
    endOffset: telling?.text.length ?? 0,
  };
  const known = isAnonymised ? { phone: ANONYMOUS, email: ANONYMOUS } : { phone, email };
  return {
    summary: `The customer can be reached at ${known.phone} and ${known.email}.`,
    actions: [{ text: `Sent the confirmation to ${known.email}`, score: 0.83, snippet }],
    outcomes: [{ name: 'Solved', score: 0.77, snippet }],
    primaryIntent: { name: 'Question about a bill', category: 'Service', topic: 'Billing', score: 0.9, snippet },
  };
}

/** An annotation repeats the value in lower case. */
const withStem = (value: PlantedValue): PlantedValue => ({
  ...value,
  leaks: isAnnotated(value) ? [...value.leaks, value.value.toLowerCase()] : value.leaks,
});

/** Values of less than this many characters are not annotated: alone they say nothing. */
const TELLING_LENGTH = 8;

const isAnnotated = ({ value, form }: PlantedValue): boolean => form === 'typed' && value.length >= TELLING_LENGTH;

interface Block {
  blockId: number;
  channelName: string;
  offset: number;
  text: string;
}

/** What the analysis marks as an entity: the value itself, and where it stands in the text. */
function annotationsOf(blocks: Block[], planted: PlantedValue[]): Record<string, unknown>[] {
  return planted.filter(isAnnotated).flatMap(({ type, value }) => {
    const block = blocks.find(({ text }) => text.includes(value));
    if (block === undefined) return [];
    const within = block.text.indexOf(value);
    return [
      {
        type: 'entity',
        objectType: type.toLowerCase(),
        value,
        displayText: value,
        stem: value.toLowerCase(),
        channelName: block.channelName,
        offset: block.offset + within,
        highlightLength: value.length,
        transcriptChunk: block.blockId,
        transcriptOffset: within,
        sentimentCueStrength: 0,
        datasetIds: [1],
        categoryPath: '',
        domainRole: '',
      },
    ];
  });
}
