/** `npm run preflight -- --context stage=prod`: is everything there that a deployment needs? Exit 1 where it is not. */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { parseStageConfig, StageConfigError } from '../infra/stage-config.ts';
import { guardOutput } from '../local/run/printable.ts';
import { describeFindings } from './preflight/checks.ts';
import { runPreflight } from './preflight/run-preflight.ts';

const HELP = `Usage: npm run preflight -- --context stage=STAGE [--context name=value]…

Checks what a deployment needs: configuration, credentials, bootstrap, form of the secrets. Reads only.
✓ right · – nothing to do yet, or not to be seen with these credentials · ✗ to be mended first

Exit code: 0 ready, 1 something is to be mended.`;

/** `cdk.json` and the `--context name=value` of this command line, as the CDK merges them. */
function readContext(): Record<string, unknown> {
  const { values } = parseArgs({
    options: { context: { type: 'string', short: 'c', multiple: true } },
    // The others belong to the CDK.
    strict: false,
    allowPositionals: true,
  });
  const given = (values.context ?? []).map(String).filter((pair) => pair.includes('='));
  const { context } = JSON.parse(readFileSync(new URL('../cdk.json', import.meta.url), 'utf8')) as {
    context: Record<string, unknown>;
  };
  return {
    ...context,
    ...Object.fromEntries(given.map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)])),
  };
}

async function check(): Promise<void> {
  const config = parseStageConfig(readContext());
  const findings = await runPreflight(config, `CxoneTranscripts-${config.stage}`);
  console.log(describeFindings(findings));
  if (findings.some(({ state }) => state === 'fail')) process.exitCode = 1;
}

guardOutput();
try {
  if (process.argv.includes('--help') || process.argv.includes('-h')) console.log(HELP);
  else await check();
} catch (error) {
  if (!(error instanceof StageConfigError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
