import type { MediaType } from '../../contracts/job-options.ts';
import { ownValue } from '../../lib/own-value.ts';

/** Spellings that were seen, without case and marks. */
const MEDIA: Record<string, MediaType> = {
  voice: 'voice',
  phonecall: 'voice',
  phone: 'voice',
  call: 'voice',
  voicemail: 'voice',
  audio: 'voice',
  chat: 'chat',
  webchat: 'chat',
  email: 'email',
  mail: 'email',
  sms: 'sms',
  textmessage: 'sms',
  social: 'social',
  socialmedia: 'social',
  digital: 'digital',
  digitalmessage: 'digital',
};

/**
 * Our own name of a medium; `other` for one that is not known, undefined where none is named.
 *
 * @example
 * mediumOf('PhoneCall') // 'voice'
 * mediumOf('E-Mail') // 'email'
 * mediumOf('Hologram') // 'other'
 */
export function mediumOf(said: unknown): MediaType | undefined {
  if (typeof said !== 'string' || said.trim() === '') return undefined;
  return ownValue(MEDIA, said.toLowerCase().replaceAll(/[^a-z]/g, '')) ?? 'other';
}
