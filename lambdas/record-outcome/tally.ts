/** Adds up the receipts of a run. Pure. */
import type { BatchReceipt, Findings, StoredPart } from '../shared/records.ts';
import type { OutcomeCounts } from '../shared/run-records.ts';
import { batchTransitions } from '../shared/state-transitions.ts';

export interface Tally {
  /** Batches that have a receipt. */
  batches: Set<number>;
  /** Of the interactions in these batches. */
  counts: Pick<OutcomeCounts, 'stored' | 'missing' | 'failed' | 'quarantined'>;
  rows: number;
  findings: Findings;
  maskRules: Set<string>;
  parts: StoredPart[];
  audit: BatchReceipt['audit'][];
  /** Interactions that a later run is to take again. */
  unstored: { interactionId: string; outcome: 'failed' | 'quarantined'; error?: string }[];
  cost: { stateTransitions: number; polls: number; submissions: number; resultBytes: number; storedBytes: number };
}

export function emptyTally(): Tally {
  return {
    batches: new Set(),
    counts: { stored: 0, missing: 0, failed: 0, quarantined: 0 },
    rows: 0,
    findings: {},
    maskRules: new Set(),
    parts: [],
    audit: [],
    unstored: [],
    cost: { stateTransitions: 0, polls: 0, submissions: 0, resultBytes: 0, storedBytes: 0 },
  };
}

/** Adds one receipt; a batch counts once, however often it is added. */
export function addReceipt(tally: Tally, receipt: BatchReceipt): void {
  if (tally.batches.has(receipt.batch)) return;
  tally.batches.add(receipt.batch);
  for (const outcome of ['stored', 'missing', 'failed', 'quarantined'] as const) {
    tally.counts[outcome] += receipt.counts[outcome];
  }
  for (const [type, count] of Object.entries(receipt.findings)) {
    tally.findings[type] = (tally.findings[type] ?? 0) + count;
  }
  tally.maskRules.add(receipt.maskRulesVersion);
  for (const part of receipt.parts) {
    tally.parts.push(part);
    tally.rows += part.rows;
    tally.cost.storedBytes += part.bytes;
  }
  tally.audit.push(receipt.audit);
  for (const { interactionId, outcome, error } of receipt.unstored) {
    if (outcome === 'failed' || outcome === 'quarantined') {
      tally.unstored.push({ interactionId, outcome, ...(error && { error }) });
    }
  }
  tally.cost.polls += receipt.polls;
  tally.cost.submissions += receipt.submissions;
  tally.cost.resultBytes += receipt.resultBytes;
  tally.cost.stateTransitions += batchTransitions(receipt.polls, receipt.submissions);
}
