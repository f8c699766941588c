/** A comparison as people and programs read it. Pure. */
import type { ContactDay } from '../../lambdas/shared/runs/reconciliation-record.ts';
import type { LakeReconciliation } from './reconcile-lake.ts';

/** Ids that are printed; `--json` has all. */
const SHOWN = 50;

export interface ReconciliationReport {
  /** As in the record of a run. */
  status: 'compared' | 'notPermitted' | 'notComparable';
  note?: string;
  /** Days, UTC. */
  from?: string;
  to?: string;
  expected: number;
  stored: number;
  empty: number;
  pending: number;
  missing: string[];
  notProcessed: number;
  days: ContactDay[];
}

const NOTHING = { expected: 0, stored: 0, empty: 0, pending: 0, missing: [], notProcessed: 0, days: [] };

/**
 * The object that `--json` prints.
 *
 * @example reportOf({ notPermitted: 'CXone refused …' }) // { status: 'notPermitted', note: 'CXone refused …', expected: 0, … }
 */
export function reportOf(found: LakeReconciliation): ReconciliationReport {
  if ('notPermitted' in found) return { status: 'notPermitted', note: found.notPermitted, ...NOTHING };
  const { reached, leftOut, counts, days, gaps, isComparable } = found;
  if (!isComparable) {
    const note = 'No transcript in the lake names a contact of these days: there is nothing to compare them by';
    return { status: 'notComparable', note, ...NOTHING };
  }
  const note =
    leftOut === undefined ? undefined : `Compared from ${reached?.from} on: CXone lists none of the days before`;
  return {
    status: 'compared',
    ...(note !== undefined && { note }),
    ...reached,
    ...counts,
    missing: gaps.map(({ contactId }) => contactId),
    days,
  };
}

/** The same for people. */
export function renderReconciliation(
  { status, note, missing, days, ...counts }: ReconciliationReport,
  name: string,
): string {
  if (status !== 'compared') return `${name}: not compared. ${note}\n`;
  const { from, to, expected, stored, empty, pending, notProcessed } = counts;
  const lines = [
    `${name}, contacts from ${from} to ${to}: ${expected} analysed, ${stored} stored, ${empty} without words, ${pending} pending, ${missing.length} missing; ${notProcessed} not analysed yet`,
    ...(note === undefined ? [] : [note]),
    ...days
      .filter((day) => day.missing > 0)
      .map((day) => `  ${day.day} ${day.mediaType}: ${day.missing} of ${day.expected} missing`),
    ...missing.slice(0, SHOWN).map((id) => `  missing ${id}`),
    ...(missing.length > SHOWN ? [`  and ${missing.length - SHOWN} more; --json lists all`] : []),
    missing.length === 0 ? 'Nothing is missing.' : 'What to do: docs/runbook.md, heading ContactsMissing.',
  ];
  return `${lines.join('\n')}\n`;
}
