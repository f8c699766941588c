import { BulkJobApi } from './bulk-job/bulk-job-api.ts';
import { BulkJobSource } from './bulk-job/bulk-job-source.ts';
import type { VendorConfig } from './settings.ts';
import type { TranscriptSource } from './transcript-source.ts';

/** The source of transcripts that the configuration names; one for each container, since it holds the access token. */
export function createSource(config: VendorConfig): TranscriptSource {
  return new BulkJobSource(new BulkJobApi(config));
}
