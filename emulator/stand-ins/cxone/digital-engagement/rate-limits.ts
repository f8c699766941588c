/** The API's two documented limits: reads of contacts an hour for a tenant, and for one contact, with a burst. */

export interface DigitalLimits {
  /** Reads of contacts, lists and messages an hour. */
  tenantPerHour: number;
  /** The same for one contact. */
  contactPerHour: number;
  contactBurst: number;
}

export const DOCUMENTED_LIMITS: DigitalLimits = { tenantPerHour: 120_000, contactPerHour: 1_020, contactBurst: 250 };

const HOUR_MS = 3_600_000;

/** A bucket that fills evenly; empty means a 429. */
class Bucket {
  readonly #size: number;
  readonly #perMs: number;
  #level: number;
  #atMs: number;

  constructor(size: number, perHour: number, nowMs: number) {
    this.#size = size;
    this.#perMs = perHour / HOUR_MS;
    this.#level = size;
    this.#atMs = nowMs;
  }

  take(nowMs: number): boolean {
    this.#level = Math.min(this.#size, this.#level + Math.max(0, nowMs - this.#atMs) * this.#perMs);
    this.#atMs = nowMs;
    if (this.#level < 1) return false;
    this.#level -= 1;
    return true;
  }
}

/** Counts reads, and says which of them are over a limit. */
export class RateLimits {
  readonly #limits: DigitalLimits;
  readonly #tenant: Bucket;
  readonly #contacts = new Map<string, Bucket>();

  constructor(limits: DigitalLimits, nowMs: number) {
    this.#limits = limits;
    this.#tenant = new Bucket(limits.tenantPerHour, limits.tenantPerHour, nowMs);
  }

  /**
   * Whether the read is within the limits.
   *
   * @param contact its number; left out for a list
   */
  allows(nowMs: number, contact?: string): boolean {
    if (!this.#tenant.take(nowMs)) return false;
    if (contact === undefined) return true;
    const { contactBurst, contactPerHour } = this.#limits;
    let bucket = this.#contacts.get(contact);
    if (bucket === undefined) {
      bucket = new Bucket(contactBurst, contactPerHour, nowMs);
      this.#contacts.set(contact, bucket);
    }
    return bucket.take(nowMs);
  }
}
