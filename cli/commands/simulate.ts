import { once } from 'node:events';
import { Command } from 'commander';
import { RESULT_SHAPES, type ResultShape } from '../../emulator/stand-ins/cxone/bulk-job/result-body.ts';
import { readFaults } from '../../emulator/stand-ins/cxone/faults.ts';
import { startCxoneSimulator } from '../../emulator/stand-ins/cxone/start-cxone-simulator.ts';
import { SOURCE_NAMES, type SourceName } from '../../lambdas/shared/contracts/source-name.ts';
import { inOrder } from '../process/interruption.ts';
import { greetingOf } from '../run/simulator-greeting.ts';
import { choice, path, wholeNumber } from './arguments.ts';

interface SimulateFlags {
  source?: SourceName;
  port: number;
  seed: string;
  transcripts?: string;
  faults?: string;
  tokenLifetime: number;
  polls: number;
  shape: ResultShape;
  clientId?: string;
  clientSecret?: string;
  accessKeyId?: string;
  accessKeySecret?: string;
}

/** `simulate`: the CXone API on this machine, until it is stopped. */
export function simulateCommand(): Command {
  return new Command('simulate')
    .description('serve a simulated CXone API until stopped (Ctrl-C)')
    .option(
      '--source <name>',
      `whose credentials and command are shown: ${SOURCE_NAMES.join(', ')}`,
      choice(SOURCE_NAMES),
    )
    .option('--port <n>', 'port on 127.0.0.1; 0 takes a free one', wholeNumber(0, 65_535), 0)
    .option('--seed <text>', 'the same seed gives the same transcripts', '1')
    .option(
      '--transcripts <file.jsonl>',
      'serve these artifacts instead of generated ones, one JSON object a line',
      path,
    )
    .option('--faults <file.json>', 'misbehave as this list says (docs/simulator.md)', path)
    .option('--token-lifetime <seconds>', 'how long an access token lives', wholeNumber(1, 86_400), 1_800)
    .option('--polls <n>', 'polls that answer "not yet" before a job is completed', wholeNumber(0, 1_000), 2)
    .option('--shape <name>', `form of a result: ${RESULT_SHAPES.join(', ')}`, choice(RESULT_SHAPES), 'auto')
    .option('--client-id <id>', 'credentials to accept; made up otherwise')
    .option('--client-secret <secret>')
    .option('--access-key-id <id>', 'access key of the public APIs; made up otherwise')
    .option('--access-key-secret <secret>')
    .action(async (flags: SimulateFlags) => {
      const simulator = await startCxoneSimulator({
        port: flags.port,
        seed: flags.seed,
        tokenLifetimeSeconds: flags.tokenLifetime,
        jobLatency: { polls: flags.polls },
        result: { shape: flags.shape },
        ...(flags.transcripts === undefined ? {} : { transcripts: flags.transcripts }),
        ...(flags.faults === undefined ? {} : { faults: await readFaults(flags.faults) }),
        ...(flags.clientId === undefined ? {} : { clientId: flags.clientId }),
        ...(flags.clientSecret === undefined ? {} : { clientSecret: flags.clientSecret }),
        ...(flags.accessKeyId === undefined ? {} : { accessKeyId: flags.accessKeyId }),
        ...(flags.accessKeySecret === undefined ? {} : { accessKeySecret: flags.accessKeySecret }),
      });
      process.stdout.write(`${[...greetingOf(simulator, flags.source), '', 'Ctrl-C stops it.'].join('\n')}\n`);
      await inOrder(async (signal) => {
        if (!signal.aborted) await once(signal, 'abort');
        await simulator.close();
      });
    });
}
