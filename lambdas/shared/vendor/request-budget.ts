/** The budget of requests to the vendor, one for each of its APIs. */
import { PipelineError } from '../contracts/errors.ts';
import type { RequestBudget } from '../lib/pacing/pacer.ts';
import type { PaceConfig, VendorConfig } from './settings.ts';

/**
 * The budget of a stage's source.
 *
 * @example requestBudget(config).api // 'interaction-analytics'
 */
export function requestBudget(
  config: Pick<VendorConfig, 'CXONE_SOURCE'> & Pick<PaceConfig, 'CXONE_REQUESTS_PER_SECOND'>,
): RequestBudget {
  return {
    api: config.CXONE_SOURCE,
    perSecond: config.CXONE_REQUESTS_PER_SECOND,
    metrics: { requests: 'VendorRequests', heldUp: 'VendorHeldUp' },
    later: (retryAfterSeconds) =>
      new PipelineError('VendorThrottled', 'The budget of requests to CXone is used up for now', { retryAfterSeconds }),
  };
}
