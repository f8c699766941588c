/** Runs a Distributed Map: one child execution per item, so many at a time, in bounded memory. */
import { randomUUID } from 'node:crypto';
import type { S3Client } from '@aws-sdk/client-s3';
import type { StateMachine } from 'aws-local-stepfunctions';
import type { DistributedMapInput } from './distributed-map-spec.ts';
import type { ExecutionRef, MapCounts } from './events.ts';
import {
  type ExecutionHost,
  type ExecutionOutcome,
  type MapRequest,
  type RunningExecution,
  startExecution,
} from './execution.ts';
import { countItems, readItems } from './item-reader.ts';
import { isJsonObject, type JsonObject, type JsonValue } from './json.ts';
import type { DistributedMapSpec } from './prepared-machine.ts';
import { ResultWriter } from './result-writer.ts';
import { MAX_STATE_BYTES, StateError } from './state-error.ts';

/** Children at once where the definition sets no limit. Step Functions allows 10,000; one machine has fewer cores. */
const DEFAULT_CONCURRENCY = 1_000;

export interface MapDependencies {
  host: ExecutionHost;
  /** For the item reader and the result writer. */
  s3(): S3Client;
  /** ARN of the state machine that the map is part of. */
  stateMachineArn: string;
}

interface Tolerance {
  percentage: number | undefined;
  count: number | undefined;
}

function wholeNumber(value: JsonValue | undefined, what: string): number | undefined {
  if (value === undefined) return undefined;
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0) return value;
  throw new StateError('States.Runtime', `${what} is not a whole number of at least 0`, false);
}

function tolerance({ toleratedPercentage, toleratedCount }: DistributedMapInput): Tolerance {
  const count = wholeNumber(toleratedCount, 'The tolerated failure count');
  if (toleratedPercentage === undefined) return { percentage: undefined, count };
  if (typeof toleratedPercentage !== 'number' || toleratedPercentage < 0 || toleratedPercentage > 100) {
    throw new StateError('States.Runtime', 'The tolerated failure percentage is not a number from 0 to 100', false);
  }
  return { percentage: toleratedPercentage, count };
}

/** Without any limit the first failure is one too many; of two limits the stricter one counts. */
function exceeds({ failed, total }: MapCounts, { percentage, count }: Tolerance): boolean {
  const limits = [
    ...(percentage === undefined ? [] : [(percentage / 100) * total]),
    ...(count === undefined ? [] : [count]),
  ];
  return failed > (limits.length === 0 ? 0 : Math.min(...limits));
}

async function select(
  selector: StateMachine,
  input: DistributedMapInput,
  context: JsonObject,
  item: { Index: number; Value: JsonValue },
): Promise<JsonValue> {
  try {
    const own = await selector.run(input.input, { context: { ...context, Map: { Item: item } } }).result;
    return { ...input.selected, ...(own as JsonObject) };
  } catch {
    throw new StateError('States.Runtime', 'The ItemSelector has a path that the item does not match', false);
  }
}

class MapRun {
  readonly #spec: DistributedMapSpec;
  readonly #request: MapRequest;
  readonly #dependencies: MapDependencies;
  readonly #childMachineArn: string;
  readonly #mapRunArn: string;
  readonly #tolerance: Tolerance;
  readonly #writer: ResultWriter | undefined;
  readonly #running = new Set<RunningExecution>();
  /** Resolves when a child ends. */
  #ended = Promise.withResolvers<void>();
  readonly #counts: MapCounts = { total: 0, running: 0, succeeded: 0, failed: 0 };
  readonly #outputs: JsonValue[] = [];
  #outputBytes = 0;
  #failure: unknown;
  #isStopped = false;

  constructor(request: MapRequest, dependencies: MapDependencies) {
    this.#request = request;
    this.#dependencies = dependencies;
    this.#spec = request.action.spec;
    this.#childMachineArn = `${dependencies.stateMachineArn}/${this.#spec.label}`;
    this.#mapRunArn = `${this.#childMachineArn.replace(':stateMachine:', ':mapRun:')}:${randomUUID()}`;
    this.#tolerance = tolerance(request.input);
    const { destination } = request.input;
    this.#writer = destination && new ResultWriter(dependencies.s3(), destination, this.#mapRunArn);
  }

