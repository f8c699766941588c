import { describe, expect, it } from 'vitest';
import { whyNotToDelete } from '../../../../../cli/lake/verification/delete-orphans.ts';
import { PROBLEM_MEANING, type Problem } from '../../../../../cli/lake/verification/problem.ts';

const CODES = Object.keys(PROBLEM_MEANING) as Problem['code'][];
/** They say that records cannot be believed. */
const OF_RECORDS: readonly Problem['code'][] = ['manifest', 'record', 'counts', 'listed-twice'];

describe('orphans stay while records are in doubt', () => {
  const places: [string, string, readonly Problem['code'][]][] = [
    ['a part', 'transcripts/v=1/media_type=voice/dt=2026-11-20/r1-000001.jsonl.gz', OF_RECORDS],
    ['a compacted file', 'compacted/media_type=voice/dt=2026-11-20/1.parquet', OF_RECORDS],
    ['a record of a run', 'runs/r1/batches/000001.json', CODES],
    ['the state of the pipeline', 'state/open-runs.json', CODES],
  ];
  it.each(places)('a problem of %s', (_, key, codes) => {
    const problems = CODES.map((code): Problem => ({ code, key, detail: '' }));
    expect(whyNotToDelete(problems).map(({ code }) => code)).toEqual(CODES.filter((code) => codes.includes(code)));
  });
});
