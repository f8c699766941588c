import { describe, expect, it } from 'vitest';
import { expiryRules } from '../../cli/lake/expiry.ts';
import { keys } from '../../lambdas/shared/storage/layout.ts';
import { synthesiseTemplate } from './template.ts';

interface Rule {
  Id: string;
  Status: 'Enabled' | 'Disabled';
  Prefix?: string;
  ExpirationInDays?: number;
}

const template = synthesiseTemplate({ retentionDays: 3, auditRetentionDays: 9 });
const [, lake] = template.ofType('AWS::S3::Bucket').find(([id]) => id.startsWith('DataLakeBucket')) ?? [];
const { Rules = [] } = (lake?.Properties.LifecycleConfiguration ?? {}) as { Rules?: Rule[] };
const rules = expiryRules(
  Rules.map(({ Id, Status, Prefix, ExpirationInDays }) => ({
    ID: Id,
    Status,
    ...(Prefix !== undefined && { Filter: { Prefix } }),
    ...(ExpirationInDays !== undefined && { Expiration: { Days: ExpirationInDays } }),
  })),
);
const daysOf = (key: string) => rules.filter(({ prefix }) => key.startsWith(prefix)).map(({ days }) => days);

describe('what the bucket deletes by itself', () => {
  it.each([
    ['the watermark of a schedule', keys.watermark('daily')],
    ['the backlog that a watermark names', keys.backlog('daily', 'r1')],
    ['the list of open runs', keys.openRuns],
    ['a tombstone', keys.tombstone('0'.repeat(64))],
    ['a list of ids to extract', 'inputs/list.csv'],
  ])('is not %s: a schedule may pause for longer than anything is kept', (_, key) => {
    expect(daysOf(key)).toEqual([]);
  });

  it.each([
    ['parts', keys.transcripts('voice', '2026-11-21', 'r1', 0)],
    ['compacted files', keys.compacted('voice', '2026-11-21')],
    ['what compacted files were made from', keys.compaction('2026-11-21')],
    ['records of runs', keys.manifest('r1')],
    ['receipts', keys.receipt('r1', 0)],
    ['notes of which runs stored something on a day', keys.batchesOfRunOnDay('2026-11-21', 'r1')],
  ])('is of one age: %s', (_, key) => expect(daysOf(key)).toEqual([3]));

  it('is the audit trail at an age of its own', () => {
    expect(daysOf(keys.audit('2026-11-21', 'r1', 0))).toEqual([9]);
    expect(daysOf('audit/erasures/dt=2026-11-21/a.jsonl')).toEqual([9]);
  });
});
