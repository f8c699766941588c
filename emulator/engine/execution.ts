/** Runs one prepared machine once: its Task states, its events, its limits. */
import { setTimeout as sleep } from 'node:timers/promises';
import {
  ExecutionAbortedError,
  ExecutionError,
  ExecutionTimeoutError,
  type StateMachine,
} from 'aws-local-stepfunctions';
import type { DistributedMapInput } from './distributed-map-spec.ts';
import type { ExecutionEventDetails, ExecutionRef } from './events.ts';
import { isJsonObject, type JsonObject, type JsonValue, jsonBytes } from './json.ts';
import type { PreparedMachine, TaskAction } from './prepared-machine.ts';
import { AbortedError, MAX_STATE_BYTES, StateError, terminalError } from './state-error.ts';

/** What an execution needs from the engine. */
export interface ExecutionHost {
  /** Factor on Wait times. */
  waitScale: number;
  emit(execution: ExecutionRef, event: ExecutionEventDetails): void;
  /** Adds to the number of state transitions that AWS would bill. */
  countTransitions(count: number): void;
  invoke(functionArn: string, input: JsonValue, execution: ExecutionRef, state: string): Promise<JsonValue>;
  runMap(request: MapRequest): Promise<JsonValue>;
  /** Starts another execution and does not wait for it; `input` is that of the API call StartExecution. */
  startExecution(input: JsonValue): JsonValue;
}

export interface MapRequest {
  action: Extract<TaskAction, { kind: 'distributed-map' }>;
  input: DistributedMapInput;
  execution: ExecutionRef;
  context: JsonObject;
  /** Aborts when the execution that the map belongs to ends early. */
  signal: AbortSignal;
}

export interface ExecutionRequest {
  machine: PreparedMachine;
  execution: ExecutionRef;
  input: JsonValue;
  /** The context object, `$$`. */
  context: JsonObject;
}

export type ExecutionOutcome =
  | { status: 'SUCCEEDED'; output: JsonValue }
  | { status: 'FAILED' | 'TIMED_OUT' | 'ABORTED'; error: string; cause: string };

export interface RunningExecution {
  outcome: Promise<ExecutionOutcome>;
  abort(): void;
}

type EventLogs = ReturnType<StateMachine['run']>['eventLogs'];
type InterpreterEvent = EventLogs extends AsyncGenerator<infer Event> ? Event : never;

const DATA_LIMIT = 'States.DataLimitExceeded';
/** Longest Wait that Step Functions takes, in seconds. */
const MAX_WAIT_SECONDS = 99_999_999;
const MAX_TIMER_MS = 2_147_483_647;

function waitMs(input: JsonObject): number {
  if (typeof input.timestamp === 'string') {
    const at = Date.parse(input.timestamp);
    if (Number.isNaN(at)) throw new StateError('States.Runtime', 'The timestamp of the Wait is not RFC 3339', false);
    return Math.max(0, at - Date.now());
  }
  const { seconds } = input;
  if (typeof seconds !== 'number' || !Number.isInteger(seconds) || seconds < 0 || seconds > MAX_WAIT_SECONDS) {
    throw new StateError('States.Runtime', 'The seconds of the Wait are not a whole number from 0 to 99999999', false);
  }
  return seconds * 1000;
}

async function wait(input: JsonObject, scale: number, signal: AbortSignal): Promise<JsonValue> {
  for (let left = waitMs(input) * scale; left > 0; left -= MAX_TIMER_MS) {
    await sleep(Math.min(left, MAX_TIMER_MS), undefined, { signal });
  }
  return input.input ?? null;
}

