import { customerOf } from '../generator/conversation.ts';
import { type PlantedValue, plantTyped } from '../generator/dialogue.ts';
import type { Person } from '../generator/personal-data.ts';
import type { Segment } from './segment.ts';

/** What Interaction Analytics knows of the customer beside the words that were spoken. */
export interface KnownCustomer {
  person: Person;
  phone: string;
  /** The number as the telephone network has it. */
  ani: string;
  email: string;
}

/** What stands in the place of everything about a customer whom the vendor has erased. */
export const ANONYMOUS = 'anonymous@nic_anonymize.com';

/**
 * The customer of the segment's interaction: the same in every source.
 *
 * @example customerOfSegment('1', segment).ani // '+12125550142'
 */
export function customerOfSegment(seed: string, { interactionId, mediaType }: Segment): KnownCustomer {
  const person = customerOf({ seed, interactionId, mediaType });
  const { PHONE_NUMBER: phone, EMAIL_ADDRESS: email } = person.values;
  return { person, phone, email, ani: `+1${phone.replace(/^\+1/, '').replace(/\D/g, '')}` };
}

/** Personal data in the row and around the words of every segment. */
export const plantedAround = ({ phone, ani, email }: KnownCustomer): PlantedValue[] => [
  plantTyped('PHONE_NUMBER', phone),
  plantTyped('PHONE_NUMBER', ani),
  plantTyped('EMAIL_ADDRESS', email),
];
