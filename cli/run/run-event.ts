/** The `run` command: event in, sandbox up, one execution, report out. */
import { randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { finished } from 'node:stream/promises';
import * as z from 'zod';
import type { ExecutionEvent } from '../../emulator/engine/events.ts';
import type { JsonValue } from '../../emulator/engine/json.ts';
import type { Sandbox } from '../../emulator/sandbox/start-sandbox.ts';
import type { SourceName } from '../../lambdas/shared/contracts/source-name.ts';
import { inOrder } from '../process/interruption.ts';
import { shellQuote } from '../terminal/shell-quote.ts';
import { targetOf } from '../terminal/status-line.ts';
import { PREPARING, STARTING } from '../terminal/waiting.ts';
import { chooseServices, describeSource, type ServiceFlags } from './choose-services.ts';
import { DeliveryPatience } from './delivery-patience.ts';
import { ProgressPrinter } from './progress.ts';
import { readEvent } from './read-event.ts';
import { completeReport, OutcomeCollector, type RunReport } from './report.ts';
import { samePeople } from './same-people.ts';
import { stageInputs } from './stage-inputs.ts';
import { renderSummary } from './summary.ts';

/** What every command takes as `--out` where nothing is said. */
const DEFAULT_OUT = 'out';

/** Of what a run has not delivered along with its batches, its own end among it. */
const WAITS = 'waiting for the webhook while it takes what is left (--no-wait leaves)';
const LEAVES = 'what the webhook does not take at once is left to redeliver';

const RedeliveryInput = z.object({ redeliverRun: z.string() });

export interface RunFlags extends ServiceFlags {
  out: string;
  json?: boolean;
  /** Id of the run; a time and random otherwise. */
  name?: string;
  /** False leaves with the first wait for the webhook. */
  wait?: boolean;
}

/** Sorts by time in a listing, and two runs of the same second differ. */
function newRunId(now: Date): string {
  const time = now.toISOString().slice(0, 19).replaceAll(/[-:]/g, '');
  return `local-${time}-${randomBytes(3).toString('hex')}`;
}

/** The option that names the folder to another command, where it is not what that takes by itself. */
function whereOf(out: string): string {
  return out === DEFAULT_OUT ? '' : ` --out ${shellQuote(out)}`;
}

/** Where to look next, as paths from the working directory. */
function placesOf(report: RunReport, sandbox: Sandbox, logFile: string, out: string): [string, string][] {
  const path = (...parts: string[]) => relative(process.cwd(), join(...parts)) || '.';
  const transcripts = `${path(sandbox.dataLakeDir, 'transcripts')}/**/${report.runId}-*.jsonl.gz`;
  return [
    ...(report.counts.stored > 0 ? ([['transcripts', transcripts]] satisfies [string, string][]) : []),
    ...(report.manifestKey
      ? ([[report.dryRun === null ? 'manifest' : 'plan', path(sandbox.dataLakeDir, report.manifestKey)]] satisfies [
          string,
          string,
        ][])
      : []),
    ...(sandbox.receiver
      ? ([['deliveries', path(sandbox.out, 'webhook', 'received.jsonl')]] satisfies [string, string][])
      : []),
    ['log', path(logFile)],
    ...(report.counts.stored > 0
      ? ([['look', `npm run -s transcripts -- show ${report.runId} --limit 1${whereOf(out)}`]] satisfies [
          string,
          string,
        ][])
      : []),
  ];
}

/**
 * The process's exit code of one execution on this machine, which is run and reported: 0 succeeded, 1 failed.
 *
 * @throws UsageError, StageConfigError, FaultsInvalid or TranscriptsFileInvalid for what the user gave
 * @example await runEvent('events/window.json', { out: 'out' }, process.env) // 0
 */
export async function runEvent(
  eventFile: string,
  flags: RunFlags,
  environment: Record<string, string | undefined>,
): Promise<number> {
  const input = await readEvent(eventFile);
  const services = await chooseServices(flags, environment);
  const screen = flags.json ? process.stderr : process.stdout;
  const progress = new ProgressPrinter(targetOf(screen), {
    waitScale: waitScale(flags),
    deliveryStarted: flags.wait === false ? LEAVES : WAITS,
  });
  try {
    progress.note('source', describeSource(flags.source));
    progress.begin(STARTING);
    // After the first line: reading the engine takes as long as all that was read so far.
    const { startSandbox } = await import('../../emulator/sandbox/start-sandbox.ts');
    return await inOrder(async (signal) => {
      const onMaking = () => progress.prepare(PREPARING);
      const sandbox = await startSandbox({ out: flags.out, signal, onMaking, ...services });
      try {
        return await runInSandbox(sandbox, {
          eventFile,
          input,
          source: services.source,
          flags,
          signal,
          screen,
          progress,
        });
      } finally {
        await sandbox.close();
      }
    });
  } finally {
    progress.end();
  }
}

function waitScale({ speed = 1 }: RunFlags): number {
  return 1 / speed;
}

/** A run that only plans is told from its plan; how rows were masked, from the manifest. */
async function withRecord(report: RunReport, { dataLakeDir }: Sandbox): Promise<RunReport> {
  if (report.manifestKey === null) return report;
  const complete = completeReport(report, JSON.parse(await readFile(join(dataLakeDir, report.manifestKey), 'utf8')));
  // The transitions were counted as they happened, those of the delivery among them.
  return { ...complete, stateTransitions: report.stateTransitions };
}

interface SandboxedRun {
  eventFile: string;
  input: JsonValue;
  source: SourceName;
  flags: RunFlags;
  signal: AbortSignal;
  /** For people; with `--json` stdout is for programs. */
  screen: NodeJS.WriteStream;
  progress: ProgressPrinter;
}

async function runInSandbox(sandbox: Sandbox, run: SandboxedRun): Promise<number> {
  const { eventFile, input, source, flags, signal, screen, progress } = run;
  const runId = flags.name ?? newRunId(new Date());
  const logFile = join(sandbox.out, 'logs', `${runId}.jsonl`);
  const { LocalEngine } = await import('../../emulator/engine/run-execution.ts');
  const engine = new LocalEngine({
    assembly: sandbox.assembly,
    overridesEnv: sandbox.environment,
    waitScale: waitScale(flags),
  });
  const log = createWriteStream(logFile);
  const logClosed = finished(log);
  // Reported where it is awaited; a full disk must not end the process before the functions are stopped.
  logClosed.catch(() => {});

  const outcome = new OutcomeCollector();
  const delivery = new DeliveryPatience({ hasNone: flags.wait === false });
  const onEvent = (event: ExecutionEvent) => {
    if (event.type === 'FunctionLog') log.write(`${event.line}\n`);
    else progress.observe(event);
    outcome.observe(event);
    delivery.observe(event);
  };
  try {
    const staged = await stageInputs(eventFile, input, sandbox.dataLakeDir);
    if (staged.taken !== undefined) progress.note('input', staged.taken);
    const stateMachine = sandbox.extraction;
    const result = await engine.run({
      input: staged.input,
      name: runId,
      stateMachine,
      onEvent,
      signal,
      record: 'none',
    });
    const [started] = await engine.settle(AbortSignal.any([signal, delivery.patienceLost]));
    progress.end();
    // A redelivery is what it has started; an extraction succeeds without its delivery.
    const hasFailedRedelivery = started?.status === 'FAILED' && RedeliveryInput.safeParse(input).success;
    const ended = hasFailedRedelivery ? { ...started, name: runId } : result;
    const report = await withRecord(outcome.report(ended, sandbox.out, source), sandbox);
    const again = sandbox.simulator && samePeople(eventFile, source, whereOf(flags.out));
    const places = [
      ...placesOf(report, sandbox, logFile, flags.out),
      ...(again === undefined ? [] : ([['same people', again]] satisfies [string, string][])),
    ];
    screen.write(renderSummary(report, places, whereOf(flags.out), screen.columns));
    if (flags.json) process.stdout.write(`${JSON.stringify(report)}\n`);
    return ended.status === 'SUCCEEDED' ? 0 : 1;
  } finally {
    log.end();
    await Promise.all([engine.close(), logClosed]);
  }
}
