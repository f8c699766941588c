import { Command, Option } from 'commander';
import type { EstimateOptions } from '../../infra/cost/estimate-plan.ts';
import { SOURCE_NAMES } from '../../lambdas/shared/contracts/source-name.ts';
import { isSecureUrl } from '../../lambdas/shared/lib/secure-url.ts';
import type { ServiceFlags } from '../run/choose-services.ts';
import { planEvent, renderPlan } from '../run/plan-event.ts';
import { choice, path, serviceUrl, wholeNumber } from './arguments.ts';

/** `plan`: what an event would extract, how long that takes and what it costs. */
export function planCommand(): Command {
  return new Command('plan')
    .description('show what an event would extract, in how many batches, for how long and how much')
    .argument('<event.json>', 'execution input; examples are in events/', path)
    .option('--out <dir>', 'directory of `run --out`: what is stored there is left out', path, 'out')
    .option('--json', 'print one JSON object')
    .option('--source <name>', `where transcripts come from: ${SOURCE_NAMES.join(', ')}`, choice(SOURCE_NAMES))
    .addOption(
      new Option('--cxone-url <url>', 'base URL of a real CXone API; the simulator otherwise').argParser(
        serviceUrl(isSecureUrl),
      ),
    )
    .option('--transcripts <file.jsonl>', 'let the simulator serve these artifacts, one JSON object a line', path)
    .option('--polls-per-batch <n>', 'polls until a job is finished', wholeNumber(1, 10_000))
    .option('--artifact-kb <n>', 'size of a transcript in KB', wholeNumber(1, 100_000))
    .option('--requests-per-second <n>', 'budget of requests to CXone that the tenant has', wholeNumber(1, 10_000))
    .addHelpText('after', '\nNothing is submitted, claimed or advanced. Exit code: 0 planned, 2 bad usage or input.')
    .action(
      async (
        eventFile: string,
        flags: ServiceFlags & {
          out: string;
          json?: boolean;
          pollsPerBatch?: number;
          artifactKb?: number;
          requestsPerSecond?: number;
        },
      ) => {
        const { pollsPerBatch, artifactKb, requestsPerSecond } = flags;
        const estimate: EstimateOptions = {
          ...(pollsPerBatch !== undefined && { pollsPerBatch }),
          ...(artifactKb !== undefined && { artifactKB: artifactKb }),
          ...(requestsPerSecond !== undefined && { requestsPerSecond }),
        };
        const planned = await planEvent(eventFile, { ...flags, ...estimate }, process.env);
        process.stdout.write(flags.json ? `${JSON.stringify(planned)}\n` : renderPlan(planned, flags.source));
      },
    );
}
