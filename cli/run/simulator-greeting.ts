import type { CxoneSimulator } from '../../emulator/stand-ins/cxone/start-cxone-simulator.ts';
import type { SourceName } from '../../lambdas/shared/contracts/source-name.ts';
import { describeSource } from './choose-services.ts';

type Credentials = Pick<CxoneSimulator, 'baseUrl' | 'clientId' | 'clientSecret' | 'accessKeyId' | 'accessKeySecret'>;

/**
 * What a simulator says when it serves: where, what it takes, and the command of a run against it. Its credentials open nothing
 * but its process.
 *
 * @param source undefined where none was asked for
 * @example greetingOf(simulator, 'interaction-analytics').at(-1) // '    npm run -s transcripts -- run … --cxone-url http://…'
 */
export function greetingOf(simulator: Credentials, source: SourceName | undefined): string[] {
  const { baseUrl } = simulator;
  const isBulkJob = source === undefined || source === 'bulk-job';
  const [id, secret] = isBulkJob ? ['client id', 'client secret'] : ['access key id', 'access key secret'];
  const [idValue, secretValue] = isBulkJob
    ? [simulator.clientId, simulator.clientSecret]
    : [simulator.accessKeyId, simulator.accessKeySecret];
  const [idName, secretName] = isBulkJob
    ? ['CXONE_CLIENT_ID', 'CXONE_CLIENT_SECRET']
    : ['CXONE_ACCESS_KEY_ID', 'CXONE_ACCESS_KEY_SECRET'];
  const line = (what: string, value: string) => `${what.padEnd(19)}${value}`;
  return [
    line('CXone simulator', baseUrl),
    line('source', describeSource(source)),
    line(id, idValue),
    line(secret, secretValue),
    '',
    'In another terminal:',
    `  ${idName}=${quoted(idValue)} ${secretName}=${quoted(secretValue)} \\`,
    `    npm run -s transcripts -- run ${isBulkJob ? 'events/manual-interactions.json' : `events/window.json --source ${source}`} --cxone-url ${baseUrl}`,
  ];
}

/** For a shell, in quotes only where it needs them. */
const quoted = (text: string): string => (/^[\w.:/-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`);
