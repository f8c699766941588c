/** What the bucket refuses to every principal, whatever a role allows. */
import { AnyPrincipal, Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Bucket } from 'aws-cdk-lib/aws-s3';

/**
 * Objects where two runs could meet: a write that does not say what it expects to find would undo the other's. A claim
 * or a plan belongs to the run that wrote it first; watermark and list of open runs move by compare-and-swap. The audit
 * trail is not written over by the pipeline at all (its roles may only create), and by other principals under a
 * condition only.
 */
export const CONDITIONAL_KEYS = ['state/*', 'runs/*/plan.json', 'audit/*'] as const;

/** Refuses objects under another key than the stage's, and blind writes where two runs could meet. */
export function refuseWrongWrites(bucket: Bucket, key: IKey): void {
  const refuse = (
    sid: string,
    objects: readonly string[],
    conditions: Record<string, Record<string, string>>,
  ): void => {
    bucket.addToResourcePolicy(
      new PolicyStatement({
        sid,
        effect: Effect.DENY,
        principals: [new AnyPrincipal()],
        actions: ['s3:PutObject'],
        resources: objects.map((pattern) => bucket.arnForObjects(pattern)),
        conditions,
      }),
    );
  };
  // A write that names no encryption gets the bucket's own: only one that names another is refused.
  const encryption = 's3:x-amz-server-side-encryption';
  refuse('OtherEncryption', ['*'], {
    StringNotEquals: { [encryption]: 'aws:kms' },
    Null: { [encryption]: 'false' },
  });
  // One that names KMS and no key would get the key that AWS manages, not the bucket's own: it is refused like another key.
  refuse('OtherKey', ['*'], {
    StringNotEquals: { [`${encryption}-aws-kms-key-id`]: key.keyArn },
    Null: { [encryption]: 'false' },
  });
  refuse('KeyOfTheCaller', ['*'], { Null: { [`${encryption}-customer-algorithm`]: 'false' } });
  refuse('BlindWrite', CONDITIONAL_KEYS, {
    Null: { 's3:if-none-match': 'true', 's3:if-match': 'true' },
    // The parts of a large upload carry no condition; what makes an object of them does.
    Bool: { 's3:ObjectCreationOperation': 'true' },
  });
}
