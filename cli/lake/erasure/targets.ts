/**
 * What an erasure was asked for, and the interactions that it has come to.
 *
 * A person names an interaction by any id of the vendor's: that under which it is stored, or another one that may stand for
 * several of them. Records and rows say which ids go together, so the interactions are known once all have been looked at.
 */
import type { Tombstone } from '../../../lambdas/shared/storage/tombstones.ts';

/** When each was erased, by interaction; as in its {@link Tombstone}. */
export type ErasedAt = Map<string, Tombstone['erasedAt']>;

export class Targets {
  /** By id that was named: the interactions that it stands for. */
  readonly named: ReadonlyMap<string, Set<string>>;
  readonly #interactions = new Set<string>();

  constructor(named: Iterable<string>) {
    this.named = new Map([...named].map((id) => [id, new Set()]));
  }

  /** Interactions that are to be erased as far as is known, whether or not anything is stored of them. */
  get interactions(): string[] {
    return [...new Set([...this.named.keys(), ...this.#interactions])];
  }

  /** Interactions that were come to by another id of theirs: grows while records are looked at. */
  get cameTo(): number {
    return this.#interactions.size;
  }

  /**
   * Whether the interaction is to be erased, from then on under its own id alone.
   *
   * @param aliases other ids of it
   * @example new Targets(['4711']).take('seg-1', ['int-1', '4711']) // true
   */
  take(interactionId: string, aliases: readonly string[] = []): boolean {
    this.named.get(interactionId)?.add(interactionId);
    for (const alias of aliases) {
      const standsFor = this.named.get(alias);
      if (!standsFor) continue;
      standsFor.add(interactionId);
      this.#interactions.add(interactionId);
    }
    return this.has(interactionId);
  }

  /** As {@link Targets.take}, of an interaction whose other ids are known already. */
  has(interactionId: string): boolean {
    return this.named.has(interactionId) || this.#interactions.has(interactionId);
  }
}
