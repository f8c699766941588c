import type { Person } from '../generator/personal-data.ts';
import { createRandom } from '../generator/random.ts';
import type { SeenContact } from './contact-book.ts';
import type { ContactLife } from './contact-life.ts';
import { seconds, uuidOf } from './documents.ts';

/** The customer's name at the channel's own platform: a phone number, an address, or a number that says nothing. */
function platformIdOf(life: ContactLife, person: Person): string {
  const { mediaType } = life.entry;
  if (mediaType === 'email') return person.values.EMAIL_ADDRESS;
  if (mediaType === 'sms' || life.channelId.startsWith('whatsapp')) return phoneOf(person);
  return createRandom(`platform:${person.values.EMAIL_ADDRESS}`).digits(16);
}

export const phoneOf = ({ values }: Person): string =>
  `+1${values.PHONE_NUMBER.replace(/^\+1/, '').replace(/\D/g, '')}`;

/** The customer as author of messages and as an identity of the end user. */
export const identityOf = (life: ContactLife, person: Person) => ({
  idOnExternalPlatform: platformIdOf(life, person),
  firstName: person.firstName,
  lastName: person.lastName,
  nickname: `${person.firstName}${person.lastName}`.toLowerCase(),
  image: `https://avatars.example.com/${encodeURIComponent(person.values.EMAIL_ADDRESS)}.png`,
});

/** An agent of the tenant, one of twenty; a bot or a survey looks like one. */
export function userOf(seed: string, life: ContactLife, kind: 'agent' | 'bot' | 'survey') {
  const random = createRandom(`${seed}:user:${kind}:${life.entry.interactionId}`);
  const number = kind === 'agent' ? random.int(2_000, 2_019) : 1_001;
  return {
    id: number,
    incontactId: uuidOf(seed, 'user', String(number)),
    emailAddress: `${kind}.${number}@tenant.example.com`,
    loginUsername: `${kind}.${number}@tenant.example.com`,
    firstName: kind === 'agent' ? 'Alex' : kind,
    surname: kind === 'agent' ? 'Morgan' : 'assistant',
    nickname: kind,
    isBotUser: kind === 'bot',
    isSurveyUser: kind === 'survey',
  };
}

/**
 * A contact as lists and `GET contacts/{contactNumber}` have it, with what is personal in it.
 *
 * @example contactDocument('seed', seen, person).status // 'closed'
 */
export function contactDocument(seed: string, { life, status, statusUpdatedMs }: SeenContact, person: Person) {
  const { entry, number, channelId, cycles } = life;
  const random = createRandom(`${seed}:contact-document:${entry.interactionId}`);
  const identity = identityOf(life, person);
  const thread = `${identity.idOnExternalPlatform}_${random.digits(6)}`;
  const createdAt = seconds(cycles[0].openedMs);
  return {
    id: number,
    contactId: uuidOf(seed, 'digital-contact', entry.interactionId),
    interactionId: entry.interactionId,
    customerContactId: uuidOf(seed, 'customer-contact', entry.interactionId),
    consumerContactStorageId: uuidOf(seed, 'storage', entry.interactionId),
    threadId: `${channelId}_${thread}`,
    threadIdOnExternalPlatform: thread,
    channelId,
    direction: random.chance(0.9) ? 'inbound' : 'outbound',
    status,
    statusUpdatedAt: seconds(statusUpdatedMs),
    createdAt,
    routingQueueId: uuidOf(seed, 'queue', String(random.int(1, 4))),
    routingQueuePriority: random.int(0, 1_000),
    detailUrl: `https://home.example.com/dfo/contacts/${number}`,
    inboxAssigneeUser: userOf(seed, life, 'agent'),
    inboxPreAssigneeUser: null,
    ownerAssigneeUser: random.chance(0.5) ? userOf(seed, life, 'agent') : null,
    abandon: null,
    authorEndUserIdentity: identity,
    endUser: {
      id: uuidOf(seed, 'end-user', person.values.EMAIL_ADDRESS),
      updatedAt: createdAt,
      firstName: person.firstName,
      surname: person.lastName,
      fullName: `${person.firstName} ${person.lastName}`,
      image: identity.image,
      identities: [identity],
      customFields: [
        { ident: 'email', value: person.values.EMAIL_ADDRESS, updatedAt: createdAt },
        { ident: 'phone', value: person.values.PHONE_NUMBER, updatedAt: createdAt },
      ],
      messageStatistics: { inbound: random.int(1, 40), outbound: random.int(1, 40) },
      sentimentStatistics: { negative: 0, neutral: random.int(0, 9), positive: random.int(0, 9) },
    },
    customFields: [
      { ident: 'verified_email', value: person.values.EMAIL_ADDRESS, updatedAt: createdAt },
      { ident: 'order', value: `INC-${random.digits(7)}`, updatedAt: createdAt },
    ],
    recipients: [
      {
        idOnExternalPlatform: identity.idOnExternalPlatform,
        name: person.firstName,
        isPrimary: true,
        isPrivate: false,
      },
    ],
    userFingerprint: {
      ip: person.values.IP_ADDRESS,
      location: `${person.lastName} Street, Springfield`,
      country: 'US',
      browser: 'Chrome',
      browserVersion: '131.0',
      os: 'Windows',
      osVersion: '11',
      language: 'en-us',
      deviceType: 'desktop',
      deviceToken: random.hex(32),
      applicationType: 'browser',
    },
  };
}
