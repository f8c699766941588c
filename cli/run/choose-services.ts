/** Which vendor and which webhook a run talks to, from flags and environment; reads the faults file and asks for names. */

import type { SandboxOptions } from '../../emulator/sandbox/start-sandbox.ts';
import { readFaults } from '../../emulator/stand-ins/cxone/faults.ts';
import { SigningKeys } from '../../lambdas/shared/delivery/signer.ts';
import { isSecureUrl } from '../../lambdas/shared/lib/secure-url.ts';
import { UsageError } from '../process/usage-error.ts';
import { assertResolvable } from './assert-resolvable.ts';
import { credentialsFrom, type Environment } from './credentials-from.ts';

export interface ServiceFlags {
  cxoneUrl?: string;
  webhookUrl?: string;
  transcripts?: string;
  faults?: string;
  /** How many times faster waits pass. */
  speed?: number;
}

/**
 * The vendor and webhook that the flags and the environment name; what neither names is simulated.
 *
 * @throws UsageError for flags that do not go together, credentials that are missing and names that do not resolve
 * @example await chooseServices({}, {}) // { vendor: { simulator: {} } }
 */
export async function chooseServices(
  flags: ServiceFlags,
  environment: Environment,
): Promise<Pick<SandboxOptions, 'vendor' | 'webhookUrl' | 'webhookSecret'>> {
  const webhookUrl =
    flags.webhookUrl ?? (flags.cxoneUrl ? secureUrlFrom(environment, 'DATA_LAKE_WEBHOOK_URL') : undefined);
  const signing = environment.WEBHOOK_SIGNING_SECRET;
  if (signing && !SigningKeys.safeParse({ current: signing }).success) {
    throw new UsageError('WEBHOOK_SIGNING_SECRET must be whsec_ followed by at least 16 bytes in base64');
  }
  const webhook = {
    ...(webhookUrl === undefined ? {} : { webhookUrl }),
    ...(signing === undefined || signing === '' ? {} : { webhookSecret: signing }),
  };
  const vendor = flags.cxoneUrl === undefined ? undefined : realVendor(flags.cxoneUrl, flags, environment);
  if (vendor !== undefined) await assertResolvable('--cxone-url', vendor.baseUrl);
  const webhookOption = flags.webhookUrl === undefined ? 'DATA_LAKE_WEBHOOK_URL' : '--webhook-url';
  if (webhookUrl !== undefined) await assertResolvable(webhookOption, webhookUrl);
  if (vendor !== undefined) return { vendor, ...webhook };
  const simulator = {
    ...(flags.transcripts === undefined ? {} : { transcripts: flags.transcripts }),
    ...(flags.faults === undefined ? {} : { faults: await readFaults(flags.faults) }),
  };
  return { vendor: { simulator }, ...webhook };
}

function realVendor(baseUrl: string, flags: ServiceFlags, environment: Environment) {
  if (flags.transcripts !== undefined || flags.faults !== undefined || flags.speed !== undefined) {
    throw new UsageError('--transcripts, --faults and --speed are for the simulator; they do not go with --cxone-url');
  }
  const apiUrl = secureUrlFrom(environment, 'CXONE_API_URL');
  const allowedHosts = allowedHostsFrom(environment);
  return {
    baseUrl,
    secret: credentialsFrom(environment),
    ...(apiUrl === undefined ? {} : { apiUrl }),
    ...(allowedHosts === undefined ? {} : { allowedHosts }),
  };
}

/** `CXONE_ALLOWED_HOSTS=niceincontact.com,example.com`; the functions refuse what is no domain. */
function allowedHostsFrom({ CXONE_ALLOWED_HOSTS: text }: Environment): string[] | undefined {
  return text ? text.split(',').map((host) => host.trim()) : undefined;
}

function secureUrlFrom(environment: Environment, name: string): string | undefined {
  const url = environment[name];
  if (url === undefined || url === '') return undefined;
  if (URL.canParse(url) && isSecureUrl(new URL(url))) return url;
  throw new UsageError(`${name} must be an https URL without credentials (http only on this machine)`);
}
