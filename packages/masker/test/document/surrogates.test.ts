import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { PiiType } from '../../src/model/type-table.ts';
import { maskText } from '../masker.ts';

const tools = {
  surrogate: (type: PiiType, canonical: string): string =>
    createHmac('sha256', 'a key for tests')
      .update(`${type}:${canonical}`)
      .digest('base64url')
      .replace(/[-_]/g, '')
      .slice(0, 12),
};
const tokenOf = (text: string): string | undefined => /\[[A-Z_]+:([A-Za-z0-9]+)\]/.exec(maskText(text, {}, tools))?.[1];

describe('surrogates', () => {
  test('join the typed, spoken and prefixed forms of one number', () => {
    const token = tokenOf('call 212-555-0142');
    expect(token).toMatch(/^[A-Za-z0-9]{12}$/);
    expect(tokenOf('call (212) 555 0142')).toBe(token);
    expect(tokenOf('call +1 212 555 0142')).toBe(token);
    expect(tokenOf('call me on two one two five five five oh one four two')).toBe(token);
    expect(tokenOf('call 212-555-0143')).not.toBe(token);
  });

  test('do not depend on the case of an address', () => {
    expect(tokenOf('ANA@example.org')).toBe(tokenOf('ana@EXAMPLE.org'));
    expect(tokenOf('ana-lopez@example.org')).not.toBe(tokenOf('analopez@example.org'));
  });

  test.each([
    'card 4242 4242 4242 4242',
    'cvv 731',
    'ssn 457-55-5462',
    'last four of my social 5462',
    'my pin is 4815',
    'password: tulip',
  ])('never stand for %s', (text) => {
    expect(maskText(text, {}, tools)).not.toMatch(/\[[A-Z_0-9]+:/);
  });

  test('are not masked again', () => {
    const once = maskText('call 212-555-0142 or write to ana@example.org', {}, tools);
    expect(maskText(once, {}, tools)).toBe(once);
  });
});

test('a replacement can be renamed', () => {
  expect(maskText('call 212-555-0142', { replacements: { PHONE_NUMBER: '[PHONE]' } })).toBe('call [PHONE]');
});

test('a type can be switched off, an opt-in type on', () => {
  expect(maskText('mail ana@example.org', { disable: ['EMAIL_ADDRESS'] })).toBe('mail ana@example.org');
  expect(maskText('router 00:1A:2B:3C:4D:5E', {})).toBe('router 00:1A:2B:3C:4D:5E');
  expect(maskText('router 00:1A:2B:3C:4D:5E', { enable: ['MAC_ADDRESS'] })).toBe('router [MAC_ADDRESS]');
  expect(maskText('my SIN is 130 692 544', { enable: ['CA_SIN'] })).toBe('my SIN is [SIN]');
  expect(maskText('nino AZ 12 34 56 A', { enable: ['UK_NINO'] })).toBe('nino [NINO]');
  expect(maskText('medicare 1EG4-TE5-MK73', { enable: ['US_MBI'] })).toBe('medicare [MEDICARE_ID]');
  expect(maskText('vin 1M8GDM9AXKP042788', { enable: ['VIN'] })).toBe('vin [VIN]');
  expect(maskText('aadhaar 2345 6789 0124', { enable: ['IN_AADHAAR'] })).toBe('aadhaar [AADHAAR]');
  expect(maskText('passport A12803456', { enable: ['US_PASSPORT'] })).toBe('passport [PASSPORT]');
});

test('national phone formats count in configured regions', () => {
  expect(maskText('erreichbar unter 030 901820', {})).toBe('erreichbar unter 030 901820');
  expect(maskText('erreichbar unter 030 901820', { regions: ['DE'] })).toBe('erreichbar unter [PHONE_MASKED]');
});
