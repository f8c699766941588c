import { describe, expect, it } from 'vitest';
import { MEDIA_TYPES } from '../../../../../lambdas/shared/contracts/job-options.ts';
import { keys, partOrigin } from '../../../../../lambdas/shared/storage/layout.ts';

const PART = keys.transcripts('voice', '2026-11-21', 'daily-7-000001', 42);

describe('the key of a part', () => {
  it.each([
    [0, 'r'],
    [42, 'daily-7-000001'],
    [1_234_567, 'x'.repeat(80)],
  ])('tells batch %d of run %s', (batch, runId) => {
    for (const mediaType of MEDIA_TYPES) {
      const key = keys.transcripts(mediaType, '2026-11-21', runId, batch);
      expect(partOrigin(key)).toEqual({ mediaType, day: '2026-11-21', runId, batch, pass: 1 });
    }
  });

  it.each([
    PART.replace('v=1', 'v=2'),
    PART.replace('voice', 'fax'),
    PART.replace('2026-11-21', '2026-13-41'),
    PART.replace('000042', '0000042'),
    PART.replace('000042', '42'),
    PART.replace('.jsonl.gz', '.jsonl'),
    PART.replace('/dt=', '/backup/dt='),
    `${PART}.bak`,
    `old/${PART}`,
    'transcripts/readme.txt',
    'transcripts/',
  ])('%s is not one', (key) => expect(partOrigin(key)).toBeUndefined());
});
