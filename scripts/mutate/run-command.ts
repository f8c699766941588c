import { spawn } from 'node:child_process';

export interface CommandOptions {
  cwd: string;
  env: Record<string, string | undefined>;
  limitMs: number;
  signal: AbortSignal;
}

/** How a command ended: its exit code, or what ended it. */
export type CommandEnd = number | 'timed out' | 'aborted';

/**
 * How Node with these arguments came to its end, its output aside. At the time limit or the signal the whole process group
 * is killed: what the tests have started, too.
 *
 * @example await runNode(['--version'], { cwd: '.', env: {}, limitMs: 5_000, signal }) // 0
 */
export function runNode(args: readonly string[], { cwd, env, limitMs, signal }: CommandOptions): Promise<CommandEnd> {
  const child = spawn(process.execPath, args, { cwd, env, stdio: 'ignore', detached: true });
  return new Promise((resolve, reject) => {
    let end: CommandEnd | undefined;
    const kill = (why: CommandEnd) => {
      end ??= why;
      if (child.pid === undefined) return;
      try {
        process.kill(-child.pid, 'SIGKILL');
      } catch {
        // It has ended by itself in the meantime.
      }
    };
    const abort = () => kill('aborted');
    const timer = setTimeout(() => kill('timed out'), limitMs);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    const settle = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
    };
    child.once('error', (error) => {
      settle();
      reject(error);
    });
    child.once('exit', (code) => {
      settle();
      // Children that outlive the tests would go on with the next mutant's files.
      kill(code ?? 1);
      resolve(end ?? 1);
    });
  });
}
