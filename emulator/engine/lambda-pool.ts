/** Runs functions as Lambda does: a process per concurrent invocation, kept warm and used again. */
import { randomUUID } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { armKill, type FunctionFault, throwIfLost, throwIfThrottled } from './function-faults.ts';
import type { JsonValue } from './json.ts';
import type { EnvironmentOverrides } from './lambda-environment.ts';
import { type InvocationOutcome, LambdaProcess } from './lambda-process.ts';
import type { FunctionSpec } from './resolve-template.ts';
import { AbortedError, StateError } from './state-error.ts';

/** Limit of a synchronous invocation's request and of its response, in bytes (Lambda quotas). */
const MAX_INVOCATION_BYTES = 6 * 1024 * 1024;

/** A line that a function wrote; `tag` is what its invocation was given. */
export interface FunctionLog<Tag> {
  function: string;
  requestId: string;
  stream: 'stdout' | 'stderr';
  line: string;
  tag: Tag | undefined;
}

export interface LambdaPoolOptions<Tag> {
  functions: readonly FunctionSpec[];
  region: string;
  overrides: EnvironmentOverrides;
  /** Processes per function; further invocations wait for one. */
  maxProcesses?: number | undefined;
  onLog?: ((log: FunctionLog<Tag>) => void) | undefined;
}

interface Slot<Tag> {
  process: LambdaProcess;
  current: { requestId: string; tag: Tag | undefined } | undefined;
}

/** The processes of one function. */
class FunctionPool<Tag> {
  readonly #slots = new Set<Slot<Tag>>();
  readonly #idle: Slot<Tag>[] = [];
  readonly #waiting: PromiseWithResolvers<Slot<Tag>>[] = [];
  #isClosed = false;
  readonly #create: () => Slot<Tag>;
  readonly #limit: number;

  constructor(limit: number, create: () => Slot<Tag>) {
    this.#limit = limit;
    this.#create = create;
  }

  async acquire(): Promise<Slot<Tag>> {
    for (let slot = this.#idle.pop(); slot !== undefined; slot = this.#idle.pop()) {
      if (slot.process.isAlive) return slot;
      this.#slots.delete(slot);
    }
    if (this.#slots.size < this.#limit) return this.#add();
    const turn = Promise.withResolvers<Slot<Tag>>();
    this.#waiting.push(turn);
    return turn.promise;
  }

  release(slot: Slot<Tag>): void {
    slot.current = undefined;
    if (!slot.process.isAlive) this.#slots.delete(slot);
    if (this.#isClosed) return;
    const next = this.#waiting.shift();
    if (next !== undefined) next.resolve(slot.process.isAlive ? slot : this.#add());
    else if (slot.process.isAlive) this.#idle.push(slot);
  }

  close(): void {
    this.#isClosed = true;
    for (const turn of this.#waiting.splice(0)) turn.reject(new AbortedError('The engine was closed'));
  }

  get idleProcesses(): LambdaProcess[] {
    return this.#idle.map((slot) => slot.process);
  }

  #add(): Slot<Tag> {
    const slot = this.#create();
    this.#slots.add(slot);
    return slot;
  }
}

/** What Lambda's answer means to Step Functions: `errorType` is the error's name, the whole payload its cause. */
function toStateError(payload: string): StateError {
  const { errorType } = JSON.parse(payload) as { errorType?: unknown };
  if (typeof errorType === 'string' && errorType !== '') return new StateError(errorType, payload);
  const cause = `The cause could not be determined because Lambda did not return an error type. Returned payload: ${payload}`;
  return new StateError('Lambda.Unknown', cause);
}

/**
 * The functions of a stack, each with processes of its own that are started when needed and used again, as Lambda does.
 */
export class LambdaPool<Tag = unknown> {
  readonly #pools = new Map<string, FunctionPool<Tag>>();
  readonly #spawned = new Set<LambdaProcess>();
  #isClosed = false;

  constructor(options: LambdaPoolOptions<Tag>) {
    const limit = options.maxProcesses ?? Math.max(4, availableParallelism() * 2);
    for (const spec of options.functions) {
      this.#pools.set(spec.arn, new FunctionPool(limit, () => this.#spawn(spec, options)));
    }
  }

  has(functionArn: string): boolean {
    return this.#pools.has(functionArn);
  }

  /**
   * Invokes a function and waits for its answer.
   *
   * @throws StateError with the name and cause that Step Functions would report
   */
  async invoke(functionArn: string, input: JsonValue, tag?: Tag, fault?: FunctionFault): Promise<JsonValue> {
    throwIfThrottled(fault);
    const pool = this.#pools.get(functionArn);
    if (pool === undefined || this.#isClosed) {
      throw new StateError('Lambda.ResourceNotFoundException', `Function not found: ${functionArn}`);
    }
    const payload = JSON.stringify(input);
    if (Buffer.byteLength(payload) > MAX_INVOCATION_BYTES) {
      throw new StateError(
        'Lambda.RequestTooLargeException',
        'The request payload exceeded the Invoke request body limit',
      );
    }
    const slot = await pool.acquire();
    const requestId = randomUUID();
    slot.current = { requestId, tag };
    const disarm = armKill(fault, slot.process);
    try {
      const result = this.#read(await slot.process.invoke({ requestId, payload }));
      throwIfLost(fault);
      return result;
    } finally {
      disarm();
      pool.release(slot);
    }
  }

  /** Kills what is running, lets the rest go, and resolves when no process is left and every line has been read. */
  async close(): Promise<void> {
    this.#isClosed = true;
    for (const pool of this.#pools.values()) pool.close();
    const idle = new Set([...this.#pools.values()].flatMap((pool) => pool.idleProcesses));
    await Promise.all(
      [...this.#spawned].map((process) => {
        if (idle.has(process) && process.isAlive) return process.release();
        process.kill();
        return process.closed;
      }),
    );
  }

  #read({ type, payload }: InvocationOutcome): JsonValue {
    if (type === 'error') throw toStateError(payload);
    if (Buffer.byteLength(payload) > MAX_INVOCATION_BYTES) {
      const errorMessage = `Response payload size exceeded maximum allowed payload size (${MAX_INVOCATION_BYTES} bytes).`;
      throw toStateError(JSON.stringify({ errorType: 'Function.ResponseSizeTooLarge', errorMessage }));
    }
    return JSON.parse(payload) as JsonValue;
  }

  #spawn(spec: FunctionSpec, { region, overrides, onLog }: LambdaPoolOptions<Tag>): Slot<Tag> {
    const slot: { current: Slot<Tag>['current'] } = { current: undefined };
    const process = new LambdaProcess({
      spec,
      region,
      overrides,
      onLine: (stream, line) => {
        onLog?.({
          function: spec.name,
          requestId: slot.current?.requestId ?? '',
          stream,
          line,
          tag: slot.current?.tag,
        });
      },
    });
    this.#spawned.add(process);
    process.closed.then(() => this.#spawned.delete(process));
    return Object.assign(slot, { process });
  }
}
