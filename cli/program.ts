/**
 * The command line's commands: one file each in `commands/`; what they have in common is here. A command line reads the file
 * of its own command only: all of them take half a second.
 */
import { Command, CommanderError } from 'commander';
import { PIPELINE_VERSION } from '../lambdas/shared/lib/version.ts';
import { closedOutputMessage } from './process/interruption.ts';

const BAD_USAGE = 2;

/** In the order in which `--help` lists them. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  run: async () => (await import('./commands/run.ts')).runCommand(),
  plan: async () => (await import('./commands/plan.ts')).planCommand(),
  probe: async () => (await import('./commands/probe.ts')).probeCommand(),
  status: async () => (await import('./commands/status.ts')).statusCommand(),
  show: async () => (await import('./commands/show.ts')).showCommand(),
  sample: async () => (await import('./commands/sample.ts')).sampleCommand(),
  verify: async () => (await import('./commands/verify.ts')).verifyCommand(),
  reconcile: async () => (await import('./commands/reconcile.ts')).reconcileCommand(),
  erase: async () => (await import('./commands/erase.ts')).eraseCommand(),
  compact: async () => (await import('./commands/compact.ts')).compactCommand(),
  redeliver: async () => (await import('./commands/redeliver.ts')).redeliverCommand(),
  simulate: async () => (await import('./commands/simulate.ts')).simulateCommand(),
  mask: async () => (await import('./commands/mask.ts')).maskCommand(),
  execute: async () => (await import('./commands/execute.ts')).executeCommand(),
  executions: async () => (await import('./commands/executions.ts')).executionsCommand(),
  logs: async () => (await import('./commands/logs.ts')).logsCommand(),
};

/**
 * The commands, ready to parse a command line: the one that it names, or all of them.
 *
 * @param name the first argument
 * @example (await createProgram(undefined)).commands.map((command) => command.name()); // ["run", "plan", …]
 */
export async function createProgram(name: string | undefined): Promise<Command> {
  const program = new Command('transcripts')
    .description('The CXone transcript pipeline: run it on this machine, try parts of it, look after its output')
    .version(PIPELINE_VERSION)
    .showHelpAfterError('(add --help for what is allowed)');

  const isKnown = name !== undefined && Object.hasOwn(COMMANDS, name);
  const needed = Object.entries(COMMANDS).filter(([known]) => !isKnown || known === name);
  for (const command of await Promise.all(needed.map(([, load]) => load()))) {
    program.addCommand(command.copyInheritedSettings(program).exitOverride());
  }
  return program.exitOverride();
}

/** Reads the command line, does what it says, and sets the exit code. @throws Error that was not foreseen */
export async function main(): Promise<void> {
  try {
    const program = await createProgram(process.argv[2]);
    await program.parseAsync();
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
      const { explainFault } = await import('./process/explain-fault.ts');
      const fault = explainFault(error);
      if (fault === undefined) throw error;
      process.stderr.write(`${fault.message}\n`);
      process.exitCode = fault.exitCode;
    }
  }
}
