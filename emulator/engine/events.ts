/** What a run reports while it goes on. */
import type { JsonValue } from './json.ts';

/** An execution, or one child of a Distributed Map. */
export interface ExecutionRef {
  name: string;
  arn: string;
  /** Set for a child: the map it belongs to and the index of its item. */
  map?: { state: string; index: number; parent: string };
}

/** Children of a Distributed Map by where they are; `total` counts all items. */
export interface MapCounts {
  total: number;
  running: number;
  succeeded: number;
  failed: number;
}

interface StateDetails {
  state: string;
  /** As the definition has it: Task, Wait, Choice, Map … */
  stateType: string;
}

export type ExecutionEventDetails =
  | { type: 'ExecutionStarted'; input: JsonValue }
  | { type: 'ExecutionSucceeded'; output: JsonValue }
  | { type: 'ExecutionFailed' | 'ExecutionTimedOut' | 'ExecutionAborted'; error: string; cause: string }
  | ({ type: 'StateEntered'; input: JsonValue } & StateDetails)
  | ({ type: 'StateExited'; input: JsonValue; output: JsonValue } & StateDetails)
  | ({ type: 'StateFailed'; error: string; cause: string } & StateDetails)
  | ({ type: 'StateRetried'; attempt: number; error: string; cause: string } & StateDetails)
  | ({ type: 'StateCaught'; next: string } & StateDetails)
  | { type: 'MapRunStarted'; state: string; mapRunArn: string; concurrency: number; counts: MapCounts }
  | { type: 'MapRunProgress'; state: string; mapRunArn: string; counts: MapCounts }
  | { type: 'MapRunFinished'; state: string; mapRunArn: string; counts: MapCounts; error?: string }
  | {
      type: 'FunctionLog';
      state: string;
      function: string;
      requestId: string;
      stream: 'stdout' | 'stderr';
      line: string;
    };

/** `timestamp` is in epoch ms. */
export type ExecutionEvent = ExecutionEventDetails & { timestamp: number; execution: ExecutionRef };

export type EventSink = (event: ExecutionEvent) => void;
