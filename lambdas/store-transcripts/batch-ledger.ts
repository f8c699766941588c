/** Accounts for every interaction of a batch: requested is the sum over the outcomes. Pure. */
import type { PipelineErrorName } from '../shared/contracts/errors.ts';
import { type Findings, type Outcome, outcomeCounts } from '../shared/storage/records.ts';
import { ERASED } from '../shared/storage/tombstones.ts';

/** What is known of a transcript that is stored; the aliases also of one that is not. */
export interface StoredFacts {
  version?: string | undefined;
  supersedes?: string | undefined;
  anonymised?: true | undefined;
  /** `YYYY-MM-DD`, where the lake holds versions with names on that day: they are to be erased. */
  replacedOn?: string | undefined;
  /** Other ids of the interaction. */
  aliases?: string[] | undefined;
}

export interface LedgerEntry extends StoredFacts {
  outcome: Outcome;
  /** Why it is not stored. `Erased`: it was erased on request, and stays so. */
  error?: PipelineErrorName | typeof ERASED;
  findings: Findings;
}

/** An interaction may have several transcripts, one a medium; the worst of their outcomes is its own. */
const SEVERITY: Record<Outcome, number> = {
  missing: 0,
  notReady: 0,
  empty: 1,
  unchanged: 1,
  stored: 2,
  failed: 3,
  quarantined: 4,
};

/** What became of each interaction of a batch. Each begins as absent from the result. */
export class BatchLedger {
  readonly #entries: Map<string, LedgerEntry>;
  readonly #seen = new Set<string>();
  readonly #erased = new Set<string>();
  /** Interactions that have come to an end here; the others are as they began. */
  readonly #settled = new Set<string>();
  readonly #absent: 'missing' | 'notReady';
  /** Items of the result that count for no interaction. */
  readonly extras = { unrequested: 0, duplicate: 0, unreadable: 0 };
  /** Transcripts in which the second detector found what the masker had left in; a part of those quarantined. */
  leaksCaught = 0;
  /** Over the whole batch. */
  readonly findings: Findings = {};

  /** @param absent what an interaction is that the result lacks */
  constructor(interactionIds: readonly string[], absent: 'missing' | 'notReady' = 'missing') {
    this.#absent = absent;
    this.#entries = new Map(interactionIds.map((id) => [id, { outcome: absent, findings: {} }]));
  }

  /** Interactions that were erased after the batch was planned: whatever the result holds of them is not looked at. */
  leaveOut(erased: Iterable<string>): void {
    for (const interactionId of erased) {
      this.#erased.add(interactionId);
      this.#settled.add(interactionId);
      this.#entries.set(interactionId, { outcome: 'missing', error: ERASED, findings: {} });
    }
  }

  /** True when an item with this id and medium is to be stored; if not, it is counted among the extras. */
  admits(interactionId: string, mediaType: string): boolean {
    if (this.#erased.has(interactionId)) return false;
    const identity = `${interactionId} ${mediaType}`;
    if (!this.#entries.has(interactionId)) this.extras.unrequested += 1;
    else if (this.#seen.has(identity)) this.extras.duplicate += 1;
    else {
      this.#seen.add(identity);
      return true;
    }
    return false;
  }

  /** A transcript of the interaction is stored, and what was masked in it. */
  stored(interactionId: string, findings: Findings, facts: StoredFacts = {}): void {
    this.#record(interactionId, 'stored');
    const entry = this.#entries.get(interactionId);
    if (!entry) return;
    Object.assign(entry, facts);
    for (const [type, count] of Object.entries(findings)) {
      entry.findings[type] = (entry.findings[type] ?? 0) + count;
      this.findings[type] = (this.findings[type] ?? 0) + count;
    }
  }

  /** The vendor said that it has no transcript of it, or one without words; or the lake holds none that is older. */
  without(interactionId: string, outcome: 'missing' | 'empty' | 'unchanged', aliases: string[] = []): void {
    if (!this.#entries.has(interactionId)) this.extras.unrequested += 1;
    else this.#record(interactionId, outcome === 'missing' ? this.#absent : outcome);
    this.#noteAliases(interactionId, aliases);
  }

  /** An item that cannot be stored; without an id it counts for no interaction. */
  unstored(
    interactionId: string | undefined,
    outcome: 'failed' | 'quarantined',
    error: PipelineErrorName,
    aliases: string[] = [],
  ): void {
    if (interactionId === undefined) this.extras.unreadable += 1;
    else if (this.#entries.has(interactionId)) this.#record(interactionId, outcome, error);
    else this.extras.unrequested += 1;
    if (interactionId !== undefined) this.#noteAliases(interactionId, aliases);
  }

  /**
   * Ends the account. An item without an id is most likely one of those that are missing, and a result of nothing but
   * unrequested items most likely names its items in another form. To call the rest missing would be to give them up,
   * so they count as failed and a later run takes them again.
   */
  settle(): void {
    const onlyStrangers = this.extras.unrequested > 0 && this.counts().stored === 0;
    if (this.extras.unreadable > 0 || onlyStrangers) this.giveUp('ContractViolation');
    for (const id of this.left()) this.#settled.add(id);
  }

  /** Ends the account with what is left as failed: a later run takes it again. */
  giveUp(error: PipelineErrorName): void {
    for (const id of this.left()) this.#record(id, 'failed', error);
  }

  /** How many interactions ended how. */
  counts(): Record<Outcome, number> {
    const counts = outcomeCounts();
    for (const { outcome } of this.#entries.values()) counts[outcome] += 1;
    return counts;
  }

  /** Items of the result that count for no interaction, of all kinds. */
  get extraItems(): number {
    return this.extras.unrequested + this.extras.duplicate + this.extras.unreadable;
  }

  /** Interactions of which nothing has come yet, in the order in which they were requested. */
  left(): string[] {
    return [...this.#entries.keys()].filter((id) => !this.#settled.has(id));
  }

  /** Interactions that have come to an end, in the order in which they were requested. */
  settled(): [string, LedgerEntry][] {
    return [...this.#entries].filter(([id]) => this.#settled.has(id));
  }

  /** How many interactions the result should have held and did not. */
  get lacking(): number {
    const { missing, notReady } = this.counts();
    return missing + notReady - this.#erased.size;
  }

  /** Every interaction with its entry, in the order in which they were requested. */
  entries(): IterableIterator<[string, LedgerEntry]> {
    return this.#entries.entries();
  }

  /** What is not stored is known by them too: whoever asks after it may know no other id. */
  #noteAliases(interactionId: string, aliases: string[]): void {
    const entry = this.#entries.get(interactionId);
    if (entry && aliases.length > 0 && !this.#erased.has(interactionId)) entry.aliases = aliases;
  }

  #record(interactionId: string, outcome: Outcome, error?: PipelineErrorName): void {
    if (this.#erased.has(interactionId)) return;
    const entry = this.#entries.get(interactionId);
    if (!entry) return;
    this.#settled.add(interactionId);
    if (SEVERITY[outcome] <= SEVERITY[entry.outcome]) return;
    entry.outcome = outcome;
    if (error) entry.error = error;
  }
}
