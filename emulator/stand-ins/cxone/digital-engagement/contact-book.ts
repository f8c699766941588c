import { dayOf } from '../../../../lambdas/shared/lib/days.ts';
import type { GeneratedCatalogue } from '../catalogue.ts';
import type { TimelineEntry } from '../timeline.ts';
import {
  type ContactLife,
  type ContactState,
  LONGEST_AFTERLIFE_MS,
  lifeOf,
  slotOfNumber,
  stateAt,
} from './contact-life.ts';

/** A contact as it stands at a moment. */
export interface SeenContact extends ContactState {
  life: ContactLife;
}

const DAY_MS = 86_400_000;
/** Days whose contacts are kept: a walk reads page after page. */
const KEPT_DAYS = 8;
/** The API keeps contacts so long; a timeline without end would have no first page. */
const OLDEST_DAYS = 400;

/** The contacts of a catalogue, by number and by the time of their last change. */
export class ContactBook {
  readonly #seed: string;
  readonly #catalogue: GeneratedCatalogue;
  readonly #reopenedShare: number;
  /** Contacts that may have changed on a day, whatever the clock says. */
  readonly #ofDay = new Map<string, ContactLife[]>();
  /** Contacts that a test has reopened, since when. */
  readonly #reopenedMs = new Map<string, number>();

  constructor(options: { seed: string; catalogue: GeneratedCatalogue; reopenedShare: number }) {
    this.#seed = options.seed;
    this.#catalogue = options.catalogue;
    this.#reopenedShare = options.reopenedShare;
  }

  /** The contact of this number, if it exists by now. */
  find(number: string, nowMs: number): SeenContact | undefined {
    const slot = slotOfNumber(number);
    const { timeline } = this.#catalogue;
    const entry = slot === undefined || slot >= timeline.count ? undefined : timeline.entry(slot);
    const life = entry === undefined ? undefined : this.#lifeOf(entry);
    return life === undefined ? undefined : this.#seenAt(life, nowMs);
  }

  /** The contact stays open from this moment on. */
  reopen(number: string, atMs: number): void {
    this.#reopenedMs.set(number, Math.floor(atMs / 1_000) * 1_000);
  }

  /** Contacts whose status last changed in `[fromMs, toMs)`, by that time and their number; lazily, day by day. */
  *changedBetween(fromMs: number, toMs: number, nowMs: number): Generator<SeenContact> {
    const oldestMs = Math.max(fromMs, nowMs - OLDEST_DAYS * DAY_MS);
    for (let dayMs = startOfDay(oldestMs); dayMs < Math.min(toMs, nowMs + 1); dayMs += DAY_MS) {
      const changed = this.#livesOfDay(dayMs)
        .flatMap((life) => this.#seenAt(life, nowMs) ?? [])
        .filter(({ statusUpdatedMs }) => startOfDay(statusUpdatedMs) === dayMs);
      changed.sort(byChange);
      for (const seen of changed) if (seen.statusUpdatedMs >= oldestMs && seen.statusUpdatedMs < toMs) yield seen;
    }
  }

  #livesOfDay(dayMs: number): ContactLife[] {
    const day = dayOf(dayMs);
    const known = this.#ofDay.get(day);
    if (known !== undefined) return known;
    const { timeline } = this.#catalogue;
    const lives = new Map<string, ContactLife>();
    const opened = timeline.byStart(dayMs, dayMs + DAY_MS);
    const closed = timeline.byAvailability(dayMs - LONGEST_AFTERLIFE_MS, dayMs + DAY_MS);
    for (const entry of [...opened, ...closed]) {
      const life = this.#lifeOf(entry);
      if (life !== undefined) lives.set(life.number, life);
    }
    const oldest = this.#ofDay.keys().next().value;
    if (this.#ofDay.size >= KEPT_DAYS && oldest !== undefined) this.#ofDay.delete(oldest);
    this.#ofDay.set(day, [...lives.values()]);
    return [...lives.values()];
  }

  #lifeOf(entry: TimelineEntry): ContactLife | undefined {
    if (!this.#catalogue.knows(entry.interactionId)) return undefined;
    return lifeOf(this.#seed, entry, this.#reopenedShare);
  }

  #seenAt(life: ContactLife, nowMs: number): SeenContact | undefined {
    const state = stateAt(life, nowMs);
    const reopenedMs = this.#reopenedMs.get(life.number);
    if (state === undefined || reopenedMs === undefined || reopenedMs > nowMs) return state && { life, ...state };
    return { life, status: 'open', statusUpdatedMs: reopenedMs };
  }
}

const startOfDay = (ms: number): number => Math.floor(ms / DAY_MS) * DAY_MS;

/** The order of a list: by the last change, then by number. */
export function byChange(a: SeenContact, b: SeenContact): number {
  return a.statusUpdatedMs - b.statusUpdatedMs || Number(a.life.number) - Number(b.life.number);
}
