import { Command, Option } from 'commander';
import { SOURCE_NAMES } from '../../lambdas/shared/contracts/source-name.ts';
import { MOST_REQUESTS_PER_SECOND } from '../../lambdas/shared/lib/pacing/pacer.ts';
import { isSecureUrl } from '../../lambdas/shared/lib/secure-url.ts';
import { runEvent } from '../run/run-event.ts';
import { choice, path, runName, serviceUrl, wholeNumber } from './arguments.ts';

/** `run`: one execution of the state machine on this machine, from an execution input in a file. */
export function runCommand(): Command {
  return new Command('run')
    .description('run the state machine on this machine, against a simulated or a real CXone')
    .argument('<event.json>', 'execution input; examples are in events/', path)
    .option('--out <dir>', 'where transcripts, audit, manifests and logs go', path, 'out')
    .option('--name <run>', 'id of the run; a time and random otherwise', runName)
    .option('--no-wait', 'leave with the first wait for the webhook; what it did not take is left to redeliver')
    .option('--json', 'print one JSON object on stdout; progress goes to stderr')
    .option('--source <name>', `where transcripts come from: ${SOURCE_NAMES.join(', ')}`, choice(SOURCE_NAMES))
    .addOption(
      new Option('--cxone-url <url>', 'base URL of a real CXone API; the simulator otherwise').argParser(
        serviceUrl(isSecureUrl),
      ),
    )
    .addOption(
      new Option('--webhook-url <url>', 'webhook to deliver to; a local receiver otherwise').argParser(
        serviceUrl(isSecureUrl),
      ),
    )
    .option('--transcripts <file.jsonl>', 'let the simulator serve these artifacts, one JSON object a line', path)
    .option('--faults <file.json>', 'let the simulator misbehave (docs/simulator.md)', path)
    .addOption(
      new Option('--speed <n>', 'let waits pass n times faster, against the simulator').argParser(
        wholeNumber(1, 1_000),
      ),
    )
    .option(
      '--requests-per-second <n>',
      'budget of requests to CXone; as many as it takes otherwise',
      wholeNumber(1, MOST_REQUESTS_PER_SECOND),
    )
    .addHelpText(
      'after',
      `
With --cxone-url the credentials come from the environment: CXONE_ACCESS_KEY_ID and CXONE_ACCESS_KEY_SECRET, for a
registered application CXONE_CLIENT_ID, CXONE_CLIENT_SECRET and CXONE_CLIENT_AUTH (basic or body) as well; or the client
alone, for bulk jobs. The URL is that of the issuer, or the base of the API; CXONE_API_URL is the base of the API where the
issuer does not say it, CXONE_ALLOWED_HOSTS (a.com,b.com) where else it may be.
The webhook comes from DATA_LAKE_WEBHOOK_URL unless --webhook-url names it. WEBHOOK_SIGNING_SECRET (whsec_…) signs the
deliveries.

A run waits for its deliveries while the webhook takes some of them, and leaves one that takes nothing.

Exit code: 0 the run succeeded, 1 it failed, 2 bad usage or input.

Examples:
  npm run -s transcripts -- run events/manual-interactions.json
  npm run -s transcripts -- run events/manual-interactions.json --json | jq .counts`,
    )
    .action(async (eventFile: string, flags) => {
      process.exitCode = await runEvent(eventFile, flags, process.env);
    });
}
