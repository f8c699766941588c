import type { Turn } from '../generator/dialogue.ts';
import type { KnownCustomer } from './customer.ts';
import type { Segment } from './segment.ts';

export interface TranscriptBlock {
  blockId: number;
  channelName: 'AGENT' | 'CLIENT';
  channelId: number;
  channelType: string;
  userId: string;
  userType: string;
  /** Of the block in the text of all blocks, one character between two of them. */
  offset: number;
  length: number;
  text: string;
  voiceMetadata?: { startTime: number; endTime: number; confidence: number };
  chatMetadata?: { timestamp: number };
  emailMetadata?: { from: string; to: string; subject: string; sentDate: number };
}

const MS_PER_CHARACTER = 60;
const PAUSE_MS = 400;

/**
 * The turns as blocks of the vendor, timed after the segment's medium; a letter is one block, and its answer another.
 *
 * @param wordLevel a block for each word of a call
 * @example createBlocks(call, [{ speaker: 'agent', text: 'Hi' }], customer, false)[0].voiceMetadata // { startTime: 0, … }
 */
export function createBlocks(
  segment: Segment,
  turns: readonly Turn[],
  customer: KnownCustomer,
  wordLevel: boolean,
): TranscriptBlock[] {
  const isCall = segment.mediaType === 'voice';
  const pieces = segment.mediaType === 'email' ? lettersOf(turns) : wordLevel && isCall ? wordsOf(turns) : turns;
  let offset = 0;
  let atMs = 0;
  return pieces.map(({ speaker, text }, i): TranscriptBlock => {
    const startTime = atMs;
    atMs += text.length * MS_PER_CHARACTER;
    const isAgent = speaker === 'agent';
    const block = {
      blockId: i + 1,
      channelName: isAgent ? ('AGENT' as const) : ('CLIENT' as const),
      channelId: isAgent ? 0 : 1,
      channelType: isAgent ? 'AGENT' : 'CLIENT',
      userId: isAgent ? 'agent-1' : 'client-1',
      userType: isAgent ? 'AGENT' : 'CUSTOMER',
      offset,
      length: text.length,
      text,
    };
    offset += text.length + 1;
    const metadata = metadataOf(segment, customer, isAgent, startTime, atMs);
    atMs += PAUSE_MS;
    return { ...block, ...metadata };
  });
}

/** Seconds since the epoch: 32 bits hold no milliseconds. */
const secondsOf = (ms: number): number => Math.floor(ms / 1_000);

function metadataOf(
  { mediaType, startMs }: Segment,
  { email }: KnownCustomer,
  isAgent: boolean,
  startTime: number,
  endTime: number,
): Pick<TranscriptBlock, 'voiceMetadata' | 'chatMetadata' | 'emailMetadata'> {
  if (mediaType === 'voice') return { voiceMetadata: { startTime, endTime, confidence: 80 + (endTime % 17) } };
  if (mediaType !== 'email') return { chatMetadata: { timestamp: secondsOf(startMs + startTime) } };
  const [from, to] = isAgent ? ['support@example.com', email] : [email, 'support@example.com'];
  return { emailMetadata: { from, to, subject: 'Your question', sentDate: secondsOf(startMs + startTime) } };
}

/** What each side wrote, one letter a side. */
function lettersOf(turns: readonly Turn[]): Turn[] {
  const letter = (speaker: Turn['speaker']): Turn => ({
    speaker,
    text: turns
      .filter((turn) => turn.speaker === speaker)
      .map(({ text }) => (/[.?!]$/.test(text) ? text : `${text}.`))
      .join('\n'),
  });
  return [letter('customer'), letter('agent')];
}

const wordsOf = (turns: readonly Turn[]): Turn[] =>
  turns.flatMap(({ speaker, text }) => text.split(' ').map((word) => ({ speaker, text: word })));
