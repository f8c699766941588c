/** Synthesises the stack beside this process, which goes on meanwhile: it shows what it waits for, and can be stopped. */
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { StageConfigError } from '../../infra/stage-config-error.ts';
import type { Synthesis, SynthesisAnswer, SynthesisOrder } from './synth-process.ts';

const SYNTH_PROCESS = fileURLToPath(new URL('synth-process.ts', import.meta.url));

/**
 * The stack, bundled and synthesised in a process of its own with the context of the `dev` stage: no credentials, no network,
 * about three seconds of one core.
 *
 * @param tmp the child's temporary folder: its bundles, and whatever it leaves, are in there
 * @param signal ends it at once
 * @throws StageConfigError on a wrong setting; the signal's reason once it aborts
 */
export async function synthesiseApart(order: SynthesisOrder, tmp: string, signal?: AbortSignal): Promise<Synthesis> {
  signal?.throwIfAborted();
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
  child.send(order);
  try {
    return synthesisOf(await promise);
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

function synthesisOf(answer: SynthesisAnswer): Synthesis {
  if (!('error' in answer)) return answer;
  const { name, message, stack } = answer.error;
  const error = name === 'StageConfigError' ? new StageConfigError(message) : new Error(message);
  if (stack !== undefined) error.stack = stack;
  throw error;
}
