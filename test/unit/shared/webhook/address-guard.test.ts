import dns from 'node:dns';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { AddressGuard, AddressRefused, isNetwork } from '../../../../lambdas/shared/webhook/address-guard.ts';

const publicEndpoint = new URL('https://lake.example.com/in');
afterEach(() => vi.restoreAllMocks());

const REFUSED = [
  ...['0.0.0.0', '10.0.0.1', '100.64.0.1', '127.0.0.1', '169.254.169.254', '172.16.0.1', '172.31.255.255'],
  ...['192.168.1.1', '198.18.0.1', '224.0.0.1', '255.255.255.255', '::', '::1', 'fc00::1', 'fd00:ec2::254'],
  ...['fe80::1', 'ff02::1', '::ffff:10.0.0.1', '::ffff:169.254.169.254', '64:ff9b::a00:1', '2002:a00:1::'],
];
const ALLOWED = ['1.1.1.1', '8.8.8.8', '172.32.0.1', '100.128.0.1', '2606:4700:4700::1111', '::ffff:1.1.1.1'];

describe('AddressGuard', () => {
  it.each(REFUSED)('refuses %s', (address) => expect(new AddressGuard(publicEndpoint, []).allows(address)).toBe(false));
  it.each(ALLOWED)('allows %s', (address) => expect(new AddressGuard(publicEndpoint, []).allows(address)).toBe(true));

  it('allows the networks that are configured, and no others', () => {
    const guard = new AddressGuard(publicEndpoint, ['10.20.0.0/16', 'fd12::/16']);
    expect(['10.20.3.4', 'fd12::9'].map((address) => guard.allows(address))).toEqual([true, true]);
    expect(['10.21.0.1', '192.168.0.1'].map((address) => guard.allows(address))).toEqual([false, false]);
  });

  it('allows loopback to an endpoint that is written so', () => {
    expect(new AddressGuard(new URL('http://127.0.0.1:80/'), []).allows('127.0.0.1')).toBe(true);
    expect(new AddressGuard(new URL('http://[::1]:80/'), []).allowsHost(new URL('http://[::1]:80/'))).toBe(true);
    expect(new AddressGuard(new URL('http://127.0.0.1:80/'), []).allows('10.0.0.1')).toBe(false);
  });

  function resolveTo(...addresses: string[]) {
    vi.spyOn(dns, 'lookup').mockImplementation(((_name: string, _options: unknown, callback: unknown) => {
      const found = addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
      (callback as (error: null, found: unknown) => void)(null, found);
    }) as typeof dns.lookup);
  }
  const lookup = (all: boolean) =>
    new Promise<{ error: unknown; found: unknown }>((resolve) => {
      new AddressGuard(publicEndpoint, []).lookup('lake.example.com', { all }, (error, found) =>
        resolve({ error, found }),
      );
    });

  it('connects a name to its public addresses only, whatever it resolves to this time', async () => {
    resolveTo('10.0.0.5', '1.1.1.1');
    expect(await lookup(true)).toEqual({ error: null, found: [{ address: '1.1.1.1', family: 4 }] });
    expect(await lookup(false)).toMatchObject({ found: '1.1.1.1' });
    resolveTo('169.254.169.254');
    expect((await lookup(true)).error).toBeInstanceOf(AddressRefused);
  });
});

describe('isNetwork', () => {
  it.each(['10.0.0.0/8', '0.0.0.0/0', 'fd00::/8', '192.168.1.7/32', '::1/128'])('%s is one', (text) =>
    expect(isNetwork(text)).toBe(true),
  );
  it.each(['10.0.0.0', '10.0.0.0/33', '10.0.0/8', 'fd00::/129', 'x/8', '10.0.0.0/8/8', '10.0.0.0/-1', ''])(
    '%s is none',
    (text) => expect(isNetwork(text)).toBe(false),
  );
});
