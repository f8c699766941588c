/** Which versions of a batch's interactions the lake holds, so that a newer one takes their place and an older one does not. */
import type { Batch } from '../shared/contracts/batch.ts';
import { type StoredVersion, storedVersions } from '../shared/runs/stored-ids.ts';
import type { ObjectStorage } from '../shared/storage/object-store.ts';
import type { ReadableArtifact } from '../shared/vendor/transcript-source.ts';

type Held = Omit<StoredVersion, 'interactionId'>;

/** What a fetched transcript is to the lake. */
export type Novelty =
  /** `replacesNames`: what it supersedes has names in it that the vendor has taken out since. */
  { isNew: true; supersedes?: string; replacesNames?: true } | { isNew: false };

/**
 * What a transcript is to the lake that holds `held` of it. Pure.
 *
 * @param held undefined where the lake holds nothing of it
 * @example
 * noveltyOf({ version: '2026-11-22T00:00:00Z' }, { version: '2026-11-21T00:00:00Z', isAnonymised: false })
 * // { isNew: true, supersedes: '2026-11-21T00:00:00Z' }
 * noveltyOf({ version: '2026-11-21T00:00:00Z' }, { version: '2026-11-21T00:00:00Z', isAnonymised: false }) // { isNew: false }
 */
export function noveltyOf(
  { version, isAnonymised }: { version?: string | undefined; isAnonymised?: boolean | undefined },
  held: Held | undefined,
): Novelty {
  if (held?.version === undefined || version === undefined) return { isNew: true };
  const hasLostNames = isAnonymised === true && !held.isAnonymised;
  if (!isNewer(version, held.version) && !hasLostNames) return { isNew: false };
  return { isNew: true, supersedes: held.version, ...(hasLostNames && { replacesNames: true }) };
}

function isNewer(version: string, than: string): boolean {
  return Date.parse(version) > Date.parse(than);
}

/** What the lake holds of the interactions of one batch. */
export class KnownVersions {
  readonly #store: ObjectStorage;
  readonly #batch: Batch;
  readonly #days = new Map<string, Promise<Map<string, Held>>>();

  constructor(store: ObjectStorage, batch: Batch) {
    this.#store = store;
    this.#batch = batch;
  }

  /**
   * What the transcript is to the lake.
   *
   * @throws PipelineError `DataLakeUnavailable`, `DataLakeRejected`, `ContractViolation`
   */
  async compare(artifact: ReadableArtifact): Promise<Novelty> {
    if (artifact.version === undefined) return { isNew: true };
    return noveltyOf(artifact, await this.#heldOf(artifact));
  }

  async #heldOf({ interactionId, timestamp, isAnonymised }: ReadableArtifact): Promise<Held | undefined> {
    const { versions, days } = this.#batch;
    const day = timestamp.slice(0, 10);
    const planned = versions?.[interactionId];
    // The plan knows versions, and not which of them had lost their names.
    if (planned !== undefined && !isAnonymised) return { version: planned, isAnonymised: false };
    const wasLookedUp = days !== undefined && days.first <= day && day <= days.last;
    if (planned === undefined && wasLookedUp && !isAnonymised) return undefined;
    const held = (await this.#ofDay(day)).get(interactionId);
    return held ?? (planned === undefined ? undefined : { version: planned, isAnonymised: false });
  }

  #ofDay(day: string): Promise<Map<string, Held>> {
    const known = this.#days.get(day) ?? this.#read(day);
    this.#days.set(day, known);
    return known;
  }

  /** The newest of each. */
  async #read(day: string): Promise<Map<string, Held>> {
    const held = new Map<string, Held>();
    const wanted = new Set(this.#batch.interactionIds);
    for await (const { interactionId, ...one } of storedVersions(this.#store, [day], wanted)) {
      const other = held.get(interactionId);
      if (noveltyOf(one, other).isNew) held.set(interactionId, one);
    }
    return held;
  }
}
