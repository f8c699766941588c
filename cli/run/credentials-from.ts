import type { SourceName } from '../../lambdas/shared/contracts/source-name.ts';
import { UsageError } from '../process/usage-error.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

const KEY = { CXONE_ACCESS_KEY_ID: 'accessKeyId', CXONE_ACCESS_KEY_SECRET: 'accessKeySecret' };
const CLIENT = { CXONE_CLIENT_ID: 'clientId', CXONE_CLIENT_SECRET: 'clientSecret' };
const AUTH = 'CXONE_CLIENT_AUTH';

/**
 * The secret with the credentials for CXone, from the environment: an access key, with a registered application if its
 * client is there too, or a client alone for bulk jobs. An empty variable counts as none.
 *
 * @throws UsageError naming the variables that are missing, those too that this source needs
 * @example
 * credentialsFrom({ CXONE_ACCESS_KEY_ID: 'k', CXONE_ACCESS_KEY_SECRET: 's' }, 'interaction-analytics')
 * // { accessKeyId: 'k', accessKeySecret: 's' }
 * credentialsFrom({ CXONE_ACCESS_KEY_ID: 'k' }, 'bulk-job') // throws '… set CXONE_ACCESS_KEY_SECRET in the environment'
 */
export function credentialsFrom(environment: Environment, source: SourceName): Record<string, string> {
  const isSet = (name: string) => Boolean(environment[name]);
  const usesAuth = isSet(AUTH);
  const usesKey = usesAuth || Object.keys(KEY).some(isSet);
  const usesClient = usesAuth || Object.keys(CLIENT).some(isSet);
  if (!usesKey && !usesClient) {
    throw new UsageError(
      '--cxone-url needs credentials in the environment: set CXONE_ACCESS_KEY_ID and CXONE_ACCESS_KEY_SECRET, ' +
        `${source === 'bulk-job' ? 'for bulk jobs CXONE_CLIENT_ID and CXONE_CLIENT_SECRET, ' : ''}for a registered application all four`,
    );
  }
  if (!usesKey && source !== 'bulk-job') {
    throw new UsageError(
      `${source} takes an access key: set CXONE_ACCESS_KEY_ID and CXONE_ACCESS_KEY_SECRET in the environment; ` +
        'CXONE_CLIENT_ID and CXONE_CLIENT_SECRET alone go with --source bulk-job only',
    );
  }
  const wanted = {
    ...(usesKey ? KEY : {}),
    ...(usesClient ? CLIENT : {}),
    ...(usesAuth ? { [AUTH]: 'clientAuth' } : {}),
  };
  const missing = Object.keys(wanted).filter((name) => !isSet(name));
  if (missing.length > 0) {
    throw new UsageError(`--cxone-url needs credentials: set ${missing.join(' and ')} in the environment`);
  }
  if (usesAuth && environment[AUTH] !== 'basic' && environment[AUTH] !== 'body') {
    throw new UsageError(`${AUTH} must be basic or body: how the application is registered to send its credentials`);
  }
  return Object.fromEntries(Object.entries(wanted).map(([name, field]) => [field, environment[name] ?? '']));
}
