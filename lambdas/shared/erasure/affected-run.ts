/** What an erasure works on. */
import type { S3Client } from '@aws-sdk/client-s3';
import type { ObjectStorage } from '../storage/object-store.ts';
import type { FoundRecord } from '../storage/read-record.ts';
import type { BatchReceipt } from '../storage/records.ts';

/** A bucket of which old versions are deleted too. */
export interface ErasableLake {
  store: ObjectStorage;
  client: S3Client;
  bucket: string;
}

export interface AffectedReceipt extends FoundRecord<BatchReceipt> {
  key: string;
}

/** A run that has stored some of what is to be erased, and the receipts of its batches that did. */
export interface AffectedRun {
  runId: string;
  receipts: AffectedReceipt[];
}

/** Of one erasure. */
export interface Erasing {
  isUnwanted: (interactionId: string) => boolean;
  /** Now, ISO 8601. */
  at: string;
  /** A folder on the local disk, with room for one part. */
  scratch: string;
}
