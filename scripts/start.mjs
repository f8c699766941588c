/**
 * Starts a TypeScript file of this project: `node scripts/start.mjs FILE [ARGUMENT…]`.
 *
 * Plain JavaScript, so that a Node that cannot run TypeScript says so in one line instead of with a stack.
 */
import { resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** As in the devDependency `node`, which every command through npm finds first. */
const NEEDED = 24;

const [, , file, ...rest] = process.argv;
if (Number(process.versions.node.split('.')[0]) < NEEDED) {
  console.error(
    `error: this needs Node ${NEEDED} and runs on ${process.versions.node}. npm ci brings Node ${NEEDED} along, if it may run its scripts (not with --ignore-scripts); then start it through npm run.`,
  );
  process.exitCode = 2;
} else {
  // Node reads TypeScript and large packages in half the time where it has done so before; it knows what has changed.
  const { enableCompileCache } = await import('node:module');
  enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/node', import.meta.url)));
  const path = resolve(file ?? '');
  process.argv = [process.execPath, path, ...rest];
  await import(pathToFileURL(path).href);
}
