/** What one pass has brought to an end, and the receipt of a batch out of all of them. Pure. */
import { MASK_RULES_VERSION } from '@cxone-transcripts/masker';
import type { z } from 'zod';
import { type Batch, otherIdsOf } from '../shared/contracts/batch.ts';
import type { StoreTranscriptsInput } from '../shared/contracts/states/store-transcripts.ts';
import { addLatencies, countOf, type Latencies, latencyMs } from '../shared/lib/latency.ts';
import { type BatchReceipt, type Findings, type MaskedWith, outcomeCounts } from '../shared/storage/records.ts';
import { ERASED } from '../shared/storage/tombstones.ts';
import type { BatchLedger } from './batch-ledger.ts';
import type { PassRecord } from './pass-record.ts';

type Input = z.output<typeof StoreTranscriptsInput>;

/** The part of a pass's record that goes into the receipt. */
export type PassShare = Pick<PassRecord, 'settled' | 'extras' | 'parts' | 'resultBytes' | 'storedAt'>;
type Settled = PassShare['settled'][number];

/**
 * What the ledger of a pass has brought to an end.
 *
 * @example shareOf(ledger, { parts: [], resultBytes: 0, storedAt }).settled // [{ interactionId: 'seg-1', outcome: 'empty', … }]
 */
export function shareOf(ledger: BatchLedger, facts: Pick<PassShare, 'parts' | 'resultBytes' | 'storedAt'>): PassShare {
  const settled = ledger.settled().map(([interactionId, entry]) => ({ interactionId, ...entry }));
  return { settled, extras: ledger.extras, ...facts };
}

/**
 * The receipt of a batch whose passes have brought every interaction to an end.
 *
 * @param shares of the passes, the first one first
 * @param masking how its transcripts were masked
 * @example buildReceipt(input, [share], audit, masking).counts // { stored: 97, missing: 3, … }
 */
export function buildReceipt(
  { runId, batch, job }: Input,
  shares: readonly PassShare[],
  audit: BatchReceipt['audit'],
  masking: MaskedWith,
): BatchReceipt {
  const settled = inOrder(batch.interactionIds, shares);
  const stored = settled.filter(({ outcome }) => outcome === 'stored');
  const counts = outcomeCounts();
  for (const { outcome } of settled) counts[outcome] += 1;
  const sum = (of: (share: PassShare) => number) => shares.reduce((total, share) => total + of(share), 0);
  return {
    schemaVersion: 1,
    runId,
    batch: batch.batch,
    jobId: job.jobId,
    requested: batch.interactionIds.length,
    interactionIds: batch.interactionIds,
    counts,
    superseded: stored.filter(({ supersedes }) => supersedes !== undefined).length,
    extras: {
      unrequested: sum(({ extras }) => extras.unrequested),
      duplicate: sum(({ extras }) => extras.duplicate),
      unreadable: sum(({ extras }) => extras.unreadable),
    },
    parts: shares.flatMap(({ parts }) => parts),
    audit,
    findings: findingsOf(settled),
    maskRulesVersion: MASK_RULES_VERSION,
    ...(stored.length > 0 && { masking }),
    unstored: settled
      .filter(({ outcome }) => outcome !== 'stored')
      .map(({ interactionId, outcome, error }) => ({ interactionId, outcome, ...(error ? { error } : {}) })),
    ...versionFacts(stored),
    ...aliasesOf(settled, batch),
    ...(shares.length > 1 && { passes: shares.length }),
    resultBytes: sum(({ resultBytes }) => resultBytes),
    latencies: latenciesOf(job.submittedAt, shares),
    polls: job.polls,
    submissions: job.submissions,
    storedAt: shares.at(-1)?.storedAt ?? job.submittedAt,
  };
}

/** What the passes have settled, in the order in which it was requested. */
function inOrder(interactionIds: readonly string[], shares: readonly PassShare[]): Settled[] {
  const byId = new Map(shares.flatMap(({ settled }) => settled.map((one) => [one.interactionId, one] as const)));
  return interactionIds.flatMap((id) => byId.get(id) ?? []);
}

function findingsOf(settled: readonly Settled[]): Findings {
  const sums: Findings = {};
  for (const { findings } of settled) {
    for (const [type, count] of Object.entries(findings)) sums[type] = (sums[type] ?? 0) + count;
  }
  return sums;
}

/** What the sources with versions say besides; nothing for the others. */
function versionFacts(stored: readonly Settled[]): Pick<BatchReceipt, 'versions' | 'anonymised' | 'replaced'> {
  const versions = stored.flatMap(({ interactionId, version }) => (version ? [[interactionId, version]] : []));
  const replaced = stored.flatMap(({ interactionId, replacedOn }) => (replacedOn ? [[interactionId, replacedOn]] : []));
  const anonymised = stored.filter((one) => one.anonymised).map(({ interactionId }) => interactionId);
  return {
    ...(versions.length > 0 && { versions: Object.fromEntries(versions) }),
    ...(anonymised.length > 0 && { anonymised }),
    ...(replaced.length > 0 && { replaced: Object.fromEntries(replaced) }),
  };
}

/** Of what is stored and of what is not: a contact of which there is nothing to store is accounted for as well. */
function aliasesOf(settled: readonly Settled[], batch: Batch): Pick<BatchReceipt, 'aliases'> {
  const planned = otherIdsOf(batch);
  const known = settled.flatMap(({ interactionId, error, aliases: own }): [string, string[]][] => {
    const ids = own ?? planned.get(interactionId) ?? [];
    return ids.length > 0 && error !== ERASED ? [[interactionId, ids]] : [];
  });
  return known.length > 0 ? { aliases: Object.fromEntries(known) } : {};
}

function latenciesOf(submittedAt: string, shares: readonly PassShare[]): Latencies {
  const latencies: Latencies = {};
  for (const { settled, storedAt } of shares) {
    const stored = settled.filter(({ outcome }) => outcome === 'stored').length;
    addLatencies(latencies, countOf(latencyMs(submittedAt, storedAt), stored));
  }
  return latencies;
}
