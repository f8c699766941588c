/** The engine's front door: executions of a synthesised state machine on this machine. */
import { randomUUID } from 'node:crypto';
import { S3Client } from '@aws-sdk/client-s3';
import { runDistributedMap } from './distributed-map.ts';
import type { EventSink, ExecutionEvent, ExecutionEventDetails, ExecutionRef } from './events.ts';
import { type ExecutionHost, type ExecutionOutcome, startExecution } from './execution.ts';
import { CallCounter, type FaultPlan, type FunctionFault } from './function-faults.ts';
import { isJsonObject, type JsonValue, jsonBytes } from './json.ts';
import { type EnvironmentOverrides, unknownOverrides } from './lambda-environment.ts';
import { LambdaPool } from './lambda-pool.ts';
import { prepareMachine, validateDefinition } from './prepare-machine.ts';
import type { PreparedMachine } from './prepared-machine.ts';
import type { FunctionSpec, StateMachineSpec } from './resolve-template.ts';
import { MAX_STATE_BYTES, StateError, UnsupportedDefinitionError } from './state-error.ts';

/** Caller of what the state machines themselves read and write, as the S3 stand-in names it. */
export const STATE_MACHINES = 'state-machines';

/** What is run: a synthesised stack, or a table made by hand. */
interface Runnable {
  region: string;
  functions: readonly FunctionSpec[];
  stateMachines: readonly StateMachineSpec[];
}

export interface EngineOptions {
  assembly: Runnable;
  /**
   * `AWS_…` variables for every function (the endpoints of the stand-ins), and values that replace those that the
   * template gives, such as `CXONE_BASE_URL`. The engine's own S3 calls use `AWS_ENDPOINT_URL_S3` too.
   */
  overridesEnv?: EnvironmentOverrides;
  /** Factor on the times of Wait and Retry; 1, real time, by default. */
  waitScale?: number;
  /** Processes per function; twice the cores, at least 4, by default. */
  maxProcesses?: number;
  /** Makes invocations fail on purpose. */
  faults?: FaultPlan;
  onEvent?: EventSink;
}

export interface RunOptions {
  input: JsonValue;
  /** Execution name; a random one by default. */
  name?: string;
  /** Needed only where the stack has more than one. */
  stateMachine?: string;
  onEvent?: EventSink;
  /** Stops the execution. */
  signal?: AbortSignal;
  /** Which events `history` keeps: those of the execution itself (default), of its children too, or none. */
  record?: 'parent' | 'all' | 'none';
}

export interface ExecutionResult {
  name: string;
  status: ExecutionOutcome['status'];
  output?: JsonValue;
  error?: string;
  cause?: string;
  /** As AWS bills them: states entered, retries, and one per iteration of a Distributed Map. */
  stateTransitions: number;
  durationMs: number;
  history: ExecutionEvent[];
}

/** What a line of a function's log belongs to. */
interface LogTag {
  execution: ExecutionRef;
  state: string;
  emit: ExecutionHost['emit'];
}

const EXECUTION_NAME = /^[A-Za-z0-9][A-Za-z0-9_-]{0,79}$/;

/** Runs executions of one assembly; its function processes stay warm between them until {@link LocalEngine.close}. */
export class LocalEngine {
  readonly #options: EngineOptions;
  readonly #pool: LambdaPool<LogTag>;
  readonly #machines = new Map<string, PreparedMachine>();
  #s3: S3Client | undefined;
  /** By ARN, the input of each execution that runs; a name stays taken when its execution has ended. */
  readonly #inputs = new Map<string, string>();
  readonly #ended = new Set<string>();
  /** Executions that others have started without waiting for them. */
  readonly #background = new Map<Promise<ExecutionResult>, AbortController>();

