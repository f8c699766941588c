import { isIP } from 'node:net';

/**
 * True for an address and the number of its network's bits (CIDR).
 *
 * @example
 * isNetwork('10.0.0.0/8') // true
 * isNetwork('fd00::/129') // false
 */
export function isNetwork(text: string): boolean {
  const [address = '', prefix = '', ...rest] = text.split('/');
  const bits = isIP(address) === 6 ? 128 : 32;
  return rest.length === 0 && isIP(address) !== 0 && /^\d{1,3}$/.test(prefix) && Number(prefix) <= bits;
}
