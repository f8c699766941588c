/** Whether a manifest is true in itself, and its audit says the same. Pure. */
import { type Manifest, OutcomeCounts } from '../../../lambdas/shared/runs/run-records.ts';
import type { Problem } from './problem.ts';

const OUTCOME_NAMES = Object.keys(OutcomeCounts.shape) as (keyof OutcomeCounts)[];

/**
 * Where a manifest contradicts itself: outcomes and plan, rows and parts, times.
 *
 * @param key of the manifest
 * @example of `planned: 3` with outcomes that add up to 2 -> 'outcomes add up to 2, planned were 3'
 */
export function checkManifest(manifest: Manifest, key: string): Problem[] {
  const problems: Problem[] = [];
  const { counts, planned, parts, rows } = manifest;
  const sum = OUTCOME_NAMES.reduce((total, name) => total + counts[name], 0);
  if (sum !== planned) {
    problems.push({ code: 'counts', key, detail: `outcomes add up to ${sum}, planned were ${planned}` });
  }
  const partRows = parts.reduce((total, part) => total + part.rows, 0);
  if (partRows !== rows)
    problems.push({ code: 'rows', key, detail: `parts have ${partRows} rows, listed are ${rows}` });
  const erased = manifest.erasures.reduce((total, erasure) => total + erasure.rows, 0);
  if (rows + erased < counts.stored) {
    problems.push({ code: 'rows', key, detail: `${rows} rows for ${counts.stored} stored interactions` });
  }
  const seen = new Set<string>();
  for (const part of parts) {
    if (seen.has(part.key)) problems.push({ code: 'listed-twice', key: part.key, detail: `in ${key}` });
    seen.add(part.key);
  }
  return problems;
}

/**
 * Where the outcomes that a manifest counts are not those of the audit.
 *
 * @param audited lines of the audit of the run, by outcome
 * @example of `stored: 3` and an audit with 2 -> '3 stored, the audit has 2'
 */
export function checkOutcomes(counts: OutcomeCounts, audited: ReadonlyMap<string, number>, key: string): Problem[] {
  const names = new Set<string>([...OUTCOME_NAMES, ...audited.keys()]);
  return [...names].flatMap((name): Problem[] => {
    const listed = name in counts ? counts[name as keyof OutcomeCounts] : 0;
    const found = audited.get(name) ?? 0;
    return found === listed ? [] : [{ code: 'counts', key, detail: `${listed} ${name}, the audit has ${found}` }];
  });
}
