/** Which addresses a delivery may connect to: the check is made on what the name resolves to, at every connect. */
import type { LookupAddress, LookupAllOptions } from 'node:dns';
import dns from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { isLoopback } from '../lib/secure-url.ts';

/**
 * Addresses that are not public (IANA special-purpose registries, what they call not globally reachable): private,
 * link-local with metadata, multicast, …
 */
const NOT_PUBLIC: readonly string[] = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  // Relays to 6to4, gone since 2015: any network that announces it gets what is sent there.
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
  // Addresses that carry an IPv4 address inside: the translator at their end may reach a private one. The first are also
  // the unspecified one and loopback.
  '::/96',
  '::ffff:0:0:0/96',
  '64:ff9b::/96',
  '64:ff9b:1::/48',
  '2002::/16',
  '100::/64',
  '100:0:0:1::/64',
  '2001::/23',
  '2001:db8::/32',
  '3fff::/20',
  '5f00::/16',
  'fc00::/7',
  'fe80::/10',
  'fec0::/10',
  'ff00::/8',
];

const LOOPBACK: readonly string[] = ['127.0.0.0/8', '::1/128'];

function family(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 6 ? 'ipv6' : 'ipv4';
}

function blockList(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', prefix = ''] = network.split('/');
    list.addSubnet(address, Number(prefix), family(address));
  }
  return list;
}

/** The endpoint is, or its name resolves to, an address that deliveries must not go to. */
export class AddressRefused extends Error {
  readonly code = 'ADDRESS_REFUSED';

  constructor() {
    super('the address is not public');
    this.name = 'AddressRefused';
  }
}

const notPublic = blockList(NOT_PUBLIC);

/** Decides which addresses the deliveries to one endpoint may go to. */
export class AddressGuard {
  readonly #allowed: BlockList;

  /**
   * @param endpoint where deliveries go; one that is written as loopback may be reached on loopback
   * @param allowedNetworks networks in CIDR form that are allowed although they are not public
   */
  constructor(endpoint: URL, allowedNetworks: readonly string[]) {
    this.#allowed = blockList([...allowedNetworks, ...(isLoopback(endpoint) ? LOOPBACK : [])]);
  }

  /**
   * True for an address that is public, or in a network that is allowed.
   *
   * @example new AddressGuard(new URL('https://lake.example.com'), ['10.0.0.0/8']).allows('10.1.2.3') // true
   */
  allows(address: string): boolean {
    return this.#allowed.check(address, family(address)) || !notPublic.check(address, family(address));
  }

  /** True unless the endpoint is written as an address that is not allowed: no name is looked up then. */
  allowsHost(endpoint: URL): boolean {
    const host = endpoint.hostname.replace(/^\[|\]$/g, '');
    return isIP(host) === 0 || this.allows(host);
  }

  /** For `net.connect`: resolves a name to its allowed addresses only, so what was checked is what is connected to. */
  readonly lookup: LookupFunction = (hostname, options, callback) => {
    const all: LookupAllOptions = { ...(options as LookupAllOptions), all: true };
    dns.lookup(hostname, all, (error: NodeJS.ErrnoException | null, found: LookupAddress[]) => {
      if (error) return callback(error, []);
      const allowed = found.filter(({ address }) => this.allows(address));
      const [first] = allowed;
      if (first === undefined) return callback(new AddressRefused(), []);
      if (options.all) return callback(null, allowed);
      callback(null, first.address, first.family);
    });
  };
}
