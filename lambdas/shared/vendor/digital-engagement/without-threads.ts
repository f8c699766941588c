/** Ids of a thread that the channel's platform made up: they are put together of numbers and addresses of who takes part. */
const THREADS = new Set(['threadId', 'threadIdOnExternalPlatform']);

/**
 * A contact or a message without the ids of its thread: a phone number or an address that is glued to other digits in them
 * cannot be told apart for certain, and what they join is joined by `endUser` and `customerContactId` as well.
 *
 * @example withoutThreads({ id: '7', threadId: 'sms_1_+12125550142_77' }) // { id: '7' }
 */
export function withoutThreads(document: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(document).filter(([name]) => !THREADS.has(name)));
}
