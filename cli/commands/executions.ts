import { Command } from 'commander';
import { listExecutions } from '../aws/list-executions.ts';
import { letReadersLeave } from '../process/interruption.ts';
import { wholeNumber } from './arguments.ts';

/** `executions`: the latest runs of a deployed stack. */
export function executionsCommand(): Command {
  return new Command('executions')
    .description('list the latest executions in AWS')
    .requiredOption('--stack <name>', 'name of the stack, such as CxoneTranscripts-prod')
    .option('--region <region>', 'where the stack is; AWS_REGION or that of the profile otherwise')
    .option('--limit <n>', 'how many', wholeNumber(1, 1_000), 20)
    .option('--json', 'print one JSON object a line')
    .action((flags) => {
      letReadersLeave();
      return listExecutions(flags);
    });
}
