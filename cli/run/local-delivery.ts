/** Deliveries on this machine: the state machine that delivers what a run has left, over the lake of a directory. */
import type { ExecutionEvent } from '../../emulator/engine/events.ts';
import type { JsonValue } from '../../emulator/engine/json.ts';
import type { ExecutionResult } from '../../emulator/engine/run-execution.ts';
import type { Sandbox } from '../../emulator/sandbox/start-sandbox.ts';
import { inOrder } from '../process/interruption.ts';
import { PREPARING, STARTING, whileWaiting } from '../terminal/waiting.ts';
import { chooseServices } from './choose-services.ts';
import { DeliveryPatience } from './delivery-patience.ts';

/** One delivery: an execution of the state machine of deliveries. */
interface DeliveryRequest {
  /** Name of the execution. */
  name: string;
  input: JsonValue;
  onEvent?: (event: ExecutionEvent) => void;
}

/** Runs a delivery for as long as the webhook takes what it is sent. */
export type Deliver = (request: DeliveryRequest) => Promise<ExecutionResult>;

/**
 * What `work` returns, which may deliver from the lake of the directory `out`.
 *
 * @param doing what the status line says meanwhile
 * @throws UsageError for flags that do not do; the signal's reason when the user stops it
 * @example
 * await deliverLocally('delivering', { out: 'out' }, process.env, (deliver) => deliver({ name: 'again-1', input: { runId: 'r1' } }))
 * // { status: 'SUCCEEDED', … }
 */
export async function deliverLocally<Result>(
  doing: string,
  { out, ...flags }: { out: string; webhookUrl?: string },
  environment: Record<string, string | undefined>,
  work: (deliver: Deliver) => Promise<Result>,
): Promise<Result> {
  const { vendor: _, ...webhook } = await chooseServices(flags, environment);
  return whileWaiting(STARTING, (waiting) =>
    inOrder(async (signal) => {
      // Erasing needs neither, where nobody is to be told.
      const { startSandbox } = await import('../../emulator/sandbox/start-sandbox.ts');
      const onMaking = () => waiting.now(PREPARING);
      const sandbox = await startSandbox({ out, signal, onMaking, ...webhook });
      try {
        waiting.now(doing);
        return await deliverInSandbox(sandbox, signal, work);
      } finally {
        await sandbox.close();
      }
    }),
  );
}

async function deliverInSandbox<Result>(
  { assembly, environment }: Sandbox,
  stopped: AbortSignal,
  work: (deliver: Deliver) => Promise<Result>,
): Promise<Result> {
  const { LocalEngine } = await import('../../emulator/engine/run-execution.ts');
  const engine = new LocalEngine({ assembly, overridesEnv: environment });
  const arn = assembly.outputs.DeliveryStateMachineArn;
  const stateMachine = assembly.stateMachines.find((machine) => machine.arn === arn)?.name ?? '';
  const deliver: Deliver = async ({ name, input, onEvent }) => {
    stopped.throwIfAborted();
    const patience = new DeliveryPatience();
    const observe = (event: ExecutionEvent) => {
      patience.observe(event);
      onEvent?.(event);
    };
    const signal = AbortSignal.any([stopped, patience.patienceLost]);
    const result = await engine.run({ stateMachine, input, name, onEvent: observe, signal, record: 'none' });
    // A long one goes on in executions of its own.
    await engine.settle(signal);
    stopped.throwIfAborted();
    return result;
  };
  try {
    return await work(deliver);
  } finally {
    await engine.close();
  }
}
