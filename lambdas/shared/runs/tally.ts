/** Adds up the receipts of a run. Pure. */

import type { PipelineErrorName } from '../contracts/errors.ts';
import { batchTransitions } from '../contracts/state-transitions.ts';
import { addLatencies, type Latencies } from '../lib/latency.ts';
import {
  type BatchReceipt,
  type Findings,
  type MaskedWith,
  OUTCOMES,
  type Outcome,
  outcomeCounts,
  type StoredPart,
} from '../storage/records.ts';

/** Outcomes that leave nothing to do: what the vendor has is in the lake, or there is nothing to be there. */
const SETTLED = ['stored', 'empty', 'unchanged'] as const satisfies readonly Outcome[];
type Settled = (typeof SETTLED)[number];
const isSettled = (outcome: Outcome): outcome is Settled => SETTLED.some((settled) => settled === outcome);

/** Errors of a batch whose time was over before the vendor had let all of it be fetched. */
const OUTAGES = ['VendorThrottled', 'VendorUnavailable'] as const satisfies readonly PipelineErrorName[];

/** An interaction of a batch that is not stored. */
export interface Unstored {
  interactionId: string;
  outcome: Exclude<Outcome, Settled>;
  error?: string;
  /** Its batch failed, or the vendor did not let it be fetched: that says nothing against the interaction itself. */
  isBatchFailure: boolean;
}

export interface Tally {
  /** Batches that have a receipt. */
  batches: Set<number>;
  /** Of the interactions in these batches. */
  counts: Record<Outcome, number>;
  superseded: number;
  /** Whose version with names is to be erased. */
  replaced: number;
  rows: number;
  findings: Findings;
  latencies: Latencies;
  maskRules: Set<string>;
  /** By its JSON: batches of one deployment say the same. */
  masking: Map<string, MaskedWith>;
  parts: StoredPart[];
  audit: BatchReceipt['audit'][];
  /** By name of the error. */
  failures: Map<string, { interactions: number; batches: number }>;
  /** By batch. */
  unstored: Map<number, Unstored[]>;
  cost: { stateTransitions: number; polls: number; submissions: number; resultBytes: number; storedBytes: number };
}

/**
 * The tally of no receipt.
 *
 * @example emptyTally().counts.stored // 0
 */
export function emptyTally(): Tally {
  return {
    batches: new Set(),
    counts: outcomeCounts(),
    superseded: 0,
    replaced: 0,
    rows: 0,
    latencies: {},
    findings: Object.create(null),
    maskRules: new Set(),
    masking: new Map(),
    parts: [],
    audit: [],
    failures: new Map(),
    unstored: new Map(),
    cost: { stateTransitions: 0, polls: 0, submissions: 0, resultBytes: 0, storedBytes: 0 },
  };
}

/**
 * Adds one receipt to the tally, in place; a batch counts once, however often it is added.
 *
 * @example addReceipt(tally, receipt); // tally.counts.stored is larger by receipt.counts.stored
 */
export function addReceipt(tally: Tally, receipt: BatchReceipt): void {
  if (tally.batches.has(receipt.batch)) return;
  tally.batches.add(receipt.batch);
  for (const outcome of OUTCOMES) tally.counts[outcome] += receipt.counts[outcome];
  tally.superseded += receipt.superseded;
  tally.replaced += Object.keys(receipt.replaced ?? {}).length;
  for (const [type, count] of Object.entries(receipt.findings)) {
    tally.findings[type] = (tally.findings[type] ?? 0) + count;
  }
  addLatencies(tally.latencies, receipt.latencies ?? {});
  for (const part of receipt.parts) {
    tally.parts.push(part);
    tally.rows += part.rows;
    tally.cost.storedBytes += part.bytes;
  }
  if (receipt.parts.length > 0) {
    tally.maskRules.add(receipt.maskRulesVersion);
    if (receipt.masking) tally.masking.set(JSON.stringify(receipt.masking), receipt.masking);
  }
  tally.audit.push(receipt.audit);
  const unstored = unstoredOf(receipt);
  if (unstored.length > 0) tally.unstored.set(receipt.batch, unstored);
  addFailures(tally, unstored);
  if (receipt.sealedBy !== undefined) return;
  tally.cost.polls += receipt.polls;
  tally.cost.submissions += receipt.submissions;
  tally.cost.resultBytes += receipt.resultBytes;
  tally.cost.stateTransitions += batchTransitions(receipt.polls, receipt.submissions, receipt.passes);
}

function addFailures({ failures }: Tally, unstored: readonly Unstored[]): void {
  const failed = unstored.filter(({ outcome }) => outcome === 'failed' || outcome === 'quarantined');
  const byError = Map.groupBy(failed, ({ error, outcome }) => error ?? outcome);
  for (const [error, { length }] of byError) {
    const { interactions = 0, batches = 0 } = failures.get(error) ?? {};
    failures.set(error, { interactions: interactions + length, batches: batches + 1 });
  }
}

function unstoredOf(receipt: BatchReceipt): Unstored[] {
  return receipt.unstored.flatMap(({ interactionId, outcome, error }) => {
    if (isSettled(outcome)) return [];
    const isBatchFailure = receipt.sealedBy !== undefined || OUTAGES.some((outage) => outage === error);
    return [{ interactionId, outcome, ...(error && { error }), isBatchFailure }];
  });
}
