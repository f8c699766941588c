import { VENDOR_DOMAINS, type VendorConfig, VendorPaths } from '../lambdas/shared/vendor/settings.ts';

/** Settings of a vendor at a URL, with the paths of the real one. */
export function vendorConfig(baseUrl: string, resultOrigins: string[] = []): VendorConfig {
  return {
    CXONE_SOURCE: 'bulk-job',
    CXONE_BASE_URL: baseUrl,
    CXONE_API_URL: '',
    CXONE_ALLOWED_HOSTS: VENDOR_DOMAINS,
    CXONE_SECRET_ID: 'cxone',
    CXONE_PATHS: VendorPaths.parse({}),
    CXONE_RESULT_ORIGINS: resultOrigins,
  };
}
