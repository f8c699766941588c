import { describe, expect, it } from 'vitest';
import { expiryRules, hasExpired } from '../../../../cli/lake/expiry.ts';

const DAY = 86_400_000;
const NOW = 1_000 * DAY;
const rules = expiryRules([
  { ID: 'runs', Status: 'Enabled', Filter: { Prefix: 'runs/' }, Expiration: { Days: 7 } },
  { ID: 'old form', Status: 'Enabled', Prefix: 'audit/', Expiration: { Days: 30 } },
  { ID: 'off', Status: 'Disabled', Filter: { Prefix: 'transcripts/' }, Expiration: { Days: 1 } },
  { ID: 'old versions', Status: 'Enabled', Filter: { Prefix: '' }, NoncurrentVersionExpiration: { NoncurrentDays: 1 } },
]);

describe('what the bucket keeps no longer', () => {
  it.each([
    ['runs/r1/plan.json', 7, true],
    ['runs/r1/plan.json', 6.9, false],
    ['audit/dt=2026-11-21/r1-000000.jsonl.gz', 31, true],
    ['audit/dt=2026-11-21/r1-000000.jsonl.gz', 8, false],
    ['transcripts/v=1/x', 500, false],
    ['state/watermarks/daily.json', 500, false],
  ])('%s of %d days: %s', (key, ageDays, expected) => {
    expect(hasExpired(rules, key, NOW - ageDays * DAY, NOW)).toBe(expected);
  });
});
