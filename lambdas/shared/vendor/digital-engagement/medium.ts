import type { MediaType } from '../../contracts/job-options.ts';

/** What begins the id of a channel, and the medium of such channels. What begins otherwise is a social network. */
const MEDIA: readonly [beginning: RegExp, MediaType][] = [
  [/^(?:live)?chat/, 'chat'],
  [/^e-?mail/, 'email'],
  [/^(?:sms|mms|rcs)/, 'sms'],
];

/**
 * The medium of a contact by its channel: the API names none, but the ids of its channels begin with their kind.
 *
 * @example
 * mediumOf('chat_4f1c') // 'chat'
 * mediumOf('whatsapp_91b2') // 'social'
 */
export function mediumOf(channelId: string): MediaType {
  const kind = channelId.toLowerCase();
  return MEDIA.find(([beginning]) => beginning.test(kind))?.[1] ?? 'social';
}
