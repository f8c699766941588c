/** What a synthesised stack is made from: where it is the same, so is the stack. */
import { fileURLToPath } from 'node:url';
import { hashFiles } from '../hash-files.ts';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Below the project: everything that the bundles and the synthesis read. `test/emulator/sandbox/assembly-key.test.ts` follows
 * the imports.
 */
export const MADE_FROM: readonly string[] = [
  'athena',
  'cdk.json',
  'emulator/engine',
  'emulator/sandbox',
  'emulator/temporary-folder.ts',
  'infra',
  'lambdas',
  // What is installed, which may differ from what is asked for.
  'node_modules/.package-lock.json',
  'package-lock.json',
  'package.json',
  'packages',
  // The bundler reads it.
  'tsconfig.json',
];

/**
 * A name for the bundles of these sources, packages and this Node.
 *
 * @param handlersDir where the handlers are, if they are not the product's own
 * @example sourcesKey(undefined) // '3f9a…', 32 hexadecimal digits
 */
export function sourcesKey(handlersDir: string | undefined): string {
  const own = hashFiles(PROJECT, MADE_FROM, process.version, process.platform, process.arch);
  const key = handlersDir === undefined ? own : hashFiles(handlersDir, ['.'], own, handlersDir);
  return key.slice(0, 32);
}

/**
 * A name for one stack that is made from the same sources.
 *
 * @param environment the CDK reads variables of its own
 * @example settingsKey({ batchSize: 20 }, process.env) // '81c0…', 16 hexadecimal digits
 */
export function settingsKey(settings: Record<string, unknown>, environment: NodeJS.ProcessEnv): string {
  const cdk = Object.entries(environment).filter(([name]) => name.startsWith('CDK_'));
  return hashFiles('', [], JSON.stringify([settings, cdk.toSorted(([a], [b]) => (a < b ? -1 : 1))])).slice(0, 16);
}
