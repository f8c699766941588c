import type { Person } from '../generator/personal-data.ts';
import { createRandom, type Random } from '../generator/random.ts';
import { identityOf, userOf } from './contact-document.ts';
import type { ContactLife } from './contact-life.ts';
import { milliseconds, seconds } from './documents.ts';
import type { DigitalMessagesEffect } from './effects.ts';
import { conversationOf, type Said } from './said.ts';

/** Messages of one contact that can have an id. */
const MOST_MESSAGES = 10_000;
/** A message longer than this is cut in the list. */
const LONGEST_LISTED = 160;

/** A number, written as a string: contact 7000012, message 3 -> '70000120003'. */
const messageIdOf = (contact: string, at: number): string => `${contact}${String(at % MOST_MESSAGES).padStart(4, '0')}`;

/** The contact and the place of a message: '70000120003' -> { contact: '7000012', at: 3 }. */
export function placeOf(messageId: string): { contact: string; at: number } | undefined {
  if (!/^\d{11,19}$/.test(messageId)) return undefined;
  return { contact: messageId.slice(0, -4), at: Number(messageId.slice(-4)) };
}

interface MessageOf {
  seed: string;
  life: ContactLife;
  person: Person;
  said: Said;
  /** Its place in the contact, from 0. */
  at: number;
  /** In full, as `GET messages/{messageId}` has it. */
  isWhole: boolean;
  quirks?: DigitalMessagesEffect;
}

/**
 * A message in the form of the API. Most have a text; cards, pickers and plugins keep theirs elsewhere.
 *
 * @example messageDocument({ …, at: 0, isWhole: false }).id // '70000000000'
 */
export function messageDocument({ seed, life, person, said, at, isWhole, quirks = {} }: MessageOf) {
  const random = createRandom(`${seed}:message:${life.number}:${at}`);
  const isInbound = said.author === 'customer';
  const cutTo = quirks.cutTo ?? LONGEST_LISTED;
  const { removed } = quirks;
  const isCut = !isWhole && removed === undefined && said.text.length > cutTo;
  const text = removed !== undefined ? '' : isCut ? said.text.slice(0, cutTo) : said.text;
  const attachment = isInbound && random.chance(0.1) && removed === undefined;
  return {
    id: messageIdOf(life.number, at),
    idOnExternalPlatform: random.hex(24),
    contactNumber: life.number,
    threadId: `${life.channelId}_${identityOf(life, person).idOnExternalPlatform}_${random.digits(6)}`,
    channel: { id: life.channelId },
    direction: isInbound ? 'inbound' : 'outbound',
    createdAt: seconds(said.atMs),
    createdAtWithMilliseconds: milliseconds(said.atMs),
    messageContent: contentOf(random, said, text),
    hasAdditionalMessageContent: isCut,
    contentRemoved: removed === undefined ? null : { reason: removed, removedAt: seconds(said.atMs + 86_400_000) },
    authorNameRemoved: null,
    authorEndUserIdentity: isInbound ? identityOf(life, person) : null,
    authorUser: said.author === 'customer' ? null : userOf(seed, life, said.author),
    attachments: attachment
      ? [
          {
            friendlyName: `passport ${person.firstName} ${person.lastName} ${person.values.PHONE_NUMBER}.pdf`,
            url: `https://files.example.com/${random.hex(16)}?user=${person.values.EMAIL_ADDRESS}`,
          },
        ]
      : [],
    recipients: [],
    tags: [],
    sentiment: 'neutral',
    isDeletedOnExternalPlatform: false,
    isHiddenOnExternalPlatform: false,
    isReplyAllowed: true,
    reactionStatistics: { likes: 0, shares: 0, isLikedByChannel: false, isSharedByChannel: false },
    replyToMessage: null,
    replyChannel: null,
    url: null,
  };
}

/**
 * The messages of a contact that were written by now, newest first as the API lists them: by the second in which they were
 * written, so that two of one second may stand in the wrong order.
 */
export function messagesOf(seed: string, life: ContactLife, nowMs: number, quirks: DigitalMessagesEffect) {
  const { person, said } = conversationOf(seed, life);
  return said
    .map((one, at) => ({ one, at }))
    .filter(({ one }) => one.atMs <= nowMs)
    .sort((a, b) => secondOf(b.one.atMs) - secondOf(a.one.atMs) || a.at - b.at)
    .map(({ one, at }) => messageDocument({ seed, life, person, said: one, at, isWhole: false, quirks }));
}

const secondOf = (ms: number): number => Math.floor(ms / 1_000);

/** Customers type texts; what agents and bots send comes in all forms. */
function contentOf(random: Random, { author }: Said, text: string): Record<string, unknown> {
  const base = { postback: null, fallbackText: text };
  const dice = random.next();
  if (author === 'survey') return pluginOf(text);
  if (author === 'customer' || dice < 0.6) {
    // Older channels send the text beside the payload, too.
    return dice < 0.3
      ? { ...base, type: 'TEXT', text, payload: { text } }
      : { ...base, type: 'TEXT', payload: { text } };
  }
  const reply = { type: 'REPLY_BUTTON', text: 'Yes, please', postback: 'yes' };
  if (dice < 0.7) return { ...base, type: 'QUICK_REPLIES', payload: { text: { content: text }, actions: [reply] } };
  if (dice < 0.78) {
    const title = { content: 'Please choose' };
    return { ...base, type: 'LIST_PICKER', payload: { title, text: { content: text }, actions: [reply] } };
  }
  if (dice < 0.85) {
    const media = { fileName: 'preview.png', mimeType: 'image/png', url: 'https://files.example.com/preview.png' };
    const payload = { title: { content: text }, media, url: 'https://help.example.com/article' };
    return { ...base, fallbackText: '', type: 'RICH_LINK', payload };
  }
  if (dice < 0.92) {
    const payload = { type: 'AdaptiveCard', version: '1.5', body: [{ type: 'TextBlock', text }] };
    return { ...base, type: 'ADAPTIVE_CARD', payload };
  }
  return pluginOf(text);
}

function pluginOf(text: string): Record<string, unknown> {
  const elements = [
    { id: 'title', type: 'TITLE', text },
    { id: 'choice', type: 'BUTTON', text: 'Continue' },
  ];
  return { type: 'PLUGIN', fallbackText: '', postback: null, payload: { postback: '', elements } };
}