/** Rejects once the signal aborts, whatever becomes of the promise. */
async function untilAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  const aborted = Promise.withResolvers<never>();
  const abort = () => aborted.reject(new AbortedError('The execution was stopped'));
  signal.addEventListener('abort', abort, { once: true });
  if (signal.aborted) abort();
  try {
    return await Promise.race([promise, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

class Execution {
  readonly #request: ExecutionRequest;
  readonly #host: ExecutionHost;
  readonly #controller = new AbortController();
  /** A fault of the engine itself; it must not pass for a failure of the state machine. */
  #fault: { error: unknown } | undefined;
  /** What each state failed with last: the interpreter says that it tries again, not why. */
  readonly #lastErrors = new Map<string, { error: string; cause: string }>();
  /** Set when a state's data outgrew the limit, which ends an execution. */
  #overflow: string | undefined;
  #stop: () => void = () => {};

  constructor(request: ExecutionRequest, host: ExecutionHost) {
    this.#request = request;
    this.#host = host;
  }

  abort(): void {
    this.#controller.abort();
    this.#stop();
  }

  async run(): Promise<ExecutionOutcome> {
    const { machine, input, context, execution } = this.#request;
    this.#host.emit(execution, { type: 'ExecutionStarted', input });
    const handlers = Object.fromEntries(
      [...machine.tasks].map(([state, action]) => [state, (task: JsonValue) => this.#perform(state, action, task)]),
    );
    const run = machine.machine.run(input, { overrides: { taskResourceLocalHandlers: handlers }, context });
    this.#stop = run.abort;
    if (this.#controller.signal.aborted) run.abort();
    const [outcome] = await Promise.all([this.#outcome(run.result as Promise<JsonValue>), this.#follow(run.eventLogs)]);
    if (this.#fault !== undefined) throw this.#fault.error;
    const final: ExecutionOutcome =
      this.#overflow === undefined ? outcome : { status: 'FAILED', error: DATA_LIMIT, cause: this.#overflow };
    this.#report(final);
    return final;
  }

  async #outcome(result: Promise<JsonValue>): Promise<ExecutionOutcome> {
    try {
      return { status: 'SUCCEEDED', output: await result };
    } catch (error) {
      if (error instanceof ExecutionAbortedError) {
        return { status: 'ABORTED', error: 'States.Aborted', cause: 'The execution was stopped' };
      }
      if (error instanceof ExecutionTimeoutError) {
        return { status: 'TIMED_OUT', error: 'States.Timeout', cause: 'The execution ran out of time' };
      }
      if (error instanceof ExecutionError && error.cause instanceof Error) {
        return { status: 'FAILED', error: error.cause.name, cause: error.cause.message };
      }
      throw error;
    }
  }

  #report(outcome: ExecutionOutcome): void {
    const { execution } = this.#request;
    if (outcome.status === 'SUCCEEDED') {
      this.#host.emit(execution, { type: 'ExecutionSucceeded', output: outcome.output });
      return;
    }
    const types = { FAILED: 'ExecutionFailed', TIMED_OUT: 'ExecutionTimedOut', ABORTED: 'ExecutionAborted' } as const;
    this.#host.emit(execution, { type: types[outcome.status], error: outcome.error, cause: outcome.cause });
  }

  async #perform(state: string, action: TaskAction, input: JsonValue): Promise<JsonValue> {
    const { signal } = this.#controller;
    try {
      return await untilAborted(this.#act(state, action, input, signal), signal);
    } catch (error) {
      if (error instanceof StateError) {
        this.#lastErrors.set(state, { error: error.name, cause: error.message });
        throw error;
      }
      if (!signal.aborted) {
        this.#fault = { error };
        this.abort();
      }
      throw error;
    }
  }

  async #act(state: string, action: TaskAction, input: JsonValue, signal: AbortSignal): Promise<JsonValue> {
    const { execution, context } = this.#request;
    switch (action.kind) {
      case 'wait':
        return wait(isJsonObject(input) ? input : {}, this.#host.waitScale, signal);
      case 'distributed-map': {
        const mapInput = input as unknown as DistributedMapInput;
        return this.#host.runMap({ action, input: mapInput, execution, context, signal });
      }
      case 'start-execution':
        return this.#host.startExecution(input);
      case 'function': {
        this.#limit(state, input, 'input');
        const output = await this.#host.invoke(action.functionArn, input, execution, state);
        this.#limit(state, output, 'result');
        return output;
      }
    }
  }

  #limit(state: string, value: JsonValue, what: string): void {
    const bytes = jsonBytes(value);
    if (bytes <= MAX_STATE_BYTES) return;
    const named = this.#request.machine.states.get(state)?.namedErrors ?? new Set();
    const cause = `The state '${state}' has a ${what} of ${bytes} bytes, more than the maximum of ${MAX_STATE_BYTES}`;
    throw terminalError(DATA_LIMIT, cause, named);
  }

  /** Turns the interpreter's events into the engine's, counts transitions and holds outputs to the limit. */
  async #follow(logs: EventLogs): Promise<void> {
    for await (const event of logs) {
      if ('state' in event) this.#onStateEvent(event);
    }
  }

  #onStateEvent(event: Extract<InterpreterEvent, { state: unknown }>): void {
    const { execution, machine } = this.#request;
    const state = event.state.name;
    const details = { state, stateType: machine.states.get(state)?.type ?? event.state.type };
    const input = event.state.input as JsonValue;
    switch (event.type) {
      case 'StateEntered':
        this.#host.countTransitions(1);
        this.#host.emit(execution, { type: 'StateEntered', ...details, input });
        return;
      case 'StateExited': {
        const output = (event.state.output ?? null) as JsonValue;
        this.#host.emit(execution, { type: 'StateExited', ...details, input, output });
        if (jsonBytes(output) > MAX_STATE_BYTES) {
          this.#overflow ??= `The state '${state}' has an output of more than ${MAX_STATE_BYTES} bytes`;
          this.abort();
        }
        return;
      }
      case 'StateFailed': {
        const cause = typeof event.Cause === 'string' ? event.Cause : JSON.stringify(event.Cause);
        this.#host.emit(execution, { type: 'StateFailed', ...details, error: event.Error, cause });
        return;
      }
      case 'StateRetried':
        this.#host.countTransitions(1);
        this.#host.emit(execution, {
          type: 'StateRetried',
          ...details,
          attempt: event.retry.attempt,
          ...(this.#lastErrors.get(state) ?? { error: 'States.Timeout', cause: '' }),
        });
        return;
      case 'StateCaught':
        this.#host.emit(execution, { type: 'StateCaught', ...details, next: event.catch.catcher.Next });
    }
  }
}

/**
 * The execution, running; its `outcome` rejects only on a fault of the engine itself, `abort` ends it.
 *
 * @example await startExecution(request, host).outcome // { status: 'SUCCEEDED', output: { … } }
 */
export function startExecution(request: ExecutionRequest, host: ExecutionHost): RunningExecution {
  const execution = new Execution(request, host);
  return { outcome: execution.run(), abort: () => execution.abort() };
}
