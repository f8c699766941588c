import type { SourceName } from '../contracts/source-name.ts';
import { BulkJobApi } from './bulk-job/bulk-job-api.ts';
import { BulkJobSource } from './bulk-job/bulk-job-source.ts';
import { createDigitalApi } from './digital-engagement/digital-api.ts';
import { DigitalEngagementSource } from './digital-engagement/digital-engagement-source.ts';
import { AnalyticsApi } from './interaction-analytics/analytics-api.ts';
import { AnalyticsSource } from './interaction-analytics/analytics-source.ts';
import type { VendorConfig } from './settings.ts';
import { Sessions } from './sign-in/sessions.ts';
import type { TranscriptSource } from './transcript-source.ts';

/** How each source is made. */
const SOURCES: Record<SourceName, (config: VendorConfig) => TranscriptSource> = {
  'bulk-job': (config) => new BulkJobSource(new BulkJobApi(config)),
  'interaction-analytics': (config) => new AnalyticsSource(new AnalyticsApi(config)),
  'digital-engagement': (config) => new DigitalEngagementSource(createDigitalApi(new Sessions(config))),
};

/** The source of transcripts that the configuration names; one for each container, since it holds the access token. */
export function createSource(config: VendorConfig): TranscriptSource {
  return SOURCES[config.CXONE_SOURCE](config);
}
