/** Whether a manifest is true in itself. Pure. */
import { type Manifest, OutcomeCounts } from '../../lambdas/shared/runs/run-records.ts';
import type { Problem } from './problem.ts';

export function checkManifest(manifest: Manifest, key: string): Problem[] {
  const problems: Problem[] = [];
  const { counts, planned, parts, rows } = manifest;
  const sum = Object.keys(OutcomeCounts.shape).reduce((total, name) => total + counts[name as keyof OutcomeCounts], 0);
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
