import type { MediaType } from '../../contracts/job-options.ts';

/** What begins the id of a channel, and the medium of such channels. */
const MEDIA: readonly [beginning: RegExp, MediaType][] = [
  [/^(?:live)?chat/, 'chat'],
  [/^e-?mail/, 'email'],
  [/^(?:sms|mms|rcs)/, 'sms'],
  // Networks and messengers that the vendor connects.
  [
    /^(?:facebook|fb|messenger|instagram|twitter|x_|whatsapp|linkedin|youtube|tiktok|telegram|viber|line|wechat|apple|abc_|google|kakao|reddit|trustpilot|social)/,
    'social',
  ],
];

/**
 * The medium of a contact by its channel: the API names none, but the ids of its channels begin with their kind. `digital`
 * for one that is not known: a channel of the tenant's own, or of a kind that came later.
 *
 * @example
 * mediumOf('chat_4f1c') // 'chat'
 * mediumOf('whatsapp_91b2') // 'social'
 * mediumOf('custom_0a7e') // 'digital'
 */
export function mediumOf(channelId: string): MediaType {
  const kind = channelId.toLowerCase();
  return MEDIA.find(([beginning]) => beginning.test(kind))?.[1] ?? 'digital';
}
