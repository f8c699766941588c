import { Command } from 'commander';
import { readLogs } from '../aws/read-logs.ts';
import { letReadersLeave } from '../process/interruption.ts';

/** `logs`: what the functions of a deployed stack logged about one run. */
export function logsCommand(): Command {
  return new Command('logs')
    .description('show what the functions in AWS logged about one run')
    .argument('<run>', 'id of the run, the name of its execution')
    .requiredOption('--stack <name>', 'name of the stack, such as CxoneTranscripts-prod')
    .option('--region <region>', 'where the stack is; AWS_REGION or that of the profile otherwise')
    .option('--errors', 'only warnings and errors')
    .option('--json', 'print the lines as they were logged, JSON')
    .action((run: string, flags) => {
      letReadersLeave();
      return readLogs(run, flags);
    });
}
