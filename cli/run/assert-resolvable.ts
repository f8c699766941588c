import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { UsageError } from '../process/usage-error.ts';

/**
 * Looks up the host of a URL, once: a person at a terminal has most likely mistyped a name that does not resolve, and
 * should not watch it being tried for minutes.
 *
 * @example await assertResolvable('--cxone-url', 'https://nosuch.invalid'); // UsageError
 * @throws UsageError naming the option, the host and the resolver's code
 */
export async function assertResolvable(option: string, url: string): Promise<void> {
  const host = new URL(url).hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) !== 0) return;
  try {
    await lookup(host);
  } catch (error) {
    const { code = 'unknown error' } = error as NodeJS.ErrnoException;
    throw new UsageError(`${option}: the name ${host} does not resolve (${code})`);
  }
}
