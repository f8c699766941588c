/** One execution environment of one function: a child process that serves one invocation at a time. */
import { type ChildProcess, fork } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { type TemporaryFolder, temporaryFolder } from '../temporary-folder.ts';
import { buildEnvironment, type EnvironmentOverrides } from './lambda-environment.ts';
import type { FunctionSpec } from './resolve-template.ts';

const BOOTSTRAP = fileURLToPath(new URL('runtime/bootstrap.mjs', import.meta.url));

/** Share of a function's memory that Lambda gives to V8's old space. */
const HEAP_SHARE = 0.9;

export interface Invocation {
  requestId: string;
  /** JSON text. */
  payload: string;
}

/** `payload` is JSON text: the handler's result, or `{errorType, errorMessage, trace?}`. */
export interface InvocationOutcome {
  type: 'result' | 'error';
  payload: string;
}

interface BootstrapMessage {
  type: 'ready' | 'result' | 'error' | 'fatal';
  payload?: string;
}

function errorOutcome(errorType: string, requestId: string, message: string): InvocationOutcome {
  const errorMessage = `RequestId: ${requestId} Error: ${message}`;
  return { type: 'error', payload: JSON.stringify({ errorType, errorMessage }) };
}

/** How Lambda words the end of a process that gave no answer. */
function describeExit(code: number | null, signal: NodeJS.Signals | null): string {
  if (signal === 'SIGKILL') return 'Runtime exited with error: signal: killed';
  if (signal === 'SIGABRT') return 'Runtime exited with error: signal: aborted';
  if (signal !== null) return `Runtime exited with error: signal: ${signal}`;
  return code === 0 ? 'Runtime exited without providing a reason' : `Runtime exited with error: exit status ${code}`;
}

export interface LambdaProcessOptions {
  spec: FunctionSpec;
  region: string;
  overrides: EnvironmentOverrides;
  onLine(stream: 'stdout' | 'stderr', line: string): void;
}

/** One process that runs a bundled handler, an invocation at a time: what an execution environment is in Lambda. */
export class LambdaProcess {
  readonly #child: ChildProcess;
  readonly #spec: FunctionSpec;
  readonly #scratch: TemporaryFolder;
  /** Settles once the process is gone and all it wrote has been read. */
  readonly closed: Promise<void>;
  #isGone = false;
  #settle: ((outcome: InvocationOutcome) => void) | undefined;
  #requestId = '';
  #isReady: Promise<void>;
  #markReady: () => void = () => {};

  constructor({ spec, region, overrides, onLine }: LambdaProcessOptions) {
    this.#spec = spec;
    this.#scratch = temporaryFolder('lambda-');
    this.#isReady = new Promise((resolve) => {
      this.#markReady = resolve;
    });
    this.#child = fork(BOOTSTRAP, [], {
      cwd: spec.codeDir,
      env: buildEnvironment(spec, region, overrides, this.#scratch.path),
      execArgv: [`--max-old-space-size=${Math.floor(spec.memoryMB * HEAP_SHARE)}`],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    const { promise, resolve } = Promise.withResolvers<void>();
    this.closed = promise;
    this.#child.once('close', () => {
      this.#scratch.remove();
      resolve();
    });
    this.#child.on('message', (message) => this.#receive(message as BootstrapMessage));
    this.#child.once('exit', (code, signal) => this.#exited(code, signal));
    this.#child.on('error', () => this.#exited(null, 'SIGKILL'));
    for (const stream of ['stdout', 'stderr'] as const) {
      const input = this.#child[stream] as Readable;
      createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY }).on('line', (line) => onLine(stream, line));
    }
  }

  /** False once the process died; it is then of no more use. */
  get isAlive(): boolean {
    return !this.#isGone;
  }

  /**
   * Runs one invocation; the caller sees to it that there is only one at a time. The function's time-out covers the
   * first invocation's start-up too, and kills the process.
   */
  async invoke({ requestId, payload }: Invocation): Promise<InvocationOutcome> {
    this.#requestId = requestId;
    const { promise, resolve } = Promise.withResolvers<InvocationOutcome>();
    this.#settle = resolve;
    if (this.#isGone) return errorOutcome('Runtime.ExitError', requestId, 'Runtime exited without providing a reason');
    const timeoutMs = this.#spec.timeoutSeconds * 1000;
    const timer = setTimeout(() => {
      const seconds = this.#spec.timeoutSeconds.toFixed(2);
      this.#finish(errorOutcome('Sandbox.Timedout', requestId, `Task timed out after ${seconds} seconds`));
      this.kill();
    }, timeoutMs);
    const deadline = Date.now() + timeoutMs;
    this.#isReady.then(() => {
      if (!this.#isGone && this.#child.connected) this.#child.send({ requestId, payload, deadline });
    });
    try {
      return await promise;
    } finally {
      clearTimeout(timer);
    }
  }

  /** Ends the process at once, with whatever it is doing. */
  kill(): void {
    this.#isGone = true;
    this.#child.kill('SIGKILL');
  }

  /** Lets an idle process go; resolves when it has. */
  async release(): Promise<void> {
    this.#isGone = true;
    // Not disconnect(): after it Node emits no 'close' event, which is what tells that every line has been read.
    if (this.#child.connected) this.#child.send({ shutdown: true });
    else this.#child.kill('SIGKILL');
    await this.closed;
  }

  #receive(message: BootstrapMessage): void {
    const { type, payload = 'null' } = message;
    if (type === 'ready') {
      this.#markReady();
      return;
    }
    if (type === 'fatal') this.#isGone = true;
    this.#finish({ type: type === 'result' ? 'result' : 'error', payload });
  }

  #exited(code: number | null, signal: NodeJS.Signals | null): void {
    this.#isGone = true;
    this.#finish(errorOutcome('Runtime.ExitError', this.#requestId, describeExit(code, signal)));
  }

  #finish(outcome: InvocationOutcome): void {
    const settle = this.#settle;
    this.#settle = undefined;
    settle?.(outcome);
  }
}
