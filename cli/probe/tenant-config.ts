import { VENDOR_DOMAINS, VendorConfig } from '../../lambdas/shared/vendor/settings.ts';

/** Whom to ask, and with which credentials. */
export interface NamedVendor {
  baseUrl: string;
  secret: Readonly<Record<string, string>>;
  apiUrl?: string;
  allowedHosts?: readonly string[];
}

/**
 * What a function of a stage would be told of the vendor.
 *
 * @example tenantConfig({ baseUrl: 'https://cxone.niceincontact.com', secret }).CXONE_API_URL // '': it is discovered
 */
export function tenantConfig({ baseUrl, apiUrl = '', allowedHosts = VENDOR_DOMAINS }: NamedVendor): VendorConfig {
  return VendorConfig.parse({
    CXONE_SOURCE: 'interaction-analytics',
    CXONE_BASE_URL: baseUrl,
    CXONE_API_URL: apiUrl,
    CXONE_ALLOWED_HOSTS: JSON.stringify(allowedHosts),
    CXONE_SECRET_ID: 'environment',
    CXONE_PATHS: '{}',
    CXONE_RESULT_ORIGINS: '[]',
  });
}
