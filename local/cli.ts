#!/usr/bin/env node
/** The command line: one file per command in `commands/`; what they have in common is here. */
import { Command, CommanderError } from 'commander';
import { StageConfigError } from '../infra/stage-config.ts';
import { compactCommand } from './commands/compact.ts';
import { eraseCommand } from './commands/erase.ts';
import { executeCommand } from './commands/execute.ts';
import { executionsCommand } from './commands/executions.ts';
import { logsCommand } from './commands/logs.ts';
import { maskCommand } from './commands/mask.ts';
import { planCommand } from './commands/plan.ts';
import { redeliverCommand } from './commands/redeliver.ts';
import { runCommand } from './commands/run.ts';
import { simulateCommand } from './commands/simulate.ts';
import { statusCommand } from './commands/status.ts';
import { verifyCommand } from './commands/verify.ts';
import { guardOutput } from './run/printable.ts';
import { UsageError } from './run/usage-error.ts';
import { FaultsInvalid } from './stand-ins/cxone/faults.ts';
import { TranscriptsFileInvalid } from './stand-ins/cxone/transcripts-file.ts';

const BAD_USAGE = 2;

/** Faults of what the user gave: their messages say everything, a stack would only hide it. */
const USER_FAULTS = [UsageError, StageConfigError, FaultsInvalid, TranscriptsFileInvalid];

/** Files that are not there, folders that cannot be written, ports that are taken: Node's own words name them. */
const SYSTEM_FAULTS = new Set([
  'ENOENT',
  'ENOTDIR',
  'EISDIR',
  'EACCES',
  'EPERM',
  'EROFS',
  'ENOSPC',
  'EEXIST',
  'EADDRINUSE',
]);

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return (
    error instanceof Error && 'syscall' in error && SYSTEM_FAULTS.has(String((error as NodeJS.ErrnoException).code))
  );
}

guardOutput();

const program = new Command('transcripts')
  .description('The CXone transcript pipeline: run it on this machine, try parts of it, look after its output')
  .showHelpAfterError('(add --help for what is allowed)');

for (const command of [
  runCommand(),
  planCommand(),
  statusCommand(),
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

// A reader that has seen enough (`| head`) is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

try {
  await program.exitOverride().parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    // commander has said it already; help and version are not faults.
    process.exitCode = error.exitCode === 0 ? 0 : BAD_USAGE;
  } else if (USER_FAULTS.some((Fault) => error instanceof Fault)) {
    process.stderr.write(`error: ${(error as Error).message}\n`);
    process.exitCode = BAD_USAGE;
  } else if (isSystemError(error)) {
    process.stderr.write(`error: ${error.message}\n`);
    process.exitCode = BAD_USAGE;
  } else {
    throw error;
  }
}
