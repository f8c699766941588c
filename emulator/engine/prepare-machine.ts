/**
 * Rewrites a definition into one that the interpreter runs faithfully, and lists what its Task states do.
 *
 * - A Distributed Map becomes a Task whose `Parameters` evaluate its paths; its ItemProcessor a machine of its own.
 * - A Wait becomes a Task too: its path is evaluated whatever the time scale, and a long wait does not overflow a timer.
 * - Times of Retry are scaled; time-outs are those of AWS, not the interpreter's 60 s.
 *
 * What the interpreter would silently get wrong is refused.
 */
import { StateMachine, type StateMachineDefinition } from 'aws-local-stepfunctions';
import { distributedMapTask } from './distributed-map-spec.ts';
import { isJsonObject, type JsonObject, type JsonValue } from './json.ts';
import type { PreparedMachine, StateInfo, TaskAction } from './prepared-machine.ts';
import { UnsupportedDefinitionError } from './state-error.ts';

export interface PrepareOptions {
  /** Factor on the times of Wait and Retry: 1 is real time. */
  waitScale: number;
}

/** `setTimeout` fires at once beyond 2^31 - 1 ms. */
const MAX_TIMER_SECONDS = 2_147_483;

const LAMBDA_ARN = /^arn:[^:]+:lambda:[^:]+:\d{12}:function:[^:]+/;

/** The call that returns at once; the ones that wait (`.sync`) are another matter. */
const START_EXECUTION_ARN = /^arn:[^:]+:states:::states:startExecution$/;

/** Context paths that the interpreter has no value for. */
const MISSING_CONTEXT = /\$\$\.(State|Task)\b/;

interface Collected {
  states: Map<string, StateInfo>;
  tasks: Map<string, TaskAction>;
}

/**
 * The definition as the interpreter runs it faithfully, and what its Task states do.
 *
 * @throws UnsupportedDefinitionError naming the state and what about it cannot be run here
 * @throws Error from the interpreter's validation of the definition
 * @example prepareMachine({ StartAt: 'Done', States: { Done: { Type: 'Succeed' } } }, options).states.has('Done') // true
 */
export function prepareMachine(definition: JsonObject, options: PrepareOptions): PreparedMachine {
  const collected: Collected = { states: new Map(), tasks: new Map() };
  const runnable = prepareStates(definition, options, collected);
  if (typeof definition.TimeoutSeconds === 'number') {
    runnable.TimeoutSeconds = Math.min(definition.TimeoutSeconds, MAX_TIMER_SECONDS);
  }
  // The rewritten definition is the engine's own; what the user wrote has been validated before.
  const machine = new StateMachine(runnable as unknown as StateMachineDefinition, {
    validationOptions: { noValidate: true },
  });
  return { machine, ...collected };
}

/** @throws Error listing what is wrong with the definition as Amazon States Language */
export function validateDefinition(definition: JsonObject): void {
  new StateMachine(definition as unknown as StateMachineDefinition);
}

function prepareStates(definition: JsonObject, options: PrepareOptions, collected: Collected): JsonObject {
  if (definition.QueryLanguage !== undefined && definition.QueryLanguage !== 'JSONPath') {
    throw new UnsupportedDefinitionError(`the query language ${String(definition.QueryLanguage)} is not supported`);
  }
  const states = Object.entries(definition.States as Record<string, JsonObject>).map(([name, state]) => {
    if (collected.states.has(name)) throw new UnsupportedDefinitionError(`two states are called ${name}`);
    refuseUnsupported(name, state);
    collected.states.set(name, { type: String(state.Type), namedErrors: namedErrors(state) });
    return [name, prepareState(name, state, options, collected)] as const;
  });
  return { StartAt: definition.StartAt ?? '', States: Object.fromEntries(states) };
}

function prepareState(name: string, state: JsonObject, options: PrepareOptions, collected: Collected): JsonObject {
  const scaled = Array.isArray(state.Retry)
    ? { ...state, Retry: state.Retry.map((retrier) => scaleRetrier(retrier as JsonObject, options.waitScale)) }
    : state;
  switch (state.Type) {
    case 'Task':
      collected.tasks.set(name, taskAction(name, String(state.Resource)));
      return withTimeout(scaled);
    case 'Wait':
      collected.tasks.set(name, { kind: 'wait' });
      return withTimeout(waitTask(state));
    case 'Parallel':
      return {
        ...scaled,
        Branches: (state.Branches as JsonObject[]).map((branch) => prepareStates(branch, options, collected)),
      };
    case 'Map':
      return prepareMap(name, scaled, options, collected);
    default:
      return scaled;
  }
}

