import { keys } from '../../lambdas/shared/storage/layout.ts';
import { type BatchReceipt, outcomeCounts } from '../../lambdas/shared/storage/records.ts';

const STORED_AT = '2026-11-21T03:00:00.000Z';

/**
 * The receipt of a batch that stored what it was asked for, apart from what `change` says.
 *
 * @example receiptOf('run', 0, ['int-1']).counts // { stored: 1, missing: 0, … }
 */
export function receiptOf(
  runId: string,
  batch: number,
  interactionIds: readonly string[],
  change: Partial<BatchReceipt> = {},
): BatchReceipt {
  const { length } = interactionIds;
  return {
    schemaVersion: 1,
    runId,
    batch,
    jobId: 'job-1',
    requested: length,
    interactionIds: [...interactionIds],
    counts: outcomeCounts({ stored: length }),
    superseded: 0,
    extras: { unrequested: 0, duplicate: 0, unreadable: 0 },
    parts: [],
    audit: { key: keys.audit('2026-11-21', runId, batch), bytes: 0, sha256: '0'.repeat(64), rows: length },
    findings: {},
    maskRulesVersion: '1',
    unstored: [],
    resultBytes: 1,
    polls: 1,
    submissions: 1,
    storedAt: STORED_AT,
    ...change,
  };
}
