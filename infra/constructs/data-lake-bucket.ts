import { Effect, type IGrantable, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { BlockPublicAccess, Bucket, BucketEncryption, type IBucket, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { Duration, RemovalPolicy } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { refuseWrongWrites } from './bucket-rules.ts';
import { QUERY_RESULTS_PREFIX } from './data-catalog.ts';
import { keyThrough } from './pipeline-key.ts';

export interface DataLakeBucketProps {
  encryptionKey: IKey;
  /** Days that transcripts and the records of runs are kept. */
  retentionDays: number;
  auditRetentionDays: number;
}

/** How long the proof of who read what is kept. */
const ACCESS_LOG_DAYS = 400;

/**
 * The bucket of transcripts, audit trail, run records and state.
 *
 * Its `grant…` methods name exact actions on exact key patterns; those of {@link Bucket} give more than is needed here
 * (tagging, retention, legal holds).
 */
export class DataLakeBucket extends Construct {
  readonly bucket: IBucket;
  readonly #key: IKey;

  constructor(scope: Construct, id: string, props: DataLakeBucketProps) {
    super(scope, id);
    this.#key = props.encryptionKey;
    const accessLogs = new Bucket(this, 'AccessLogs', {
      // S3 delivers server access logs only to buckets with S3-managed keys.
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      removalPolicy: RemovalPolicy.RETAIN,
      lifecycleRules: [
        { id: 'expire-access-logs', expiration: Duration.days(ACCESS_LOG_DAYS) },
        { id: 'abort-uploads', abortIncompleteMultipartUploadAfter: Duration.days(7) },
      ],
    }) as IBucket;
    const bucket = new Bucket(this, 'Bucket', {
      encryption: BucketEncryption.KMS,
      encryptionKey: props.encryptionKey,
      // One data key an hour instead of a call to KMS for every object.
      bucketKeyEnabled: true,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      versioned: true,
      serverAccessLogsBucket: accessLogs,
      serverAccessLogsPrefix: 'data-lake/',
      removalPolicy: RemovalPolicy.RETAIN,
      // Nothing that `state/` names may be below a prefix that expires: a schedule may pause for longer than any of them.
      lifecycleRules: [
        { id: 'expire-transcripts', prefix: 'transcripts/', expiration: Duration.days(props.retentionDays) },
        { id: 'expire-compacted', prefix: 'compacted/', expiration: Duration.days(props.retentionDays) },
        // What the compacted files were made from: of no use once they are gone.
        { id: 'expire-compactions', prefix: 'compactions/', expiration: Duration.days(props.retentionDays) },
        { id: 'expire-runs', prefix: 'runs/', expiration: Duration.days(props.retentionDays) },
        { id: 'expire-audit', prefix: 'audit/', expiration: Duration.days(props.auditRetentionDays) },
        // Copies: one that is needed for longer is asked for again.
        { id: 'expire-query-results', prefix: QUERY_RESULTS_PREFIX, expiration: Duration.days(30) },
        // Which runs stored something on a day: of no use once what they stored is gone.
        { id: 'expire-days', prefix: 'state/days/', expiration: Duration.days(props.retentionDays) },
        // A schedule never fires twice for the same moment after this long.
        { id: 'expire-claims', prefix: 'state/claims/', expiration: Duration.days(90) },
        {
          id: 'expire-old-versions',
          noncurrentVersionExpiration: Duration.days(30),
          expiredObjectDeleteMarker: true,
        },
        { id: 'abort-uploads', abortIncompleteMultipartUploadAfter: Duration.days(7) },
      ],
    });
    refuseWrongWrites(bucket, props.encryptionKey);
    this.bucket = bucket as IBucket;
  }

  /** `s3:GetObject` on the key patterns, and the decryption that goes with it. */
  grantGet(grantee: IGrantable, ...patterns: string[]): void {
    this.#allow(
      grantee,
      ['s3:GetObject'],
      patterns.map((pattern) => this.bucket.arnForObjects(pattern)),
    );
    this.#allowKey(grantee, 'kms:Decrypt');
  }

  /** `s3:PutObject` on the key patterns, multipart uploads included. */
  grantPut(grantee: IGrantable, ...patterns: string[]): void {
    const objects = patterns.map((pattern) => this.bucket.arnForObjects(pattern));
    this.#allow(grantee, ['s3:PutObject', 's3:AbortMultipartUpload'], objects);
    // Completing a multipart upload decrypts its parts.
    this.#allowKey(grantee, 'kms:GenerateDataKey', 'kms:Decrypt');
  }

  /** As {@link grantPut}, for objects that are not there yet; S3 holds each upload to it when it becomes an object. */
  grantCreate(grantee: IGrantable, ...patterns: string[]): void {
    this.grantPut(grantee, ...patterns);
    grantee.grantPrincipal.addToPrincipalPolicy(
      new PolicyStatement({
        effect: Effect.DENY,
        actions: ['s3:PutObject'],
        resources: patterns.map((pattern) => this.bucket.arnForObjects(pattern)),
        conditions: { Null: { 's3:if-none-match': 'true' }, Bool: { 's3:ObjectCreationOperation': 'true' } },
      }),
    );
  }

  /** `s3:DeleteObject` on the key patterns: the bucket is versioned, so what is deleted by mistake can be brought back. */
  grantDelete(grantee: IGrantable, ...patterns: string[]): void {
    this.#allow(
      grantee,
      ['s3:DeleteObject'],
      patterns.map((pattern) => this.bucket.arnForObjects(pattern)),
    );
  }

  /** `s3:DeleteObjectVersion` on the key patterns, and the listing of versions: what is deleted so cannot be brought back. */
  grantDeleteVersions(grantee: IGrantable, ...patterns: string[]): void {
    this.#allow(
      grantee,
      ['s3:DeleteObjectVersion'],
      patterns.map((pattern) => this.bucket.arnForObjects(pattern)),
    );
    this.#allow(grantee, ['s3:ListBucketVersions'], [this.bucket.bucketArn]);
  }

  /**
   * `s3:ListBucket`, without which S3 answers 403 instead of 404 for an object that is not there.
   *
   * There is no `s3:prefix` condition: GetObject and HeadObject carry no prefix, so with it their 404 would be a 403
   * again. Keys hold run ids, batch numbers and dates, nothing about a person.
   */
  grantList(grantee: IGrantable): void {
    this.#allow(grantee, ['s3:ListBucket'], [this.bucket.bucketArn]);
  }

  #allowKey(grantee: IGrantable, ...actions: string[]): void {
    grantee.grantPrincipal.addToPrincipalPolicy(keyThrough(this.#key, 's3', actions));
  }

  #allow(grantee: IGrantable, actions: string[], resources: string[]): void {
    grantee.grantPrincipal.addToPrincipalPolicy(new PolicyStatement({ effect: Effect.ALLOW, actions, resources }));
  }
}
