import type { BulkMediaType } from '../../../../lambdas/shared/contracts/job-options.ts';
import { createDialogue, type Dialogue, type Style } from './dialogue.ts';
import { createPerson, type Person } from './personal-data.ts';
import { createRandom, type Random } from './random.ts';

export interface ConversationRequest {
  seed: string;
  interactionId: string;
  mediaType: BulkMediaType;
}

const STYLES: Record<BulkMediaType, Style> = {
  voice: 'spoken',
  chat: 'typed',
  email: 'letter',
  sms: 'typed',
  social: 'typed',
};

export interface Conversation {
  /** What the choice of form draws from; for calls and text messages one number came out of it before the dialogue. */
  random: Random;
  /** In [0, 1), for the media with more than one form. */
  form: number;
  dialogue: Dialogue;
}

/**
 * Who spoke, and what was said: the same in every form in which an API shows the interaction.
 *
 * @param exchangesFor exchanges that the transcript is lengthened to, given the form
 * @param person speaks in place of the one drawn: the customer of an earlier part
 * @example createConversation({ seed: 'a', interactionId: 'int-1', mediaType: 'chat' }).dialogue.person.firstName // 'Olga'
 */
export function createConversation(
  request: ConversationRequest,
  exchangesFor: (form: number) => number = () => 0,
  person?: Person,
): Conversation {
  const { random, form } = opened(request);
  return { random, form, dialogue: createDialogue(random, STYLES[request.mediaType], exchangesFor(form), person) };
}

/**
 * The customer of {@link createConversation} alone, at a fraction of its cost.
 *
 * @example customerOf({ seed: 'a', interactionId: 'int-1', mediaType: 'chat' }).firstName // 'Olga'
 */
export const customerOf = (request: ConversationRequest): Person => createPerson(opened(request).random);

function opened({ seed, interactionId, mediaType }: ConversationRequest): { random: Random; form: number } {
  const random = createRandom(`${seed}:${interactionId}:${mediaType}`);
  return { random, form: mediaType === 'voice' || mediaType === 'sms' ? random.next() : 0 };
}
