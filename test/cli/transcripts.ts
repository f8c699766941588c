/** The command line as a user runs it: a process, its output and its exit code. */
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));

export interface Finished {
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface CliOptions {
  /** Of a process group of its own, as a terminal starts one: a signal then reaches all of it. */
  ownGroup?: boolean;
  /** Undefined takes a variable away that is there otherwise. */
  env?: Record<string, string | undefined>;
  stdin?: string;
}

/** Starts `transcripts …`; killed with the test if it is still there. */
export async function start(args: readonly string[], { env = {}, stdin, ownGroup = false }: CliOptions = {}) {
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(process.execPath, [join(PROJECT, 'scripts/start.mjs'), 'cli/transcripts.ts', ...args], {
    cwd: PROJECT,
    env: { PATH, HOME, ...env },
    detached: ownGroup,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  // A command that ends early closes it.
  child.stdin.on('error', () => {});
  child.stdin.end(stdin ?? '');
  const finished = new Promise<Finished>((resolve) => {
    child.once('close', (code) => resolve({ code, stdout, stderr }));
  });
  return { child, finished, output: () => stdout, errors: () => stderr };
}

/** Runs `transcripts …` to its end. */
export async function transcripts(args: readonly string[], options: CliOptions = {}): Promise<Finished> {
  return (await start(args, options)).finished;
}

/** A directory that is gone after the test. */
export async function scratch(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'cli-test-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  return directory;
}
