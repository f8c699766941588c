import { describe, expect, it } from 'vitest';
import { VENDOR_DOMAINS } from '../../../../../../lambdas/shared/vendor/settings.ts';
import { trustedUrl } from '../../../../../../lambdas/shared/vendor/sign-in/trusted-url.ts';

const config = (base: string, hosts = VENDOR_DOMAINS) => ({ CXONE_BASE_URL: base, CXONE_ALLOWED_HOSTS: hosts });
const CLOUD = config('https://cxone.niceincontact.com');
const OWN = config('https://sso.acme.test');
const LOCAL = config('http://127.0.0.1:8080');

describe('trustedUrl', () => {
  it.each([
    ['https://api-na1.niceincontact.com', CLOUD],
    ['https://niceincontact.com', CLOUD],
    ['https://api-na1.nice-incontact.com', CLOUD],
    ['https://api-au1.nicecxone-sov1.au', CLOUD],
    ['https://API-NA1.NICEINCONTACT.COM', CLOUD],
    ['https://sso.acme.test:8443/token', OWN],
    ['http://localhost:9', LOCAL],
    ['http://[::1]:9', LOCAL],
    ['https://api-na1.niceincontact.com', LOCAL],
  ])('lets %s through', (url, from) => {
    expect(trustedUrl(url, from).href).toBe(new URL(url).href);
  });

  it.each([
    ['https://evil.example', CLOUD, 'ConfigInvalid'],
    ['https://evilniceincontact.com', CLOUD, 'ConfigInvalid'],
    ['https://niceincontact.com.evil.example', CLOUD, 'ConfigInvalid'],
    ['https://niceincontact.com.', CLOUD, 'ConfigInvalid'],
    ['https://169.254.169.254', CLOUD, 'ConfigInvalid'],
    ['https://127.0.0.1', CLOUD, 'ConfigInvalid'],
    ['http://localhost:9', CLOUD, 'ConfigInvalid'],
    ['http://127.0.0.1:9', OWN, 'ConfigInvalid'],
    ['https://sub.sso.acme.test', OWN, 'ConfigInvalid'],
    ['https://api-na1.niceincontact.com', config('https://sso.acme.test', []), 'ConfigInvalid'],
    ['http://api-na1.niceincontact.com', CLOUD, 'ContractViolation'],
    ['https://me:secret@api-na1.niceincontact.com', CLOUD, 'ContractViolation'],
    ['https://evil.example\\@api-na1.niceincontact.com', CLOUD, 'ConfigInvalid'],
    ['file:///etc/passwd', CLOUD, 'ContractViolation'],
    ['api-na1.niceincontact.com', CLOUD, 'ContractViolation'],
    ['', CLOUD, 'ContractViolation'],
  ])('refuses %s', (url, from, name) => {
    expect(() => trustedUrl(url, from)).toThrow(expect.objectContaining({ name }));
  });
});
