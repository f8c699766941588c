import { describe, expect, it } from 'vitest';
import { apiBaseOf } from '../../../../../../lambdas/shared/vendor/sign-in/api-base.ts';
import { TenantConfiguration } from '../../../../../../lambdas/shared/vendor/sign-in/schemas.ts';
import { vendorConfig } from '../../../../../vendor-config.ts';

const config = vendorConfig('https://cxone.niceincontact.com');
const baseOf = (answer: object) => apiBaseOf(TenantConfiguration.parse(answer), config);
const HOME = { area: 'eu1', domain: 'nice-incontact.com' };

describe('apiBaseOf', () => {
  it.each([
    [{ api_endpoint: 'https://api-na1.niceincontact.com' }, 'https://api-na1.niceincontact.com'],
    [{ api_endpoint: 'https://api-na1.niceincontact.com/', ...HOME }, 'https://api-na1.niceincontact.com'],
    [{ api_endpoint: 'https://c12.niceincontact.com/x//?a=1#b' }, 'https://c12.niceincontact.com/x'],
    [HOME, 'https://api-eu1.nice-incontact.com'],
    [{ ...HOME, api_endpoint: null }, 'https://api-eu1.nice-incontact.com'],
    [{ ...HOME, api_endpoint: '' }, 'https://api-eu1.nice-incontact.com'],
    [{ ...HOME, api_endpoint: 7, area: 'EU1' }, 'https://api-eu1.nice-incontact.com'],
  ])('of %j', (answer, expected) => {
    expect(baseOf(answer)).toBe(expected);
  });

  it.each([
    [{}, 'ConfigInvalid', 'cxoneApiUrl'],
    [{ area: 'na1' }, 'ConfigInvalid', 'cxoneApiUrl'],
    [{ domain: 'niceincontact.com' }, 'ConfigInvalid', 'cxoneApiUrl'],
    [{ area: 'x.evil.example/', domain: 'niceincontact.com' }, 'ConfigInvalid', 'cxoneApiUrl'],
    [{ area: 'na1', domain: 'evil.example/.niceincontact.com' }, 'ConfigInvalid', 'cxoneAllowedHosts'],
    [{ area: 'na1', domain: 'evil.example#.niceincontact.com' }, 'ConfigInvalid', 'cxoneAllowedHosts'],
    [{ area: 'na1', domain: 'x@evil.example' }, 'ContractViolation', 'https'],
    [{ area: 'na1', domain: 'not a domain' }, 'ContractViolation', 'https'],
  ])('refuses %j', (answer, name, words) => {
    expect(() => baseOf(answer)).toThrow(expect.objectContaining({ name, message: expect.stringContaining(words) }));
  });
});
