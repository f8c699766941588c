/** The messages of a contact as a transcript. Pure. */
import { textOf } from './message-text.ts';
import type { Message } from './schemas.ts';
import { withoutThreads } from './without-threads.ts';

export interface BuiltTranscript {
  json: string;
  /** Nothing was said in it, nor removed from it. */
  isEmpty: boolean;
  /** Time of the latest message in ms; undefined where none has a time. */
  latestMs: number | undefined;
}

/** A message as it is put into a transcript. */
export interface FetchedMessage extends Message {
  /** The list has cut it, and the rest could not be had. */
  isCut: boolean;
}

/**
 * The transcript: `{messages: [{participantType, timestamp, text, …}]}`, oldest first, with everything else that the API
 * says of each message in it. Messages whose content the vendor has removed stay in their place, without a text, and
 * `contentRemoved` counts them by reason.
 *
 * @example
 * buildTranscript([hello]).json
 * // '{"messages":[{"id":"1","participantType":"customer","timestamp":"2026-11-20T10:00:00.123Z","text":"Hello",…}]}'
 */
export function buildTranscript(fetched: readonly FetchedMessage[]): BuiltTranscript {
  const ordered = fetched
    .map((message, place) => ({ message, place, ms: timeOf(message) }))
    .toSorted((a, b) => (a.ms ?? 0) - (b.ms ?? 0) || a.place - b.place);
  const messages = ordered.map(({ message, ms }) => turnOf(message, ms));
  const removed = countReasons(fetched);
  const times = ordered.flatMap(({ ms }) => ms ?? []);
  return {
    json: JSON.stringify({ messages, ...(removed !== undefined && { contentRemoved: removed }) }),
    isEmpty: removed === undefined && messages.every(({ text }) => text.trim() === ''),
    latestMs: times.length === 0 ? undefined : Math.max(...times),
  };
}

/** The only time that tells messages of one second apart; the other one where it is missing. */
function timeOf({ read }: Message): number | undefined {
  return read.createdAtWithMilliseconds ?? read.createdAt ?? undefined;
}

function turnOf({ read, source, isCut }: FetchedMessage, ms: number | undefined) {
  const { text, rest } = textOf(read.messageContent ?? {});
  const own = {
    id: read.id,
    participantType: participantOf(read),
    ...(ms !== undefined && { timestamp: new Date(ms).toISOString() }),
    text,
    ...(isCut && { isCut }),
    messageContent: rest,
  };
  // Behind the text: who speaks is read beside it, and these say more of the same.
  return {
    ...own,
    ...Object.fromEntries(Object.entries(withoutThreads(source)).filter(([name]) => !Object.hasOwn(own, name))),
  };
}

function participantOf({ authorUser, direction }: Message['read']): 'customer' | 'agent' | 'bot' | 'survey' {
  if (authorUser?.isBotUser === true) return 'bot';
  if (authorUser?.isSurveyUser === true) return 'survey';
  if (authorUser != null) return 'agent';
  return direction?.toLowerCase() === 'outbound' ? 'agent' : 'customer';
}

function countReasons(messages: readonly Message[]): Record<string, number> | undefined {
  const counts = new Map<string, number>();
  for (const { read } of messages) {
    if (read.contentRemoved == null) continue;
    const reason = /^[A-Za-z]{1,16}$/.exec(read.contentRemoved.reason ?? '')?.[0] ?? 'other';
    counts.set(reason, (counts.get(reason) ?? 0) + 1);
  }
  return counts.size === 0 ? undefined : Object.fromEntries(counts);
}
