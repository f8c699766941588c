import type { BulkMediaType } from '../../../../lambdas/shared/contracts/job-options.ts';
import { type Conversation, createConversation } from './conversation.ts';
import { type Dialogue, type PlantedValue, plantTyped, type Turn } from './dialogue.ts';
import type { Random } from './random.ts';

export interface GeneratedArtifact {
  /** `{interactionId, mediaType, timestamp, transcript, masked}` as the vendor sends it. */
  artifact: {
    interactionId: string;
    mediaType: BulkMediaType;
    timestamp: string;
    transcript: Record<string, unknown>;
    masked: false;
  };
  planted: PlantedValue[];
  benign: string[];
}

export interface ArtifactRequest {
  seed: string;
  interactionId: string;
  mediaType: BulkMediaType;
  /** Start of the interaction, in ms since the epoch. */
  startMs: number;
  /** Lengthens the transcript with small talk to this many bytes of JSON, or a little more. */
  minBytes?: number;
}

/**
 * The transcript of an interaction, and what was planted in it: a pure function of its arguments.
 *
 * @example createArtifact({ seed: 'a', interactionId: 'int-1', mediaType: 'chat', startMs: 0 }).artifact.mediaType // 'chat'
 */
export function createArtifact(request: ArtifactRequest): GeneratedArtifact {
  const choose = RENDERERS[request.mediaType];
  const conversation = createConversation(request, (form) => exchangesFor(request, choose(form).bytesPerExchange));
  const { transcript, planted, benign } = choose(conversation.form).render(conversation, request);
  return {
    artifact: {
      interactionId: request.interactionId,
      mediaType: request.mediaType,
      timestamp: new Date(request.startMs).toISOString(),
      transcript,
      masked: false,
    },
    planted,
    benign,
  };
}

interface Rendered {
  transcript: Record<string, unknown>;
  planted: PlantedValue[];
  benign: string[];
}

interface Renderer {
  render(conversation: Conversation, request: ArtifactRequest): Rendered;
  /** JSON bytes that an exchange of two turns takes. */
  bytesPerExchange: number;
}

const VOICE_SEGMENTS: Renderer = { render: voiceSegments, bytesPerExchange: 1_250 };
const VOICE_BLOCKS: Renderer = { render: voiceBlocks, bytesPerExchange: 410 };
const CHAT: Renderer = { render: chat, bytesPerExchange: 410 };
const EMAIL: Renderer = { render: email, bytesPerExchange: 35 };
const PLAIN_STRINGS: Renderer = { render: plainStrings, bytesPerExchange: 75 };

const RENDERERS: Record<BulkMediaType, (form: number) => Renderer> = {
  voice: (form) => (form < 0.85 ? VOICE_SEGMENTS : VOICE_BLOCKS),
  chat: () => CHAT,
  email: () => EMAIL,
  sms: (form) => (form < 0.8 ? CHAT : PLAIN_STRINGS),
  social: () => CHAT,
};

/** Exchanges of two turns that fill `minBytes`. */
const exchangesFor = ({ minBytes = 0 }: ArtifactRequest, bytesPerExchange: number): number =>
  Math.ceil(minBytes / bytesPerExchange);

function contactMetadata(random: Random, planted: PlantedValue[], dialogue: Dialogue): Record<string, unknown> {
  const metadata: Record<string, unknown> = {
    contactId: Number(random.digits(12)),
    masterContactId: random.digits(12),
    agentId: random.int(2000, 2999),
    skillNo: random.int(4000, 4099),
    skillName: random.pick(['Billing', 'Technical support', 'Sales', 'Retention']),
    languageCode: 'en-US',
  };
  if (random.chance(0.3)) {
    const customerEmail = dialogue.person.values.EMAIL_ADDRESS;
    metadata.customerEmail = customerEmail;
    planted.push(plantTyped('EMAIL_ADDRESS', customerEmail));
  }
  return metadata;
}

function voiceSegments({ random, dialogue }: Conversation): Rendered {
  const planted = [...dialogue.planted];
  let atMs = 0;
  const segments = dialogue.turns.map(({ speaker, text }) => {
    const startMs = atMs;
    const words = text.split(' ').map((word) => {
      const from = atMs;
      atMs += 90 + word.length * 45;
      return { text: word, startMs: from, endMs: atMs, confidence: confidence(random) };
    });
    const endMs = atMs;
    atMs += random.int(200, 1_500);
    return { speaker, startMs, endMs, text, confidence: confidence(random), words };
  });
  const ani = `+1${dialogue.person.values.PHONE_NUMBER.replace(/^\+1/, '').replace(/\D/g, '')}`;
  planted.push(plantTyped('PHONE_NUMBER', ani));
  const metadata = { ...contactMetadata(random, planted, dialogue), direction: 'INBOUND', ani };
  return { transcript: { durationMs: atMs, metadata, segments }, planted, benign: dialogue.benign };
}

