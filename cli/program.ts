/** The command line's commands: one file each in `commands/`; what they have in common is here. */
import { Command, CommanderError } from 'commander';
import { PIPELINE_VERSION } from '../lambdas/shared/lib/version.ts';
import { compactCommand } from './commands/compact.ts';
import { eraseCommand } from './commands/erase.ts';
import { executeCommand } from './commands/execute.ts';
import { executionsCommand } from './commands/executions.ts';
import { logsCommand } from './commands/logs.ts';
import { maskCommand } from './commands/mask.ts';
import { planCommand } from './commands/plan.ts';
import { probeCommand } from './commands/probe.ts';
import { redeliverCommand } from './commands/redeliver.ts';
import { runCommand } from './commands/run.ts';
import { sampleCommand } from './commands/sample.ts';
import { showCommand } from './commands/show.ts';
import { simulateCommand } from './commands/simulate.ts';
import { statusCommand } from './commands/status.ts';
import { verifyCommand } from './commands/verify.ts';
import { explainFault } from './process/explain-fault.ts';
import { closedOutputMessage } from './process/interruption.ts';

const BAD_USAGE = 2;

/**
 * All commands, ready to parse a command line.
 *
 * @example createProgram().commands.map((command) => command.name()); // ["run", "plan", …]
 */
export function createProgram(): Command {
  const program = new Command('transcripts')
    .description('The CXone transcript pipeline: run it on this machine, try parts of it, look after its output')
    .version(PIPELINE_VERSION)
    .showHelpAfterError('(add --help for what is allowed)');

  for (const command of [
    runCommand(),
    planCommand(),
    probeCommand(),
    statusCommand(),
    showCommand(),
    sampleCommand(),
    verifyCommand(),
    eraseCommand(),
    compactCommand(),
    redeliverCommand(),
    simulateCommand(),
    maskCommand(),
    executeCommand(),
    executionsCommand(),
    logsCommand(),
  ]) {
    program.addCommand(command.copyInheritedSettings(program).exitOverride());
  }
  return program.exitOverride();
}

/** Reads the command line, does what it says, and sets the exit code. @throws Error that was not foreseen */
export async function main(): Promise<void> {
  try {
    await createProgram().parseAsync();
    const message = closedOutputMessage();
    if (message !== undefined) {
      process.stderr.write(`${message}\n`);
      process.exitCode = 1;
    }
  } catch (error) {
    if (error instanceof CommanderError) {
      // commander has said it already; help and version are not faults.
      process.exitCode = error.exitCode === 0 ? 0 : BAD_USAGE;
    } else {
      const fault = explainFault(error);
      if (fault === undefined) throw error;
      process.stderr.write(`${fault.message}\n`);
      process.exitCode = fault.exitCode;
    }
  }
}
