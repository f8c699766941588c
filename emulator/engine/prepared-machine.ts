/** A definition that the interpreter can run, and what its Task states stand for. */
import type { StateMachine } from 'aws-local-stepfunctions';

/** What a state was before it was rewritten, and which errors its own Retry and Catch name. */
export interface StateInfo {
  type: string;
  namedErrors: ReadonlySet<string>;
}

/** What stands behind a Task state of the runnable definition. */
export type TaskAction =
  | { kind: 'wait' }
  | { kind: 'function'; functionArn: string }
  | { kind: 'start-execution' }
  | { kind: 'distributed-map'; spec: DistributedMapSpec };

export interface PreparedMachine {
  machine: StateMachine;
  states: ReadonlyMap<string, StateInfo>;
  tasks: ReadonlyMap<string, TaskAction>;
}

/** What is read of an S3 object in JSON Lines, the one form that the pipeline's Map has. */
export interface ReaderConfig {
  /** Only the first so many items; 0 reads all. */
  maxItems: number;
}

export interface DistributedMapSpec {
  state: string;
  /** Part of the child executions' names. */
  label: string;
  child: PreparedMachine;
  reader: ReaderConfig | undefined;
  hasResultWriter: boolean;
  /** Entries of the ItemSelector that depend on the item, as a machine of one Pass state; undefined: no selector. */
  itemSelector: StateMachine | undefined;
}