function prepareMap(name: string, state: JsonObject, options: PrepareOptions, collected: Collected): JsonObject {
  const processor = (state.ItemProcessor ?? state.Iterator) as JsonObject;
  const config = isJsonObject(processor.ProcessorConfig) ? processor.ProcessorConfig : {};
  if (config.Mode !== 'DISTRIBUTED') {
    const { Iterator: _replaced, ...rest } = state;
    return { ...rest, ItemProcessor: prepareStates(processor, options, collected) };
  }
  const child = prepareMachine({ StartAt: processor.StartAt ?? '', States: processor.States ?? {} }, options);
  const { task, spec } = distributedMapTask(name, state, child);
  collected.tasks.set(name, { kind: 'distributed-map', spec });
  return withTimeout(task);
}

function taskAction(name: string, resource: string): TaskAction {
  if (START_EXECUTION_ARN.test(resource)) return { kind: 'start-execution' };
  const match = LAMBDA_ARN.exec(resource);
  if (match === null) throw new UnsupportedDefinitionError(`${name}: ${resource} is not a Lambda function`);
  return { kind: 'function', functionArn: match[0] };
}

/** A Wait as a Task that gets the state's input and the time to wait, and gives the input back. */
function waitTask(state: JsonObject): JsonObject {
  const { Seconds, SecondsPath, Timestamp, TimestampPath, ...rest } = state;
  const time: JsonObject =
    SecondsPath !== undefined
      ? { 'seconds.$': SecondsPath }
      : TimestampPath !== undefined
        ? { 'timestamp.$': TimestampPath }
        : Timestamp !== undefined
          ? { timestamp: Timestamp }
          : { seconds: Seconds ?? 0 };
  return { ...rest, Type: 'Task', Resource: 'wait', Parameters: { 'input.$': '$', ...time } };
}

function withTimeout(state: JsonObject): JsonObject {
  if (state.TimeoutSecondsPath !== undefined) return state;
  const seconds = typeof state.TimeoutSeconds === 'number' ? state.TimeoutSeconds : MAX_TIMER_SECONDS;
  return { ...state, TimeoutSeconds: Math.min(seconds, MAX_TIMER_SECONDS) };
}

function scaleRetrier(retrier: JsonObject, scale: number): JsonObject {
  const interval = typeof retrier.IntervalSeconds === 'number' ? retrier.IntervalSeconds : 1;
  const cap = typeof retrier.MaxDelaySeconds === 'number' ? { MaxDelaySeconds: retrier.MaxDelaySeconds * scale } : {};
  return { ...retrier, IntervalSeconds: interval * scale, ...cap };
}

function namedErrors(state: JsonObject): ReadonlySet<string> {
  const handlers = [state.Retry, state.Catch].flatMap((list) => (Array.isArray(list) ? list : []));
  return new Set(handlers.flatMap((handler) => ((handler as JsonObject).ErrorEquals ?? []) as string[]));
}

function refuseUnsupported(name: string, state: JsonObject): void {
  const refuse = (what: string) => {
    throw new UnsupportedDefinitionError(`${name}: ${what} is not supported`);
  };
  if (state.QueryLanguage !== undefined && state.QueryLanguage !== 'JSONPath') refuse('a query language but JSONPath');
  for (const field of ['Arguments', 'Output', 'Assign', 'Credentials', 'HeartbeatSeconds', 'HeartbeatSecondsPath']) {
    if (state[field] !== undefined) refuse(field);
  }
  const texts = collectTexts({ ...state, ItemProcessor: null, Iterator: null, Branches: null });
  if (texts.some((text) => MISSING_CONTEXT.test(text))) refuse('$$.State or $$.Task');
}

function collectTexts(value: JsonValue): string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(collectTexts);
  return isJsonObject(value) ? Object.values(value).flatMap(collectTexts) : [];
}
