/** A run's events as lines, and on a terminal a status line that is drawn over. */
import type { ExecutionEvent, MapCounts } from '../../emulator/engine/events.ts';
import pc from '../terminal/colours.ts';
import { formatWait } from '../terminal/format-duration.ts';
import { plural } from '../terminal/plural.ts';
import { type ProgressTarget, StatusLine } from '../terminal/status-line.ts';
import { Awaited } from './awaited.ts';
import { readableCause } from './report.ts';

/** Above this many batches, single ones are no longer announced; every fiftieth part is. */
const MAX_ANNOUNCED_BATCHES = 40;
const STEPS = 50;
const BAR_WIDTH = 12;
/** A narrower terminal has no room for a bar beside what is awaited. */
const COLUMNS_FOR_BAR = 72;

interface StateOutput {
  /** The state is entered again after the wait. */
  again?: boolean;
  waitSeconds?: number;
  /** Only where it is CXone that asked to be asked later. */
  deadlineAt?: string;
  pending?: number;
  requested?: number;
  batchCount?: number;
  scopes?: unknown[];
  /** Of a job, or of a batch whose source has none. */
  status?: string;
  /** Whom the credentials have reached. */
  tenant?: { id?: string; area?: string };
  manifestKey?: string;
  reconciliation?: { again?: boolean; status?: string; expected?: number; missing?: number };
  stored?: {
    stored?: number;
    missing?: number;
    notReady?: number;
    failed?: number;
    quarantined?: number;
    empty?: number;
    unchanged?: number;
  };
  delivery?: { delivered?: number; pending?: number; parked?: number };
}

function waitOf({ waitSeconds = 0 }: StateOutput): string {
  return formatWait(waitSeconds);
}

function describeTenant({ tenant: { id, area } = {} }: StateOutput): string[] {
  return [...(id === undefined ? [] : [`tenant ${id}`]), ...(area === undefined ? [] : [`area ${area}`])];
}

function describeContacts({ again, status, expected = 0, missing = 0 }: NonNullable<StateOutput['reconciliation']>) {
  if (again) return 'the list of completed contacts is asked for later';
  if (status !== 'compared') return 'not held against the completed contacts';
  return `${plural(expected, 'completed contact')} · ${missing === 0 ? 'none' : missing.toLocaleString('en-US')} missing`;
}

/** What a state that has just ended is worth saying; undefined for those that only steer. */
function describeState(state: string, output: StateOutput): string | undefined {
  if (output.again && output.deadlineAt !== undefined) return `CXone asks to wait ${waitOf(output)}`;
  switch (state) {
    case 'Authenticate':
      return ['credentials accepted', ...describeTenant(output)].join(' · ');
    case 'PlanExtraction':
      if (output.again === true) return 'the search goes on';
      // A run that only plans goes on as if there were none.
      return [
        plural(output.requested ?? 0, 'interaction'),
        ...(output.batchCount ? [`in ${plural(output.batchCount, 'batch')}`] : []),
      ].join(' ');
    case 'DeliverTranscripts':
      if (!output.again) return undefined;
      return `${output.pending ?? 0} to be delivered; the webhook is asked again in ${waitOf(output)}`;
    case 'ReconcileContacts':
      return describeContacts(output.reconciliation ?? {});
    case 'RecordOutcome':
      return output.manifestKey?.endsWith('/plan.json') ? 'plan written' : 'manifest written';
    default:
      return undefined;
  }
}

/** Without jobs there is nothing to wait for: the batch is ready at once. */
function describeJob({ job = {} }: { job?: StateOutput }): string {
  return job.status === 'completed' ? 'fetching transcripts, one by one' : 'job submitted, waiting for CXone';
}

function describeBatch({ stored = {}, delivery = {} }: StateOutput): string {
  const parts: (readonly [number | undefined, string])[] = [
    [stored.stored ?? 0, 'stored'],
    [stored.missing, 'missing'],
    [stored.notReady, 'not ready yet'],
    [stored.failed, 'failed'],
    [stored.quarantined, 'quarantined'],
    [stored.empty, 'empty'],
    [stored.unchanged, 'unchanged'],
    [delivery.delivered, 'delivered'],
    [delivery.pending, 'to be delivered'],
    [delivery.parked, 'parked'],
  ];
  return parts
    .filter(([count], index) => count !== undefined && (index === 0 || count > 0))
    .map(([count, word]) => `${count?.toLocaleString('en-US')} ${word}`)
    .join(' · ');
}

function describeError({ error, cause }: { error: string; cause: string }): string {
  const sentence = readableCause(cause);
  return sentence === null ? error : `${error}: ${sentence}`;
}

function describeRetry({ attempt, error, cause }: { attempt: number; error: string; cause: string }): string {
  return `trying again (${attempt}): ${describeError({ error, cause })}`;
}

function bar({ total, succeeded, failed }: MapCounts): string {
  const filled = total === 0 ? 0 : Math.floor(((succeeded + failed) / total) * BAR_WIDTH);
  return '█'.repeat(filled) + '░'.repeat(BAR_WIDTH - filled);
}

interface ProgressOptions {
  startedAt?: number;
  waitScale?: number;
  deliveryStarted?: string;
}

