/** One contact with all of its messages. */

import type { Aliases } from '../../contracts/aliases.ts';
import type { Fetched } from '../fetch-each.ts';
import type { ReadableArtifact } from '../transcript-source.ts';
import { buildTranscript, type FetchedMessage } from './build-transcript.ts';
import type { Document } from './digital-api.ts';
import { readContact } from './read-contact.ts';
import { Message, MessageList } from './schemas.ts';
import { withoutThreads } from './without-threads.ts';

/** What the vendor has under an id. */
export type ReadDocument = (kind: 'contact' | 'messages' | 'message', id: string) => Promise<Document>;

/**
 * The contact as an artifact: its messages in full and in order, what else the vendor says of it beside them.
 *
 * Its version is the later of two times: when the contact got its status, and when the last message was written. The first
 * is what the list shows, so that a reopened contact is seen to be newer; the second grows where the status stays, as with
 * the answer to a survey after the end.
 *
 * @param maxBytes a larger transcript is unusable
 * @throws what `read` throws
 * @example (await fetchContact(read, '7000012', 1e6)).artifact // { ok: true, interactionId: '7000012', mediaType: 'chat', … }
 */
export async function fetchContact(read: ReadDocument, interactionId: string, maxBytes: number): Promise<Fetched> {
  const contact = await read('contact', interactionId);
  if (!contact.found) return without(interactionId, contact);
  const row = readContact(contact.json);
  const known = row.ok ? { aliases: row.contact.aliases } : {};
  const list = await read('messages', interactionId);
  if (!list.found) return without(interactionId, list, known, contact.bytes);
  const messages = MessageList.safeParse(list.json);
  let bytes = contact.bytes + list.bytes;
  const unusable: Fetched = { artifact: { ok: false, interactionId, ...known }, bytes };
  if (!row.ok || !messages.success || row.contact.interactionId !== interactionId) return unusable;

  const whole: FetchedMessage[] = [];
  for (const listed of messages.data) {
    const message = await complete(read, listed);
    if (message === undefined) return unusable;
    bytes += message.bytes;
    whole.push(message.message);
  }
  const { json, isEmpty, latestMs } = buildTranscript(whole);
  if (isEmpty) return { artifact: { ok: false, interactionId, outcome: 'empty', ...known }, bytes };
  if (Buffer.byteLength(json) > maxBytes) return { ...unusable, bytes };
  const { startMs, statusUpdatedMs, mediaType, aliases } = row.contact;
  const artifact: ReadableArtifact = {
    ok: true,
    interactionId,
    mediaType,
    timestamp: new Date(startMs ?? statusUpdatedMs).toISOString(),
    transcriptJson: json,
    version: new Date(Math.max(statusUpdatedMs, latestMs ?? 0)).toISOString(),
    interactionJson: JSON.stringify(withoutThreads(Object(contact.json))),
    aliases,
  };
  return { artifact, bytes };
}

function without(
  interactionId: string,
  { isOversized }: { isOversized?: true },
  known: { aliases?: Aliases } = {},
  bytes = 0,
): Fetched {
  if (isOversized) return { artifact: { ok: false, interactionId, ...known }, bytes };
  return { artifact: { ok: false, interactionId, outcome: 'missing', ...known }, bytes };
}

/** A message in full; as the list has it where the rest cannot be had; undefined for what is no message. */
async function complete(
  read: ReadDocument,
  listed: unknown,
): Promise<{ message: FetchedMessage; bytes: number } | undefined> {
  const message = Message.safeParse(listed);
  if (!message.success) return undefined;
  const { id, hasAdditionalMessageContent } = message.data.read;
  if (hasAdditionalMessageContent !== true) return { message: { ...message.data, isCut: false }, bytes: 0 };
  const cut = { ...message.data, isCut: true };
  const document = id == null ? undefined : await read('message', id);
  if (!document?.found) return { message: cut, bytes: 0 };
  const whole = Message.safeParse(document.json);
  const isTheSame = whole.success && whole.data.read.id === id;
  return { message: isTheSame ? { ...whole.data, isCut: false } : cut, bytes: document.bytes };
}