const confidence = (random: Random): number => Math.round((0.8 + random.next() * 0.2) * 1_000) / 1_000;

/** Voice as CXone's analytics words it: blocks with offsets into the whole text. */
function voiceBlocks({ random, dialogue }: Conversation): Rendered {
  const planted = [...dialogue.planted];
  let offset = 0;
  let atMs = 0;
  const transcriptBlocks = dialogue.turns.map(({ speaker, text }, i) => {
    const startTime = atMs;
    atMs += 400 + text.length * 60;
    const block = {
      blockId: i + 1,
      channelName: speaker === 'agent' ? 'AGENT' : 'CLIENT',
      offset,
      length: text.length,
      text,
      userId: speaker === 'agent' ? 'agent-1' : 'client-1',
      voiceMetadata: { startTime, endTime: atMs, confidence: confidence(random) },
    };
    offset += text.length + 1;
    return block;
  });
  const metadata = contactMetadata(random, planted, dialogue);
  const segmentSummary = { summary: dialogue.turns[0]?.text ?? '', actions: ['Verified caller'], outcomes: ['Solved'] };
  const metrics = { silenceRatio: '0.12', crossTalkRatio: '0.03' };
  return {
    transcript: { metadata, transcriptBlocks, annotations: [], metrics, segmentSummary },
    planted,
    benign: dialogue.benign,
  };
}

function chat({ random, dialogue }: Conversation, request: ArtifactRequest): Rendered {
  const planted = [...dialogue.planted];
  const ids = { agent: `agent-${random.hex(8)}`, customer: `customer-${random.hex(8)}` };
  const names = { agent: 'Support', customer: dialogue.person.firstName };
  const withHtml = random.chance(0.5);
  let atMs = request.startMs;
  const turns = dialogue.turns.with(-1, signed(dialogue.turns.at(-1)));
  const messages = turns.map(({ speaker, text }) => {
    atMs += random.int(2_000, 40_000);
    return {
      participantId: ids[speaker],
      participantType: speaker,
      displayName: names[speaker],
      timestamp: new Date(atMs).toISOString(),
      text,
      ...(withHtml ? { html: toHtml(text) } : {}),
    };
  });
  const metadata = contactMetadata(random, planted, dialogue);
  return { transcript: { metadata, messages }, planted, benign: dialogue.benign };
}

/** A signature behind a soft line break, which ends no line of JSON Lines. */
function signed({ speaker, text }: Turn = { speaker: 'agent', text: '' }): Turn {
  return { speaker, text: `${text}\u2028Sent from my phone` };
}

const ADDRESS = /[a-z0-9.]+@[a-z0-9.]+\.[a-z]{2,3}/;

function toHtml(text: string): string {
  const escaped = text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
  return `<p>${escaped.replace(ADDRESS, (address) => `<a href="mailto:${address}">${address}</a>`)}</p>`;
}

function email({ random, dialogue }: Conversation, request: ArtifactRequest): Rendered {
  const { firstName, lastName, values } = dialogue.person;
  const planted = [plantTyped('EMAIL_ADDRESS', values.EMAIL_ADDRESS), ...dialogue.planted];
  const sentences = sentencesOf(dialogue.turns);
  const body = `Dear team,\n\n${sentences.join('\n')}\n\nKind regards\n${firstName} ${lastName}`;
  return {
    transcript: {
      metadata: contactMetadata(random, planted, dialogue),
      from: random.chance(0.5) ? values.EMAIL_ADDRESS : `${firstName} ${lastName} <${values.EMAIL_ADDRESS}>`,
      to: ['support@example.com'],
      subject: dialogue.turns[0]?.text ?? '',
      body,
      sentAt: new Date(request.startMs).toISOString(),
    },
    planted: [...planted, plantTyped('EMAIL_ADDRESS', 'support@example.com')],
    benign: dialogue.benign,
  };
}

const sentencesOf = (turns: Turn[]): string[] =>
  turns.filter(({ speaker }) => speaker === 'customer').map(({ text }) => (/[.?!]$/.test(text) ? text : `${text}.`));

/** The flattest shape: top-level strings only. */
function plainStrings({ dialogue }: Conversation): Rendered {
  // One string a side would part a question from its answer: keep the order of the conversation.
  const content = dialogue.turns.map(({ speaker, text }) => `${speaker}: ${text}`).join('\n');
  return {
    transcript: { subject: dialogue.turns[0]?.text ?? '', content },
    planted: dialogue.planted.map((value) =>
      value.form === 'split' ? { ...value, leaks: value.leaks.slice(0, 1) } : value,
    ),
    benign: dialogue.benign,
  };
}