  /** @throws UnsupportedDefinitionError when an override names a variable that no function has */
  constructor(options: EngineOptions) {
    this.#options = options;
    const { assembly, overridesEnv: overrides = {}, maxProcesses } = options;
    const unknown = unknownOverrides(assembly.functions, overrides);
    if (unknown.length > 0) {
      throw new UnsupportedDefinitionError(`no function of the template has the variable ${unknown.join(', ')}`);
    }
    this.#pool = new LambdaPool({
      functions: assembly.functions,
      region: assembly.region,
      overrides,
      maxProcesses,
      onLog: ({ tag, ...log }) => tag?.emit(tag.execution, { type: 'FunctionLog', state: tag.state, ...log }),
    });
  }

  /**
   * Runs one execution to its end.
   *
   * A run that fails is a result, not an error.
   *
   * @throws UnsupportedDefinitionError when the definition needs what the engine does not have
   * @throws RangeError on a name or an input that StartExecution would refuse
   */
  async run(options: RunOptions): Promise<ExecutionResult> {
    const { input, name = randomUUID(), record = 'parent' } = options;
    if (!EXECUTION_NAME.test(name)) throw new RangeError('an execution name is 1 to 80 letters, digits, _ or -');
    if (jsonBytes(input) > MAX_STATE_BYTES) throw new RangeError(`an input has at most ${MAX_STATE_BYTES} bytes`);
    const spec = this.#find(options.stateMachine);
    const machine = this.#prepare(spec);
    const history: ExecutionEvent[] = [];
    let stateTransitions = 0;
    const calls = new CallCounter();

    const emit = (execution: ExecutionRef, details: ExecutionEventDetails) => {
      const event: ExecutionEvent = { timestamp: Date.now(), execution, ...details };
      if (record === 'all' || (record === 'parent' && execution.map === undefined)) history.push(event);
      this.#options.onEvent?.(event);
      options.onEvent?.(event);
    };
    const host: ExecutionHost = {
      waitScale: this.#options.waitScale ?? 1,
      emit,
      countTransitions: (count) => {
        stateTransitions += count;
      },
      invoke: (arn, payload, execution, state) => {
        const fault = this.#chooseFault(calls, execution, state);
        return this.#pool.invoke(arn, payload, { execution, state, emit }, fault);
      },
      startExecution: (request) => this.#startInBackground(request, options),
      runMap: (request) => runDistributedMap(request, { host, s3: () => this.#s3Client(), stateMachineArn: spec.arn }),
    };

    const startedAt = performance.now();
    const arn = executionArn(spec, name);
    const context = { Execution: { Id: arn, Name: name }, StateMachine: { Id: spec.arn, Name: spec.name } };
    this.#inputs.set(arn, JSON.stringify(input));
    const running = startExecution({ machine, execution: { name, arn }, input, context }, host);
    const stop = () => running.abort();
    options.signal?.addEventListener('abort', stop, { once: true });
    if (options.signal?.aborted) stop();
    try {
      const outcome = await running.outcome;
      return { name, ...outcome, stateTransitions, durationMs: performance.now() - startedAt, history };
    } finally {
      options.signal?.removeEventListener('abort', stop);
      this.#inputs.delete(arn);
      this.#ended.add(arn);
    }
  }

  /**
   * Waits for the executions that others have started without waiting for them.
   *
   * @param giveUp stops those that are still running once it aborts
   * @returns what became of each
   */
  async settle(giveUp?: AbortSignal): Promise<ExecutionResult[]> {
    const stop = () => {
      for (const controller of this.#background.values()) controller.abort();
    };
    giveUp?.addEventListener('abort', stop, { once: true });
    if (giveUp?.aborted) stop();
    const results: ExecutionResult[] = [];
    try {
      while (this.#background.size > 0) {
        for (const running of [...this.#background.keys()]) {
          results.push(await running);
          this.#background.delete(running);
        }
      }
    } finally {
      giveUp?.removeEventListener('abort', stop);
    }
    return results;
  }

  /** Ends every function process. What still runs is killed. */
  async close(): Promise<void> {
    await this.settle(AbortSignal.abort());
    await this.#pool.close();
    this.#s3?.destroy();
  }

  #chooseFault(calls: CallCounter, { name, map }: ExecutionRef, state: string): FunctionFault | undefined {
    const { faults } = this.#options;
    // Without a plan nothing is counted: a map of every child's states would grow with the run.
    return faults?.({ state, execution: name, index: map?.index, call: calls.next(name, state) });
  }

  #startInBackground(request: JsonValue, { onEvent, record }: RunOptions): JsonValue {
    const { StateMachineArn, Input = {}, Name } = isJsonObject(request) ? request : {};
    const spec = this.#options.assembly.stateMachines.find(({ arn }) => arn === StateMachineArn);
    if (spec === undefined) {
      throw new StateError('StepFunctions.StateMachineDoesNotExistException', 'There is no such state machine');
    }
    const name = typeof Name === 'string' ? Name : randomUUID();
    const arn = executionArn(spec, name);
    const answer = { ExecutionArn: arn, StartDate: Date.now() / 1000 };
    // As AWS has it: the same start twice is one while it runs, and refused when it has ended or was another.
    if (this.#inputs.get(arn) === JSON.stringify(Input)) return answer;
    if (this.#inputs.has(arn) || this.#ended.has(arn)) {
      throw new StateError('StepFunctions.ExecutionAlreadyExistsException', 'The name of the execution is taken');
    }
    const controller = new AbortController();
    const running = this.run({
      stateMachine: spec.name,
      input: Input,
      name,
      signal: controller.signal,
      ...(onEvent && { onEvent }),
      ...(record && { record }),
    });
    // Its fault surfaces in `settle`.
    running.catch(() => {});
    this.#background.set(running, controller);
    return answer;
  }

  #find(name: string | undefined): StateMachineSpec {
    const { stateMachines } = this.#options.assembly;
    const found = name === undefined ? stateMachines : stateMachines.filter((spec) => spec.name === name);
    const [spec] = found;
    if (spec === undefined || found.length > 1) {
      const names = stateMachines.map((candidate) => candidate.name).join(', ');
      throw new UnsupportedDefinitionError(`choose one of the state machines: ${names}`);
    }
    return spec;
  }

  /** Building a machine validates it, which takes longer than many a run: once is enough. */
  #prepare(spec: StateMachineSpec): PreparedMachine {
    let machine = this.#machines.get(spec.arn);
    if (machine === undefined) {
      validateDefinition(spec.definition);
      machine = prepareMachine(spec.definition, { waitScale: this.#options.waitScale ?? 1 });
      this.#machines.set(spec.arn, machine);
    }
    return machine;
  }

  #s3Client(): S3Client {
    const endpoint = this.#options.overridesEnv?.AWS_ENDPOINT_URL_S3;
    // Without it the SDK would turn to AWS itself.
    if (endpoint === undefined) throw new UnsupportedDefinitionError('a Map over S3 needs AWS_ENDPOINT_URL_S3');
    this.#s3 ??= new S3Client({
      endpoint,
      region: this.#options.assembly.region,
      forcePathStyle: true,
      credentials: { accessKeyId: STATE_MACHINES, secretAccessKey: 'local' },
    });
    return this.#s3;
  }
}

function executionArn(spec: StateMachineSpec, name: string): string {
  return `${spec.arn.replace(':stateMachine:', ':execution:')}:${name}`;
}
