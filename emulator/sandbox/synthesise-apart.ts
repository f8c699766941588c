/** Synthesises the stack beside this process, which goes on meanwhile: it shows what it waits for, and can be stopped. */
import { fork } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { StageConfigError } from '../../infra/stage-config-error.ts';
import type { Assembly, AssemblyFacts, SynthesiseOptions } from '../engine/assembly.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import type { SynthesisAnswer } from './synth-process.ts';

const SYNTH_PROCESS = fileURLToPath(new URL('synth-process.ts', import.meta.url));

/**
 * The stack, synthesised in a process of its own with the context of the `dev` stage: no credentials, no
 * network, about five seconds of one core.
 *
 * @param signal ends it at once, with nothing left behind
 * @throws StageConfigError on a wrong setting; the signal's reason once it aborts
 */
export async function synthesiseApart(options: SynthesiseOptions = {}, signal?: AbortSignal): Promise<Assembly> {
  signal?.throwIfAborted();
  const folder = temporaryFolder('cxone-transcripts-');
  try {
    const outdir = options.outdir ?? join(folder.path, 'assembly');
    const facts = await ask({ ...options, outdir }, folder.path, signal);
    if (options.outdir !== undefined) folder.remove();
    return { ...facts, dispose: folder.remove };
  } catch (error) {
    folder.remove();
    throw error;
  }
}

/** @param tmp the child's temporary folder: whatever it leaves is in there */
async function ask(options: SynthesiseOptions, tmp: string, signal: AbortSignal | undefined): Promise<AssemblyFacts> {
  const child = fork(SYNTH_PROCESS, {
    // A process group of its own: Ctrl-C reaches the bundler through this process only, which then ends it with the child.
    detached: true,
    env: { ...process.env, TMPDIR: tmp },
    execArgv: ['--disable-warning=ExperimentalWarning'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const { promise, resolve, reject } = Promise.withResolvers<SynthesisAnswer>();
  const stop = () => endGroup(child.pid);
  child.once('message', (message) => resolve(message as SynthesisAnswer));
  child.once('error', reject);
  child.once('close', () => reject(new Error('The synthesis ended without an answer')));
  signal?.addEventListener('abort', stop, { once: true });
  // What ends this process without a signal ends the child too.
  process.once('exit', stop);
  child.send(options);
  try {
    return factsOf(await promise);
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  } finally {
    signal?.removeEventListener('abort', stop);
    process.off('exit', stop);
  }
}

function endGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It is gone already.
  }
}

function factsOf(answer: SynthesisAnswer): AssemblyFacts {
  if ('assembly' in answer) return answer.assembly;
  const { name, message, stack } = answer.error;
  const error = name === 'StageConfigError' ? new StageConfigError(message) : new Error(message);
  if (stack !== undefined) error.stack = stack;
  throw error;
}