/** Prints a run while it goes on. Feed it every event, and call {@link ProgressPrinter.end} before anything else prints. */
export class ProgressPrinter {
  readonly #screen: StatusLine;
  readonly #target: ProgressTarget;
  readonly #awaited: Awaited;
  readonly #deliveryStarted: string | undefined;
  #preparing: string | undefined;
  #counts: MapCounts | undefined;
  #announcedStep = 0;

  /**
   * @param waitScale factor on Wait times, as the engine has it
   * @param deliveryStarted what to say of the delivery that goes on behind the run; nothing where left out
   */
  constructor(
    target: ProgressTarget,
    { startedAt = Date.now(), waitScale = 1, deliveryStarted }: ProgressOptions = {},
  ) {
    this.#deliveryStarted = deliveryStarted;
    this.#screen = new StatusLine(target, startedAt);
    this.#target = target;
    this.#awaited = new Awaited(waitScale);
    this.#screen.show((nowMs) => this.#statusText(nowMs));
  }

  /** Says what is awaited before the first event comes, on a terminal only: it mostly takes no time. */
  begin(text: string): void {
    this.#preparing = text;
    this.#screen.refresh();
  }

  /** Says what is awaited before the first event comes. */
  prepare(text: string): void {
    this.#preparing = text;
    this.note('preparing', text);
  }

  /** A line about something that is no event. */
  note(label: string, text: string): void {
    this.#screen.line(`· ${label.padEnd(20)} ${text}`);
  }

  observe(event: ExecutionEvent): void {
    const { map } = event.execution;
    this.#preparing = undefined;
    this.#awaited.observe(event);
    switch (event.type) {
      case 'StateExited': {
        const text = map ? undefined : describeState(event.state, event.output as StateOutput);
        if (text !== undefined) this.#line(event, pc.green('✓'), event.state, text);
        if (event.state === 'StartDelivery' && this.#deliveryStarted !== undefined) {
          this.#line(event, '·', event.state, this.#deliveryStarted);
        }
        if (map && event.state === 'SubmitTranscriptJob') {
          this.#batchBegun(event, map.index, describeJob(event.output as { job?: StateOutput }));
        }
        break;
      }
      case 'StateFailed':
        this.#line(event, pc.red('✗'), this.#where(map?.index, event.state), describeError(event));
        break;
      case 'StateRetried':
        this.#line(event, pc.yellow('↻'), this.#where(map?.index, event.state), describeRetry(event));
        break;
      case 'ExecutionSucceeded':
        if (map) this.#batchEnded(event, map.index, describeBatch(event.output as StateOutput));
        break;
      case 'ExecutionFailed':
        if (map) this.#line(event, pc.red('✗'), this.#where(map.index), event.error);
        break;
      case 'MapRunStarted':
      case 'MapRunProgress':
        this.#counts = event.counts;
        break;
      case 'MapRunFinished':
        this.#counts = undefined;
        break;
      default:
        break;
    }
    this.#screen.refresh();
  }

  /** Takes the status line away. */
  end(): void {
    this.#screen.end();
  }

  #where(index: number | undefined, state?: string): string {
    const batch = index === undefined ? [] : [`batch ${index + 1}${this.#counts ? `/${this.#counts.total}` : ''}`];
    return [...batch, ...(state ? [state] : [])].join(' ');
  }

  #batchBegun(event: ExecutionEvent, index: number, text: string): void {
    if (this.#counts && this.#counts.total > MAX_ANNOUNCED_BATCHES) return;
    this.#line(event, '·', this.#where(index), text);
  }

  #batchEnded(event: ExecutionEvent, index: number, text: string): void {
    const counts = this.#counts;
    if (!counts || counts.total <= MAX_ANNOUNCED_BATCHES) {
      this.#line(event, pc.green('✓'), this.#where(index), text);
      return;
    }
    const ended = counts.succeeded + counts.failed;
    const step = Math.floor((ended * STEPS) / counts.total);
    if (step > this.#announcedStep && !this.#target.isTerminal) {
      this.#announcedStep = step;
      this.#line(event, '·', 'ExtractBatches', this.#progressText(counts));
    }
  }

  #progressText(counts: MapCounts): string {
    const ended = (counts.succeeded + counts.failed).toLocaleString('en-US');
    const failed = counts.failed > 0 ? `, ${pc.red(`${counts.failed} failed`)}` : '';
    return `${ended} of ${plural(counts.total, 'batch')}${failed}`;
  }

  #line(event: ExecutionEvent, mark: string, label: string, text: string): void {
    this.#screen.line(`${mark} ${label.padEnd(20)} ${text}`, event.timestamp);
  }

  #statusText(nowMs: number): string | undefined {
    const awaited = this.#preparing ?? this.#awaited.describe(nowMs);
    if (!this.#counts) return awaited;
    const { running } = this.#counts;
    const what = awaited ?? (running > 0 ? `${running} running` : 'starting');
    const hasRoom = (this.#target.columns?.() ?? COLUMNS_FOR_BAR) >= COLUMNS_FOR_BAR;
    const drawn = hasRoom ? `${pc.cyan(bar(this.#counts))} ` : '';
    return `${drawn}${this.#progressText(this.#counts)} · ${what}`;
  }
}
