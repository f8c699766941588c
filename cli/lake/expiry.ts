/** What the bucket deletes by itself: an object that is gone because it was kept long enough is no fault. */
import { GetBucketLifecycleConfigurationCommand, type LifecycleRule, S3ServiceException } from '@aws-sdk/client-s3';
import { toPipelineError } from '../../lambdas/shared/storage/object-store.ts';
import type { Lake } from './open-lake.ts';

/** Objects below the prefix are deleted so many days after they were written. */
export interface ExpiryRule {
  prefix: string;
  days: number;
}

const DAY_MS = 86_400_000;

/**
 * Whether the bucket's rules may have deleted an object of that age.
 *
 * @param writtenMs when it was written at the earliest, in ms since the epoch
 * @example
 * hasExpired([{ prefix: 'runs/', days: 7 }], 'runs/r1/plan.json', nowMs - 8 * 86_400_000, nowMs) // true
 */
export function hasExpired(rules: readonly ExpiryRule[], key: string, writtenMs: number, nowMs: number): boolean {
  return rules.some(({ prefix, days }) => key.startsWith(prefix) && writtenMs + days * DAY_MS <= nowMs);
}

/**
 * The rules of a lifecycle configuration that delete current objects by age, in days. Pure.
 *
 * @example
 * expiryRules([{ Status: 'Enabled', Filter: { Prefix: 'audit/' }, Expiration: { Days: 400 } }])
 * // [{ prefix: 'audit/', days: 400 }]
 */
export function expiryRules(rules: readonly LifecycleRule[]): ExpiryRule[] {
  return rules.flatMap(({ Status, Prefix, Filter, Expiration }) => {
    const prefix = Filter?.Prefix ?? Prefix;
    const days = Expiration?.Days;
    return Status === 'Enabled' && prefix !== undefined && days !== undefined ? [{ prefix, days }] : [];
  });
}

/** S3 has no such configuration; a lake on this machine has none ever; this role may not read it. */
const WITHOUT_RULES = new Set(['NoSuchLifecycleConfiguration', 'NotImplemented', 'AccessDenied']);

/**
 * The bucket's rules; none where it has none, or where they may not be read (then what is gone is a fault).
 *
 * @throws PipelineError `DataLakeUnavailable`, `DataLakeRejected`
 * @example await readExpiryRules(lake) // [{ prefix: 'transcripts/', days: 730 }]
 */
export async function readExpiryRules({ client, bucket }: Pick<Lake, 'client' | 'bucket'>): Promise<ExpiryRule[]> {
  try {
    const { Rules } = await client.send(new GetBucketLifecycleConfigurationCommand({ Bucket: bucket }));
    return expiryRules(Rules ?? []);
  } catch (error) {
    if (error instanceof S3ServiceException && WITHOUT_RULES.has(error.name)) return [];
    throw toPipelineError(error, 'GetBucketLifecycleConfiguration');
  }
}
