import dns from 'node:dns';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { AddressGuard, AddressRefused } from '../../../../../lambdas/shared/delivery/address-guard.ts';

const publicEndpoint = new URL('https://lake.example.com/in');
afterEach(() => vi.restoreAllMocks());

const REFUSED = [
  ...['0.0.0.0', '10.0.0.1', '100.64.0.1', '127.0.0.1', '169.254.169.254', '172.16.0.1', '172.31.255.255'],
  ...['192.168.1.1', '198.18.0.1', '224.0.0.1', '255.255.255.255', '::', '::1', 'fc00::1', 'fd00:ec2::254'],
  ...['fe80::1', 'ff02::1', '::ffff:10.0.0.1', '::ffff:169.254.169.254', '64:ff9b::a00:1', '2002:a00:1::'],
];
const ALLOWED = ['1.1.1.1', '8.8.8.8', '172.32.0.1', '100.128.0.1', '2606:4700:4700::1111', '::ffff:1.1.1.1'];

/** IANA special-purpose registries: each block that is not globally reachable, by its first and its last address. */
const NOT_REACHABLE: [block: string, first: string, last: string][] = [
  ['0.0.0.0/8', '0.0.0.0', '0.255.255.255'],
  ['10.0.0.0/8', '10.0.0.0', '10.255.255.255'],
  ['100.64.0.0/10', '100.64.0.0', '100.127.255.255'],
  ['127.0.0.0/8', '127.0.0.0', '127.255.255.255'],
  ['169.254.0.0/16', '169.254.0.0', '169.254.255.255'],
  ['172.16.0.0/12', '172.16.0.0', '172.31.255.255'],
  ['192.0.0.0/24', '192.0.0.0', '192.0.0.255'],
  ['192.0.2.0/24', '192.0.2.0', '192.0.2.255'],
  ['192.88.99.0/24', '192.88.99.0', '192.88.99.255'],
  ['192.168.0.0/16', '192.168.0.0', '192.168.255.255'],
  ['198.18.0.0/15', '198.18.0.0', '198.19.255.255'],
  ['198.51.100.0/24', '198.51.100.0', '198.51.100.255'],
  ['203.0.113.0/24', '203.0.113.0', '203.0.113.255'],
  ['224.0.0.0/4', '224.0.0.0', '239.255.255.255'],
  ['240.0.0.0/4', '240.0.0.0', '255.255.255.255'],
  ['::/96', '::', '::ffff:ffff'],
  ['::ffff:0:0/96 of private ones', '::ffff:192.168.0.0', '::ffff:192.168.255.255'],
  ['::ffff:0:0:0/96', '::ffff:0:0:0', '::ffff:0:ffff:ffff'],
  ['64:ff9b::/96', '64:ff9b::', '64:ff9b::ffff:ffff'],
  ['64:ff9b:1::/48', '64:ff9b:1::', '64:ff9b:1:ffff:ffff:ffff:ffff:ffff'],
  ['100::/64', '100::', '100::ffff:ffff:ffff:ffff'],
  ['100:0:0:1::/64', '100:0:0:1::', '100:0:0:1:ffff:ffff:ffff:ffff'],
  ['2001::/23', '2001::', '2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff'],
  ['2001:db8::/32', '2001:db8::', '2001:db8:ffff:ffff:ffff:ffff:ffff:ffff'],
  ['2002::/16', '2002::', '2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff'],
  ['3fff::/20', '3fff::', '3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff'],
  ['5f00::/16', '5f00::', '5f00:ffff:ffff:ffff:ffff:ffff:ffff:ffff'],
  ['fc00::/7', 'fc00::', 'fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'],
  ['fe80::/10', 'fe80::', 'febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff'],
  ['fec0::/10', 'fec0::', 'feff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'],
  ['ff00::/8', 'ff00::', 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'],
];
/** Just outside of them, where the neighbour is public. */
const NEIGHBOURS = [
  ...['1.0.0.0', '9.255.255.255', '11.0.0.0', '100.63.255.255', '126.255.255.255', '128.0.0.0', '169.253.255.255'],
  ...['169.255.0.0', '172.15.255.255', '192.0.1.0', '192.88.98.255', '192.88.100.0', '192.167.255.255', '192.169.0.0'],
  ...['198.17.255.255', '198.20.0.0', '198.51.99.255', '203.0.114.0', '223.255.255.255', '2001:200::', '2003::'],
  ...['2001:db7:ffff::', '2001:db9::', '3ffe:ffff::', '3fff:1000::', '5eff:ffff::', '5f01::', '64:ff9b:0:1::'],
];

describe('AddressGuard', () => {
  it.each(NOT_REACHABLE)('refuses %s from its first address to its last', (_block, first, last) => {
    const guard = new AddressGuard(publicEndpoint, []);
    expect([first, last].map((address) => guard.allows(address))).toEqual([false, false]);
  });
  it.each(NEIGHBOURS)('allows %s, beside a block', (address) =>
    expect(new AddressGuard(publicEndpoint, []).allows(address)).toBe(true),
  );
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