  async run(): Promise<JsonValue> {
    const { input, execution, signal } = this.#request;
    const { state } = this.#spec;
    const limit = wholeNumber(input.maxConcurrency, 'The maximum concurrency') || DEFAULT_CONCURRENCY;
    const stop = () => this.#stop();
    signal.addEventListener('abort', stop, { once: true });
    try {
      this.#counts.total = await this.#total();
      this.#emit('MapRunStarted', limit);
      await this.#launchAll(limit);
      while (this.#running.size > 0) await this.#ended.promise;
      if (this.#failure !== undefined) throw this.#failure;
      const result = await this.#result();
      this.#throwIfExceeded();
      this.#dependencies.host.emit(execution, this.#finished(state));
      return result;
    } catch (error) {
      this.#stop();
      this.#dependencies.host.emit(execution, this.#finished(state, error instanceof Error ? error.name : 'Error'));
      throw error;
    } finally {
      signal.removeEventListener('abort', stop);
      this.#writer?.dispose();
    }
  }

  async #total(): Promise<number> {
    const { items, source } = this.#request.input;
    if (this.#spec.reader !== undefined && source !== undefined) {
      return countItems(this.#dependencies.s3(), source, this.#spec.reader);
    }
    if (Array.isArray(items)) return items.length;
    throw new StateError('States.Runtime', 'The items of the Map are not an array', false);
  }

  #items(): AsyncIterable<JsonValue> | Iterable<JsonValue> {
    const { items, source } = this.#request.input;
    if (this.#spec.reader !== undefined && source !== undefined) {
      return readItems(this.#dependencies.s3(), source, this.#spec.reader);
    }
    return items as JsonValue[];
  }

  async #launchAll(limit: number): Promise<void> {
    let index = 0;
    for await (const item of this.#items()) {
      while (this.#running.size >= limit && !this.#isStopped) await this.#ended.promise;
      if (this.#isStopped) return;
      await this.#launch(item, index);
      index += 1;
    }
  }

  async #launch(item: JsonValue, index: number): Promise<void> {
    const { execution: parent, input, context } = this.#request;
    const { itemSelector, child, state } = this.#spec;
    const childInput = itemSelector ? await select(itemSelector, input, context, { Index: index, Value: item }) : item;
    const name = randomUUID();
    const execution: ExecutionRef = {
      name,
      arn: `${this.#childMachineArn.replace(':stateMachine:', ':execution:')}:${name}`,
      map: { state, index, parent: parent.name },
    };
    // Each iteration of a Distributed Map is billed as a transition, beside those of the child.
    this.#dependencies.host.countTransitions(1);
    this.#counts.running += 1;
    const startedAt = Date.now();
    const running = startExecution(
      { machine: child, execution, input: childInput, context: childContext(context, execution) },
      this.#dependencies.host,
    );
    this.#running.add(running);
    running.outcome
      .then((outcome) => this.#record(execution, index, childInput, outcome, startedAt))
      .catch((error: unknown) => {
        this.#failure ??= error;
        this.#stop();
      })
      .finally(() => {
        this.#running.delete(running);
        this.#ended.resolve();
        this.#ended = Promise.withResolvers();
      });
  }

  #record(
    execution: ExecutionRef,
    index: number,
    input: JsonValue,
    outcome: ExecutionOutcome,
    startedAt: number,
  ): void {
    this.#counts.running -= 1;
    if (outcome.status === 'SUCCEEDED') this.#counts.succeeded += 1;
    else this.#counts.failed += 1;
    this.#writer?.add({
      executionArn: execution.arn,
      stateMachineArn: this.#childMachineArn,
      name: execution.name,
      input,
      ...outcome,
      startedAt,
      stoppedAt: Date.now(),
    });
    if (this.#writer === undefined && outcome.status === 'SUCCEEDED') this.#collect(index, outcome.output);
    this.#emit('MapRunProgress');
    if (this.#isExceeded()) this.#stop();
  }

  /** Without a result writer the outputs are the state's result, which has to fit into a state. */
  #collect(index: number, output: JsonValue): void {
    this.#outputBytes += JSON.stringify(output).length;
    if (this.#outputBytes > MAX_STATE_BYTES) {
      throw new StateError(
        'States.DataLimitExceeded',
        'The results of the Map are larger than a state can hold',
        false,
      );
    }
    this.#outputs[index] = output;
  }

  async #result(): Promise<JsonValue> {
    if (this.#writer === undefined) return this.#outputs.filter((output) => output !== undefined);
    return { MapRunArn: this.#mapRunArn, ResultWriterDetails: await this.#writer.finish() };
  }

  #isExceeded(): boolean {
    return exceeds(this.#counts, this.#tolerance);
  }

  #throwIfExceeded(): void {
    if (!this.#isExceeded()) return;
    throw new StateError(
      'States.ExceedToleratedFailureThreshold',
      'The specified tolerated failure threshold was exceeded',
    );
  }

  #stop(): void {
    if (this.#isStopped) return;
    this.#isStopped = true;
    for (const child of this.#running) child.abort();
  }

  #emit(type: 'MapRunStarted' | 'MapRunProgress', concurrency = 0): void {
    const base = { state: this.#spec.state, mapRunArn: this.#mapRunArn, counts: { ...this.#counts } };
    const event = type === 'MapRunStarted' ? { type, ...base, concurrency } : { type, ...base };
    this.#dependencies.host.emit(this.#request.execution, event);
  }

  #finished(state: string, error?: string) {
    const base = { type: 'MapRunFinished', state, mapRunArn: this.#mapRunArn, counts: { ...this.#counts } } as const;
    return error === undefined ? base : { ...base, error };
  }
}

/** A child has an execution name and id of its own; the rest of `$$` is as in its parent. */
function childContext(context: JsonObject, { arn, name }: ExecutionRef): JsonObject {
  const parent = isJsonObject(context.Execution) ? context.Execution : {};
  return { ...context, Execution: { ...parent, Id: arn, Name: name } };
}

/**
 * The state's result: where the result writer's manifest is, or the children's outputs in the order of items.
 *
 * @throws StateError `States.ExceedToleratedFailureThreshold`, `States.ItemReaderFailed`, `States.ResultWriterFailed`
 * @example
 * await runDistributedMap(request, dependencies)
 * // { MapRunArn: 'arn:…', ResultWriterDetails: { Bucket: 'lake', Key: 'runs/r1/map/…/manifest.json' } }
 */
export async function runDistributedMap(request: MapRequest, dependencies: MapDependencies): Promise<JsonValue> {
  return new MapRun(request, dependencies).run();
}
