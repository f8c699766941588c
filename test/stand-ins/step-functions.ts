/** The Step Functions API over the embedded engine: what is needed to start executions and to watch them. */

import { isJsonObject, type JsonObject, type JsonValue } from '../../emulator/engine/json.ts';
import type { ExecutionResult, LocalEngine } from '../../emulator/engine/run-execution.ts';
import { type RunningServer, readBody, sendJson, startServer } from '../../emulator/stand-ins/start-server.ts';
import { ownValue } from '../../lambdas/shared/lib/own-value.ts';
import { ExecutionRecord } from './step-functions-record.ts';

export interface StepFunctionsOptions {
  engine: Pick<LocalEngine, 'run'>;
  /** ARNs and names of the state machines that the engine runs. */
  stateMachines: readonly { name: string; arn: string }[];
  port?: number;
}

export interface StepFunctions extends RunningServer {
  /** Calls so far, by the name of the operation. */
  requests: string[];
  /** Answers the next call of an operation with this error, for example `AccessDeniedException`. */
  fail(operation: string, code: string): void;
  /** Resolves when every execution that was started has ended. */
  settled(): Promise<ExecutionResult[]>;
}

class ApiError extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** Pages are short, so that whoever reads them learns to ask for the next one. */
const HISTORY_PAGE = 10;

class Api {
  readonly #options: StepFunctionsOptions;
  readonly #records = new Map<string, ExecutionRecord>();
  readonly running: Promise<ExecutionResult>[] = [];

  constructor(options: StepFunctionsOptions) {
    this.#options = options;
  }

  readonly operations: Record<string, (input: JsonObject) => JsonObject> = {
    StartExecution: (input) => this.#start(input),
    ListExecutions: ({ stateMachineArn, maxResults }) => {
      const records = [...this.#records.values()].filter((record) => record.stateMachineArn === stateMachineArn);
      const limit = typeof maxResults === 'number' && maxResults > 0 ? maxResults : records.length;
      return {
        executions: records
          .reverse()
          .slice(0, limit)
          .map((record) => record.summary()),
      };
    },
    DescribeExecution: (input) => this.#find(input).describe(),
    GetExecutionHistory: (input) => {
      const events = this.#find(input).history;
      const from = Number(input.nextToken ?? 0);
      const to = from + HISTORY_PAGE;
      return { events: events.slice(from, to), ...(to < events.length ? { nextToken: String(to) } : {}) };
    },
    ListMapRuns: (input) => ({ mapRuns: this.#find(input).mapRuns() }),
    DescribeMapRun: ({ mapRunArn }) => {
      for (const record of this.#records.values()) {
        const run = record.describeMapRun(String(mapRunArn));
        if (run) return run;
      }
      throw new ApiError('ResourceNotFound', 'Map Run does not exist');
    },
  };

  #start({ stateMachineArn, name, input }: JsonObject): JsonObject {
    const machine = this.#options.stateMachines.find(({ arn }) => arn === stateMachineArn);
    if (!machine) throw new ApiError('StateMachineDoesNotExist', 'State Machine Does Not Exist');
    const arn = `${machine.arn.replace(':stateMachine:', ':execution:')}:${String(name)}`;
    if (this.#records.has(arn)) throw new ApiError('ExecutionAlreadyExists', 'Execution Already Exists');
    let parsed: JsonValue;
    try {
      parsed = JSON.parse(String(input ?? '{}')) as JsonValue;
    } catch {
      throw new ApiError('InvalidExecutionInput', 'Invalid State Machine Execution Input');
    }
    const record = new ExecutionRecord(arn, machine.arn);
    this.#records.set(arn, record);
    const running = this.#options.engine
      .run({
        stateMachine: machine.name,
        name: String(name),
        input: parsed,
        record: 'none',
        onEvent: (e) => record.observe(e),
      })
      .then((result) => {
        record.end(result);
        return result;
      });
    // Its fault surfaces in `settled`.
    running.catch(() => {});
    this.running.push(running);
    return { executionArn: arn, startDate: record.startedAt };
  }

  #find({ executionArn }: JsonObject): ExecutionRecord {
    const record = this.#records.get(String(executionArn));
    if (!record) throw new ApiError('ExecutionDoesNotExist', 'Execution Does Not Exist');
    return record;
  }
}

export async function startStepFunctions(options: StepFunctionsOptions): Promise<StepFunctions> {
  const api = new Api(options);
  const requests: string[] = [];
  const failures = new Map<string, string>();
  const server = await startServer(
    async (request, response) => {
      const operation = String(request.headers['x-amz-target']).split('.')[1] ?? '';
      requests.push(operation);
      const answer = (status: number, body: JsonObject) => {
        sendJson(response, status, body, { 'content-type': 'application/x-amz-json-1.0' });
      };
      try {
        const failure = failures.get(operation);
        failures.delete(operation);
        if (failure !== undefined) throw new ApiError(failure, 'Refused on purpose');
        const input = JSON.parse((await readBody(request)).toString()) as JsonValue;
        const run = ownValue(api.operations, operation);
        if (!run || !isJsonObject(input)) throw new ApiError('UnknownOperationException', operation);
        answer(200, run(input));
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        answer(400, { __type: `com.amazonaws.swf.service.v2.model#${error.code}`, message: error.message });
      }
    },
    options.port === undefined ? {} : { port: options.port },
  );
  return {
    ...server,
    requests,
    fail: (operation, code) => {
      failures.set(operation, code);
    },
    settled: () => Promise.all(api.running),
  };
}
