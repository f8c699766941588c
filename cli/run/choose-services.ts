/** Which vendor and which webhook a run talks to, from flags and environment; reads the faults file and asks for names. */

import type { SandboxOptions } from '../../emulator/sandbox/start-sandbox.ts';
import { readFaults } from '../../emulator/stand-ins/cxone/faults.ts';
import { SOURCE_NAMES, type SourceName } from '../../lambdas/shared/contracts/source-name.ts';
import { SigningKeys } from '../../lambdas/shared/delivery/signer.ts';
import { isSecureUrl } from '../../lambdas/shared/lib/secure-url.ts';
import { UsageError } from '../process/usage-error.ts';
import { assertResolvable } from './assert-resolvable.ts';
import { credentialsFrom, type Environment } from './credentials-from.ts';

export interface ServiceFlags {
  /** Where transcripts come from. */
  source?: SourceName;
  cxoneUrl?: string;
  webhookUrl?: string;
  transcripts?: string;
  faults?: string;
  /** How many times faster waits pass. */
  speed?: number;
  /** Budget of requests to the vendor; none where left out. */
  requestsPerSecond?: number;
}

/** What `run`, `plan` and `simulate` take where nothing is said; a stage must say it. */
const DEFAULT_SOURCE: SourceName = 'bulk-job';

/**
 * The vendor, its source of transcripts, and the webhook that the flags and the environment name; what neither names is
 * simulated.
 *
 * @throws UsageError for flags that do not go together, credentials that are missing and names that do not resolve
 * @example await chooseServices({}, {}) // { source: 'bulk-job', vendor: { simulator: {} } }
 */
export async function chooseServices(
  flags: ServiceFlags,
  environment: Environment,
): Promise<
  Pick<SandboxOptions, 'vendor' | 'webhookUrl' | 'webhookSecret' | 'requestsPerSecond'> & { source: SourceName }
> {
  const source = flags.source ?? DEFAULT_SOURCE;
  const webhookUrl =
    flags.webhookUrl ?? (flags.cxoneUrl ? secureUrlFrom(environment, 'DATA_LAKE_WEBHOOK_URL') : undefined);
  const signing = environment.WEBHOOK_SIGNING_SECRET;
  if (signing && !SigningKeys.safeParse({ current: signing }).success) {
    throw new UsageError('WEBHOOK_SIGNING_SECRET must be whsec_ followed by at least 16 bytes in base64');
  }
  const others = {
    ...(flags.requestsPerSecond === undefined ? {} : { requestsPerSecond: flags.requestsPerSecond }),
    ...(webhookUrl === undefined ? {} : { webhookUrl }),
    ...(signing === undefined || signing === '' ? {} : { webhookSecret: signing }),
  };
  const vendor = flags.cxoneUrl === undefined ? undefined : realVendor(flags.cxoneUrl, source, flags, environment);
  if (vendor !== undefined) await assertResolvable('--cxone-url', vendor.baseUrl);
  const webhookOption = flags.webhookUrl === undefined ? 'DATA_LAKE_WEBHOOK_URL' : '--webhook-url';
  if (webhookUrl !== undefined) await assertResolvable(webhookOption, webhookUrl);
  if (vendor !== undefined) return { source, vendor, ...others };
  if (flags.transcripts !== undefined && source !== 'bulk-job') {
    throw new UsageError(`--transcripts goes with --source bulk-job: what a file holds is not served as ${source}`);
  }
  const simulator = {
    ...(flags.transcripts === undefined ? {} : { transcripts: flags.transcripts }),
    ...(flags.faults === undefined ? {} : { faults: await readFaults(flags.faults) }),
  };
  return { source, vendor: { simulator }, ...others };
}

/**
 * The source of a run, as it is told to people: which others there are where none was asked for.
 *
 * @example describeSource(undefined) // 'bulk-job (--source takes interaction-analytics or digital-engagement instead)'
 */
export function describeSource(asked: SourceName | undefined): string {
  if (asked !== undefined) return asked;
  const others = SOURCE_NAMES.filter((name) => name !== DEFAULT_SOURCE);
  return `${DEFAULT_SOURCE} (--source takes ${others.join(' or ')} instead)`;
}

/**
 * A vendor outside this machine, with whichever credentials the environment holds.
 *
 * @throws UsageError as {@link chooseServices}
 * @example (await chooseVendor('https://cxone.niceincontact.com', process.env)).baseUrl // 'https://cxone.niceincontact.com'
 */
export async function chooseVendor(cxoneUrl: string, environment: Environment) {
  const vendor = realVendor(cxoneUrl, DEFAULT_SOURCE, {}, environment);
  await assertResolvable('--cxone-url', vendor.baseUrl);
  return vendor;
}

function realVendor(baseUrl: string, source: SourceName, flags: ServiceFlags, environment: Environment) {
  if (flags.transcripts !== undefined || flags.faults !== undefined || flags.speed !== undefined) {
    throw new UsageError('--transcripts, --faults and --speed are for the simulator; they do not go with --cxone-url');
  }
  const apiUrl = secureUrlFrom(environment, 'CXONE_API_URL');
  const allowedHosts = allowedHostsFrom(environment);
  return {
    baseUrl,
    secret: credentialsFrom(environment, source),
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
