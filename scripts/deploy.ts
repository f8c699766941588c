/**
 * `npm run deploy -- --context stage=prod [options of cdk deploy]`: the preflight, then `cdk deploy` with the CDK CLI that
 * is pinned in `package.json`. Exits as they do.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { deployArguments, refuse } from './arguments.ts';

const PROJECT = fileURLToPath(new URL('..', import.meta.url));
const CDK = fileURLToPath(new URL('../node_modules/aws-cdk/bin/cdk', import.meta.url));

const HELP = `Usage: npm run deploy -- --context stage=STAGE [--context name=value]… [options of cdk deploy]

Runs the preflight (npm run preflight), then cdk deploy: it shows what changes in permissions, and asks.
Stages and their settings are in cdk.json; docs/deploy.md explains them.

Examples:
  npm run deploy -- --context stage=prod
  npm run deploy -- --context stage=prod --require-approval never    # asks nothing
  npx cdk diff --context stage=prod                                  # what would change`;

function run(script: string, args: readonly string[]): boolean {
  const { status, error } = spawnSync(process.execPath, [script, ...args], { cwd: PROJECT, stdio: 'inherit' });
  if (error) throw error;
  process.exitCode = status ?? 1;
  return status === 0;
}

const args = process.argv.slice(2);
const { help, context, profile } = deployArguments(true);
if (help) {
  console.log(HELP);
} else if (context.stage === undefined) {
  refuse('say which stage: npm run deploy -- --context stage=prod');
} else {
  const forPreflight = [
    ...Object.entries(context).flatMap(([name, value]) => ['--context', `${name}=${value}`]),
    ...(profile === undefined ? [] : ['--profile', profile]),
  ];
  if (run(fileURLToPath(new URL('preflight.ts', import.meta.url)), forPreflight)) run(CDK, ['deploy', ...args]);
}
