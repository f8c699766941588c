/** How long what is kept: one row for each rule of the buckets, in days. */
import { describe, expect, it } from 'vitest';
import { synthesiseTemplate } from './template.ts';

interface Rule {
  Id: string;
  Status: string;
  Prefix?: string;
  ExpirationInDays?: number;
  ExpiredObjectDeleteMarker?: boolean;
  NoncurrentVersionExpiration?: { NoncurrentDays: number; NewerNoncurrentVersions?: number };
  AbortIncompleteMultipartUpload?: { DaysAfterInitiation: number };
}

const rulesOf = (template: ReturnType<typeof synthesiseTemplate>, bucket: string): Rule[] => {
  const [found] = template.ofType('AWS::S3::Bucket').filter(([id]) => new RegExp(`^${bucket}[0-9A-F]{8}$`).test(id));
  const configuration = found?.[1].Properties.LifecycleConfiguration as { Rules: Rule[] } | undefined;
  return configuration?.Rules ?? [];
};

/** What a rule does, as short text. */
function effectOf(rule: Rule): string {
  return [
    ...(rule.ExpirationInDays === undefined ? [] : [`gone after ${rule.ExpirationInDays}`]),
    ...(rule.NoncurrentVersionExpiration
      ? [`old versions after ${rule.NoncurrentVersionExpiration.NoncurrentDays}`]
      : []),
    ...(rule.ExpiredObjectDeleteMarker ? ['delete markers with them'] : []),
    ...(rule.AbortIncompleteMultipartUpload
      ? [`unfinished uploads after ${rule.AbortIncompleteMultipartUpload.DaysAfterInitiation}`]
      : []),
  ].join(', ');
}

const byRule = (rules: readonly Rule[]) =>
  Object.fromEntries(rules.map((rule) => [`${rule.Id}: ${rule.Prefix ?? 'everything'}`, effectOf(rule)]));

const defaults = synthesiseTemplate();
const chosen = synthesiseTemplate({ retentionDays: 100, auditRetentionDays: 3_000 });

/** Rule and prefix, what it does by default, and what with a retention of 100 days and 3,000 for the audit trail. */
const DATA_LAKE: [rule: string, byDefault: string, whereChosen: string][] = [
  ['expire-transcripts: transcripts/', 'gone after 730', 'gone after 100'],
  ['expire-compacted: compacted/', 'gone after 730', 'gone after 100'],
  ['expire-compactions: compactions/', 'gone after 730', 'gone after 100'],
  ['expire-runs: runs/', 'gone after 730', 'gone after 100'],
  ['expire-audit: audit/', 'gone after 2557', 'gone after 3000'],
  ['expire-query-results: athena-results/', 'gone after 30', 'gone after 30'],
  ['expire-days: state/days/', 'gone after 730', 'gone after 100'],
  ['expire-claims: state/claims/', 'gone after 90', 'gone after 90'],
  [
    'expire-old-versions: everything',
    'old versions after 30, delete markers with them',
    'old versions after 30, delete markers with them',
  ],
  ['abort-uploads: everything', 'unfinished uploads after 7', 'unfinished uploads after 7'],
];

describe('the data lake', () => {
  it.each(DATA_LAKE)('%s', (rule, byDefault, whereChosen) => {
    expect(byRule(rulesOf(defaults, 'DataLakeBucket'))[rule]).toBe(byDefault);
    expect(byRule(rulesOf(chosen, 'DataLakeBucket'))[rule]).toBe(whereChosen);
  });

  it('has no other rule, and each is on', () => {
    const rules = rulesOf(defaults, 'DataLakeBucket');
    expect(Object.keys(byRule(rules)).sort()).toEqual(DATA_LAKE.map(([rule]) => rule).sort());
    expect(rules.map(({ Status }) => Status)).toEqual(rules.map(() => 'Enabled'));
  });

  it.each(['state/watermarks/', 'state/tombstones/', 'state/unreadable/', 'state/open-runs.json'])(
    '%s is kept for good',
    (key) => {
      const taken = rulesOf(defaults, 'DataLakeBucket').filter(
        ({ Prefix = '', ExpirationInDays }) => ExpirationInDays !== undefined && key.startsWith(Prefix),
      );
      expect(taken).toEqual([]);
    },
  );
});

describe('the access logs', () => {
  it('are kept for 400 days', () => {
    expect(byRule(rulesOf(defaults, 'DataLakeAccessLogs'))).toEqual({
      'expire-access-logs: everything': 'gone after 400',
      'abort-uploads: everything': 'unfinished uploads after 7',
    });
  });
});
