import type { GeneratedCatalogue } from '../catalogue.ts';
import { createConversation } from '../generator/conversation.ts';
import { type PlantedValue, plantTyped } from '../generator/dialogue.ts';
import { phoneOf } from './contact-document.ts';
import { lifeOf, slotOfNumber } from './contact-life.ts';

/** What a contact shows of its customer beside what is said in it. */
const SHOWN = ['EMAIL_ADDRESS', 'PHONE_NUMBER', 'IP_ADDRESS'] as const;

/**
 * Personal data in a digital contact and its messages; none where there is no such contact.
 *
 * @param id the contact's number, or the interaction's id
 * @example plantedInContact('1', generated, '7000012')[0]?.type // 'PHONE_NUMBER'
 */
export function plantedInContact(
  seed: string,
  { timeline, knows }: Pick<GeneratedCatalogue, 'timeline' | 'knows'>,
  id: string,
): PlantedValue[] {
  const slot = slotOfNumber(id) ?? timeline.slotOf(id);
  const entry = slot === undefined || slot >= timeline.count ? undefined : timeline.entry(slot);
  if (entry === undefined || !knows(entry.interactionId)) return [];
  // What happens to it later shows nothing that it does not show before.
  const life = lifeOf(seed, entry, 0);
  if (life === undefined) return [];
  const { interactionId, mediaType } = life.entry;
  const { person, planted } = createConversation({ seed, interactionId, mediaType }).dialogue;
  const shown = SHOWN.map((type) => plantTyped(type, person.values[type]));
  return [...planted, ...shown, plantTyped('PHONE_NUMBER', phoneOf(person))];
}
