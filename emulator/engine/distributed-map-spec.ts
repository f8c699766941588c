/** What a Distributed Map asks for, and the Task that evaluates its paths. */

import { StateMachine, type StateMachineDefinition } from 'aws-local-stepfunctions';
import { isJsonObject, type JsonObject, type JsonValue } from './json.ts';
import type { DistributedMapSpec, PreparedMachine, ReaderConfig } from './prepared-machine.ts';
import { UnsupportedDefinitionError } from './state-error.ts';

/** The input of the Task that stands for a Distributed Map: every path evaluated. */
export interface DistributedMapInput {
  input: JsonValue;
  /** Entries of the ItemSelector that are the same for every item. */
  selected: JsonObject;
  items?: JsonValue;
  source?: { Bucket: string; Key: string };
  destination?: { Bucket: string; Prefix?: string };
  /** 0 or absent: no limit. */
  maxConcurrency?: JsonValue;
  toleratedPercentage?: JsonValue;
  toleratedCount?: JsonValue;
}

/** `{ name: state.Field }`, or `{ 'name.$': state.FieldPath }`, or nothing. */
function valueOrPath(name: string, state: JsonObject, field: string): JsonObject {
  const path = state[`${field}Path`];
  if (path !== undefined) return { [`${name}.$`]: path };
  return state[field] === undefined ? {} : { [name]: state[field] };
}

function readerConfig(name: string, reader: JsonObject): ReaderConfig {
  if (!String(reader.Resource).endsWith(':states:::s3:getObject')) {
    throw new UnsupportedDefinitionError(`${name}: ItemReader ${String(reader.Resource)} is not supported`);
  }
  const config = isJsonObject(reader.ReaderConfig) ? reader.ReaderConfig : {};
  const inputType = config.InputType;
  if (inputType !== 'JSONL') {
    throw new UnsupportedDefinitionError(`${name}: ItemReader of ${String(inputType)} is not supported`);
  }
  if (config.MaxItemsPath !== undefined || config.ItemsPointer !== undefined || config.Transformation !== undefined) {
    throw new UnsupportedDefinitionError(`${name}: this ReaderConfig is not supported`);
  }
  return { maxItems: typeof config.MaxItems === 'number' ? config.MaxItems : 0 };
}

function dependsOnItem(value: JsonValue): boolean {
  return JSON.stringify(value).includes('$$.Map');
}

/** Splits the selector: what is the same for every item is evaluated once, by the Task's Parameters. */
function splitSelector(name: string, selector: JsonObject): { common: JsonObject; perItem: JsonObject } {
  const entries = Object.entries(selector);
  const perItem = Object.fromEntries(entries.filter(([, value]) => dependsOnItem(value)));
  // The interpreter replaces these two by those of the selector's own run.
  if (/\$\$\.Execution\.(Input|StartTime)/.test(JSON.stringify(perItem))) {
    throw new UnsupportedDefinitionError(`${name}: one ItemSelector entry mixes $$.Map with $$.Execution`);
  }
  return { common: Object.fromEntries(entries.filter(([, value]) => !dependsOnItem(value))), perItem };
}

function selectorMachine(perItem: JsonObject): StateMachine {
  const definition = { StartAt: 'Select', States: { Select: { Type: 'Pass', Parameters: perItem, End: true } } };
  return new StateMachine(definition as unknown as StateMachineDefinition, { validationOptions: { noValidate: true } });
}

/**
 * The Distributed Map `name` as a Task that the interpreter can run, and what the engine must know to run its children.
 *
 * @throws UnsupportedDefinitionError naming the state and the field that cannot be run here
 * @example distributedMapTask('ExtractBatches', state, child).task.Resource // 'distributed-map'
 */
export function distributedMapTask(
  name: string,
  state: JsonObject,
  child: PreparedMachine,
): { task: JsonObject; spec: DistributedMapSpec } {
  if (state.ItemBatcher !== undefined) throw new UnsupportedDefinitionError(`${name}: ItemBatcher is not supported`);
  const reader = isJsonObject(state.ItemReader) ? state.ItemReader : undefined;
  const writer = isJsonObject(state.ResultWriter) ? state.ResultWriter : undefined;
  if (writer?.WriterConfig !== undefined)
    throw new UnsupportedDefinitionError(`${name}: WriterConfig is not supported`);
  const selector = state.ItemSelector ?? state.Parameters;
  const { common, perItem } = isJsonObject(selector) ? splitSelector(name, selector) : { common: {}, perItem: {} };
  const task: JsonObject = {
    Type: 'Task',
    Resource: 'distributed-map',
    Parameters: {
      'input.$': '$',
      selected: common,
      ...(reader === undefined ? { 'items.$': state.ItemsPath ?? '$' } : { source: reader.Parameters ?? {} }),
      ...(writer === undefined ? {} : { destination: writer.Parameters ?? {} }),
      ...valueOrPath('maxConcurrency', state, 'MaxConcurrency'),
      ...valueOrPath('toleratedPercentage', state, 'ToleratedFailurePercentage'),
      ...valueOrPath('toleratedCount', state, 'ToleratedFailureCount'),
    },
  };
  for (const field of ['InputPath', 'ResultSelector', 'ResultPath', 'OutputPath', 'Retry', 'Catch', 'Next', 'End']) {
    if (state[field] !== undefined) task[field] = state[field];
  }
  const spec: DistributedMapSpec = {
    state: name,
    label: typeof state.Label === 'string' ? state.Label : name,
    child,
    reader: reader === undefined ? undefined : readerConfig(name, reader),
    hasResultWriter: writer !== undefined,
    itemSelector: isJsonObject(selector) ? selectorMachine(perItem) : undefined,
  };
  return { task, spec };
}
