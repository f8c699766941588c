import { createRandom } from '../generator/random.ts';
import type { TimelineEntry } from '../timeline.ts';

type ContactStatus = 'new' | 'open' | 'closed' | 'resolved';

/** From an opening to a closing; a contact that is reopened has two of them. Times are ms since the epoch. */
interface Cycle {
  openedMs: number;
  closedMs: number;
  closedAs: ContactStatus;
}

/** What ever happens to a contact: all of it is decided by the seed, and `now` says how much of it can be seen. */
export interface ContactLife {
  entry: TimelineEntry;
  /** The number that the API names it by. */
  number: string;
  channelId: string;
  cycles: readonly [Cycle, ...Cycle[]];
}

export interface ContactState {
  status: ContactStatus;
  statusUpdatedMs: number;
}

/** Contacts are numbered from here, by their place on the timeline. */
const FIRST_NUMBER = 7_000_000;
/** A chat of the generator is shorter; without a time of availability its contact is closed after so long. */
const SHORTEST_MS = 60_000;
/** No contact is reopened later than this after it was closed, nor closed again later than so after that. */
const LATEST_REOPENING_HOURS = 30;
const SECOND_CYCLE_MS = 1_200_000;

/** Longest time, in ms, from the first closing of a contact to its last change. */
export const LONGEST_AFTERLIFE_MS = LATEST_REOPENING_HOURS * 3_600_000 + SECOND_CYCLE_MS;

/** Channels by their prefix, as tenants name them. */
const CHANNELS = {
  chat: ['chat'],
  email: ['email'],
  sms: ['sms'],
  social: ['whatsapp', 'fbmessenger', 'instagram', 'apple', 'custom'],
} as const;

/** The API's number of the interaction at this place of the timeline: 0 -> '7000000'. */
const numberOf = (slot: number): string => String(FIRST_NUMBER + slot);

/** The place on the timeline of a number; undefined for what is none: '7000000' -> 0. */
export function slotOfNumber(number: string): number | undefined {
  return /^\d{7,15}$/.test(number) && Number(number) >= FIRST_NUMBER ? Number(number) - FIRST_NUMBER : undefined;
}

/**
 * The life of the contact behind an interaction; undefined for a call, which has no messages.
 *
 * @param reopenedShare of contacts, from 0 to 1
 * @example lifeOf('seed', entry, 0)?.cycles.length // 1
 */
export function lifeOf(seed: string, entry: TimelineEntry, reopenedShare: number): ContactLife | undefined {
  if (entry.mediaType === 'voice') return undefined;
  const random = createRandom(`${seed}:contact:${entry.interactionId}`);
  const openedMs = wholeSecond(entry.startMs);
  const closedMs = wholeSecond(Math.max(entry.availableMs, entry.startMs + SHORTEST_MS));
  const channel = random.pick<string>(CHANNELS[entry.mediaType]);
  const first: Cycle = { openedMs, closedMs, closedAs: random.chance(0.7) ? 'closed' : 'resolved' };
  const again: Cycle[] = [];
  if (random.chance(reopenedShare)) {
    const reopenedMs = closedMs + random.int(1, LATEST_REOPENING_HOURS) * 3_600_000;
    again.push({ openedMs: reopenedMs, closedMs: reopenedMs + SECOND_CYCLE_MS, closedAs: 'closed' });
  }
  return {
    entry,
    number: numberOf(entry.slot),
    channelId: `${channel}_${createRandom(`${seed}:channel:${channel}`).hex(12)}`,
    cycles: [first, ...again],
  };
}

/**
 * What the API says of a contact at a moment; undefined before it exists.
 *
 * @example stateAt(life, life.cycles[0].closedMs) // { status: 'closed', statusUpdatedMs: … }
 */
export function stateAt({ cycles }: ContactLife, nowMs: number): ContactState | undefined {
  let state: ContactState | undefined;
  for (const [at, { openedMs, closedMs, closedAs }] of cycles.entries()) {
    if (openedMs <= nowMs) state = { status: at === 0 ? 'new' : 'open', statusUpdatedMs: openedMs };
    if (closedMs <= nowMs) state = { status: closedAs, statusUpdatedMs: closedMs };
  }
  return state;
}

/** The API's times have no milliseconds, but for those of messages. */
const wholeSecond = (ms: number): number => Math.floor(ms / 1_000) * 1_000;
