import { dayOf } from '../../../../lambdas/shared/lib/days.ts';
import type { CatalogueEntry, GeneratedCatalogue } from '../catalogue.ts';
import {
  type ContactLife,
  type ContactState,
  LONGEST_AFTERLIFE_MS,
  lifeOf,
  ordinalOf,
  stateAt,
} from './contact-life.ts';

/** A contact as it stands at a moment. */
export interface SeenContact extends ContactState {
  life: ContactLife;
}

const DAY_MS = 86_400_000;
/** Days that are kept beside those in which the contacts of one day may have started: a walk reads page after page. */
const SPARE_DAYS = 4;
/** The API keeps contacts so long; a timeline without end would have no first page. */
const OLDEST_DAYS = 400;

const DIGITAL_MEDIA = ['chat', 'email', 'sms', 'social'] as const;

/** The contacts of a catalogue, by number and by the time of their last change. */
export class ContactBook {
  readonly #seed: string;
  readonly #catalogue: GeneratedCatalogue;
  readonly #reopenedShare: number;
  /** From the start of an interaction to its first closing at the most, in ms. */
  readonly #longestMs: number;
  readonly #keptDays: number;
  readonly #startedOn = new Map<string, ContactLife[]>();
  /** Contacts that a test has reopened, since when. */
  readonly #reopenedMs = new Map<string, number>();

  constructor(options: { seed: string; catalogue: GeneratedCatalogue; reopenedShare: number }) {
    this.#seed = options.seed;
    this.#catalogue = options.catalogue;
    this.#reopenedShare = options.reopenedShare;
    this.#longestMs = options.catalogue.longestDelayMs + LONGEST_AFTERLIFE_MS;
    this.#keptDays = Math.ceil(this.#longestMs / DAY_MS) + SPARE_DAYS;
  }

  /** The contact of this number, if it exists by now. */
  find(number: string, nowMs: number): SeenContact | undefined {
    const ordinal = ordinalOf(number);
    const entry = ordinal === undefined ? undefined : this.#catalogue.nth(ordinal);
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
      const changed: SeenContact[] = [];
      for (let startMs = startOfDay(dayMs - this.#longestMs); startMs <= dayMs; startMs += DAY_MS) {
        for (const life of this.#startedOnDay(startMs)) {
          const seen = this.#seenAt(life, nowMs);
          if (seen !== undefined && startOfDay(seen.statusUpdatedMs) === dayMs) changed.push(seen);
        }
      }
      changed.sort(byChange);
      for (const seen of changed) if (seen.statusUpdatedMs >= oldestMs && seen.statusUpdatedMs < toMs) yield seen;
    }
  }

  #startedOnDay(dayMs: number): ContactLife[] {
    const day = dayOf(dayMs);
    let lives = this.#startedOn.get(day);
    if (lives === undefined) {
      lives = [...this.#catalogue.between(dayMs, dayMs + DAY_MS, DIGITAL_MEDIA)].flatMap(
        (entry) => this.#lifeOf(entry) ?? [],
      );
      const oldest = this.#startedOn.keys().next().value;
      if (this.#startedOn.size >= this.#keptDays && oldest !== undefined) this.#startedOn.delete(oldest);
      this.#startedOn.set(day, lives);
    }
    return lives;
  }

  #lifeOf(entry: CatalogueEntry): ContactLife | undefined {
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
