/** `npm run preflight -- --context stage=prod`: is everything there that a deployment needs? Exit 1 where it is not. */
import { readFileSync } from 'node:fs';
import { guardOutput } from '../cli/terminal/printable.ts';
import { parseStageConfig, StageConfigError } from '../infra/stage-config.ts';
import { type DeployArguments, deployArguments } from './arguments.ts';
import { describeFindings } from './preflight/checks.ts';
import { runPreflight } from './preflight/run-preflight.ts';

const HELP = `Usage: npm run preflight -- --context stage=STAGE [--context name=value]… [--profile NAME]

Checks what a deployment needs: configuration, credentials, bootstrap, form of the secrets. Reads only.
✓ right · – nothing to do yet, or not to be seen with these credentials · ✗ to be mended first

Exit code: 0 ready, 1 something is to be mended, 2 bad usage.`;

/** `cdk.json` and the `--context name=value` of this command line, as the CDK merges them. */
function readContext(given: Record<string, string>): Record<string, unknown> {
  const { context } = JSON.parse(readFileSync(new URL('../cdk.json', import.meta.url), 'utf8')) as {
    context: Record<string, unknown>;
  };
  return { ...context, ...given };
}

async function check({ context, profile }: DeployArguments): Promise<void> {
  if (profile !== undefined) process.env.AWS_PROFILE = profile;
  const config = parseStageConfig(readContext(context));
  const findings = await runPreflight(config, `CxoneTranscripts-${config.stage}`);
  console.log(describeFindings(findings));
  if (findings.some(({ state }) => state === 'fail')) process.exitCode = 1;
}

guardOutput();
const given = deployArguments(false);
try {
  if (given.help) console.log(HELP);
  else await check(given);
} catch (error) {
  if (!(error instanceof StageConfigError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
