import { Command } from 'commander';
import { executeEvent } from '../aws/execute-event.ts';
import { path } from './arguments.ts';

/** `execute`: one execution of a deployed state machine, from an execution input in a file. */
export function executeCommand(): Command {
  return new Command('execute')
    .description('start an execution in AWS and follow it to its end')
    .argument('<event.json>', 'execution input; examples are in events/', path)
    .requiredOption('--stack <name>', 'name of the stack, such as CxoneTranscripts-prod')
    .option('--region <region>', 'where the stack is; AWS_REGION or that of the profile otherwise')
    .option('--name <name>', 'name of the execution, which becomes the id of the run')
    .option('--no-follow', 'start it and leave')
    .option('--json', 'print one JSON object on stdout; progress goes to stderr')
    .addHelpText(
      'after',
      `
Ctrl-C stops following; the execution goes on.

Exit code: 0 the run succeeded, 1 it failed, 2 bad usage, input or credentials.

Example:
  npm run -s transcripts -- execute events/manual-interactions.json --stack CxoneTranscripts-prod`,
    )
    .action(async (eventFile: string, flags) => {
      process.exitCode = await executeEvent(eventFile, flags);
    });
}
