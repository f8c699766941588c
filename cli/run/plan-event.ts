/** The `plan` command: one dry run on this machine, and what the real one would take. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { JsonValue } from '../../emulator/engine/json.ts';
import type { Sandbox } from '../../emulator/sandbox/start-sandbox.ts';
import { type EstimateOptions, estimatePlan, type PlanEstimate } from '../../infra/cost/estimate-plan.ts';
import type { VendorRequests } from '../../infra/cost/vendor-requests.ts';
import { FETCHED_AT_ONCE } from '../../lambdas/shared/contracts/source-facts.ts';
import type { SourceName } from '../../lambdas/shared/contracts/source-name.ts';
import { Plan, type TimeWindow } from '../../lambdas/shared/runs/run-records.ts';
import { keys } from '../../lambdas/shared/storage/layout.ts';
import { inOrder } from '../process/interruption.ts';
import { UsageError } from '../process/usage-error.ts';
import { plural } from '../terminal/plural.ts';
import { PREPARING, STARTING, whileWaiting } from '../terminal/waiting.ts';
import { beyondRetention } from './beyond-retention.ts';
import { chooseServices, describeSource, type ServiceFlags } from './choose-services.ts';
import { readEvent } from './read-event.ts';
import { readableCause } from './report.ts';
import { stageInputs } from './stage-inputs.ts';

export interface PlannedEvent {
  source: SourceName;
  plan: Plan;
  estimate: PlanEstimate;
}

/**
 * The plan of an event and its estimate; nothing is submitted, claimed or advanced.
 *
 * @throws UsageError for what the user gave, and for an input that cannot be planned
 * @example (await planEvent('events/window.json', { out: 'out' }, process.env)).estimate.batches // 2
 */
export async function planEvent(
  eventFile: string,
  flags: ServiceFlags & EstimateOptions & { out: string },
  environment: Record<string, string | undefined>,
): Promise<PlannedEvent> {
  const input = (await readEvent(eventFile)) as Record<string, JsonValue>;
  if ('redeliverRun' in input) throw new UsageError(`${eventFile}: a redelivery extracts nothing, so there is no plan`);
  const services = await chooseServices(flags, environment);
  return whileWaiting(STARTING, (waiting) =>
    inOrder(async (signal) => {
      const { startSandbox } = await import('../../emulator/sandbox/start-sandbox.ts');
      const onMaking = () => waiting.now(PREPARING);
      const sandbox = await startSandbox({ out: flags.out, signal, onMaking, ...services });
      try {
        waiting.now('planning: which interactions, in which batches');
        const plan = await planInSandbox(sandbox, eventFile, { ...input, dryRun: true }, signal);
        return { source: services.source, plan, estimate: estimatePlan(plan, services.source, flags) };
      } finally {
        await sandbox.close();
      }
    }),
  );
}

async function planInSandbox(
  sandbox: Sandbox,
  eventFile: string,
  input: JsonValue,
  signal: AbortSignal,
): Promise<Plan> {
  const { LocalEngine } = await import('../../emulator/engine/run-execution.ts');
  const engine = new LocalEngine({ assembly: sandbox.assembly, overridesEnv: sandbox.environment });
  try {
    const staged = await stageInputs(eventFile, input, sandbox.dataLakeDir);
    const result = await engine.run({ input: staged.input, stateMachine: sandbox.extraction, record: 'none', signal });
    signal.throwIfAborted();
    if (result.status !== 'SUCCEEDED') {
      throw new UsageError(`${result.error ?? 'The plan failed'}: ${readableCause(result.cause) ?? ''}`);
    }
    const text = await readFile(join(sandbox.dataLakeDir, keys.plan(result.name)), 'utf8');
    return Plan.parse(JSON.parse(text));
  } finally {
    await engine.close();
  }
}

/**
 * The plan as lines of text. Pure.
 *
 * @param asked the source that was asked for, if any
 * @example renderPlan(planned, 'bulk-job') // 'taken from   bulk-job\nsource       window, 2026-11-20T00:00:00Z to …'
 */
export function renderPlan({ plan, estimate }: PlannedEvent, asked: SourceName | undefined): string {
  const { decided, leftOut, notSearched = [], next } = plan;
  const facts = (counts: Record<string, number>) =>
    Object.entries(counts)
      .filter(([, count]) => count > 0)
      .map(([name, count]) => `${count} ${name}`)
      .join(', ') || 'none';
  const { assumptions, toExtract, batches, batchSize, concurrency } = estimate;
  const each = toExtract === 0 ? '' : ` (${(estimate.stateTransitions / toExtract).toFixed(3)} a transcript)`;
  const lines = [
    `taken from   ${describeSource(asked)}`,
    `source       ${[plan.source, plan.reference.file ?? plan.reference.run ?? []].flat().join(' ')}${plan.window ? `, ${plan.window.from} to ${plan.window.to}` : ''}`,
    ...(plan.tooOld ? [`too old      ${beyondRetention(plan.tooOld)}`] : []),
    ...notSearched.map(({ from, to }) =>
      next ? `goes on      ${furtherRuns({ from, to }, plan.window, estimate)}` : `not searched ${from} to ${to}`,
    ),
    `to extract   ${plural(toExtract, 'interaction')} in ${plural(batches, 'batch')} of up to ${batchSize}, ${concurrency} at a time`,
    `no batch     ${facts(decided)}`,
    `left out     ${facts(leftOut)}`,
    `transitions  ${estimate.stateTransitions}${each}`,
    ...(estimate.vendorRequests ? [requestsLine(estimate.vendorRequests, assumptions.requestsPerSecond)] : []),
    `duration     ${duration(estimate.seconds)}${assumptions.pollsPerBatch === 0 ? '' : `, with ${assumptions.pollsPerBatch} polls a job`}`,
    `dollars      ${estimate.dollars.toFixed(4)} at ${assumptions.artifactKB} KB a transcript, list prices`,
  ];
  return `${lines.join('\n')}\n`;
}

/** What the rest of a window takes, if it is like the part that this run takes. */
function furtherRuns(rest: TimeWindow, taken: TimeWindow | undefined, { toExtract, dollars }: PlanEstimate): string {
  const lengthOf = ({ from, to }: TimeWindow) => Date.parse(to) - Date.parse(from);
  const times = taken === undefined ? 1 : lengthOf(rest) / lengthOf(taken);
  const runs = plural(Math.ceil(times), 'further run');
  const like = `about ${plural(Math.round(times * toExtract), 'interaction')} and ${(times * dollars).toFixed(2)} dollars more`;
  return `with ${rest.from} to ${rest.to} by itself: ${runs} like this one, ${like}`;
}

function requestsLine({ count, secondsAtOnce, secondsOfBudget }: VendorRequests, requestsPerSecond?: number): string {
  const budget = secondsOfBudget === undefined ? '' : `, ${duration(secondsOfBudget)} at ${requestsPerSecond} a second`;
  return `requests     ${count} to CXone: ${duration(secondsAtOnce)} at ${FETCHED_AT_ONCE} at a time${budget}`;
}

function duration(seconds: number): string {
  if (seconds < 120) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 120 ? `${minutes} min` : `${(minutes / 60).toFixed(1)} h`;
}
