/** A run's events as lines, and on a terminal a status line that is drawn over. */
import type { ExecutionEvent, MapCounts } from '../engine/events.ts';
import pc, { CLEAR_LINE } from './colours.ts';
import { plural } from './plural.ts';
import { formatDuration } from './summary.ts';

/** Above this many batches, single ones are no longer announced; every fiftieth part is. */
const MAX_ANNOUNCED_BATCHES = 40;
const STEPS = 50;
const BAR_WIDTH = 28;

interface StateOutput {
  /** CXone asked to be asked later. */
  again?: boolean;
  waitSeconds?: number;
  requested?: number;
  batchCount?: number;
  scopes?: unknown[];
  stored?: { stored?: number; missing?: number; notReady?: number; failed?: number; quarantined?: number };
  delivery?: { delivered?: number; pending?: number; parked?: number };
}

/** What a state that has just ended is worth saying; undefined for those that only steer. */
function describeState(state: string, output: StateOutput): string | undefined {
  if (output.again && output.waitSeconds !== undefined) return `CXone asks to wait ${output.waitSeconds} s`;
  switch (state) {
    case 'Authenticate':
      return 'credentials accepted';
    case 'PlanExtraction':
      if (output.again === true) return 'the search goes on';
      return `${plural(output.requested ?? 0, 'interaction')} in ${plural(output.batchCount ?? 0, 'batch')}`;
    case 'RecordOutcome':
      return 'manifest written';
    default:
      return undefined;
  }
}

function describeBatch({ stored = {}, delivery = {} }: StateOutput): string {
  const parts: (readonly [number | undefined, string])[] = [
    [stored.stored ?? 0, 'stored'],
    [stored.missing, 'missing'],
    [stored.notReady, 'not ready yet'],
    [stored.failed, 'failed'],
    [stored.quarantined, 'quarantined'],
    [delivery.delivered, 'delivered'],
    [delivery.pending, 'to be delivered'],
    [delivery.parked, 'parked'],
  ];
  return parts
    .filter(([count], index) => count !== undefined && (index === 0 || count > 0))
    .map(([count, word]) => `${count?.toLocaleString('en-US')} ${word}`)
    .join(' · ');
}

function bar({ total, succeeded, failed }: MapCounts): string {
  const filled = total === 0 ? 0 : Math.floor(((succeeded + failed) / total) * BAR_WIDTH);
  return '█'.repeat(filled) + '░'.repeat(BAR_WIDTH - filled);
}

/** Where lines go; `isTerminal` says whether a line can be drawn over. */
export interface ProgressTarget {
  write(text: string): unknown;
  isTerminal: boolean;
}

/** Prints a run while it goes on. Feed it every event, and call {@link ProgressPrinter.end} before anything else prints. */
export class ProgressPrinter {
  readonly #target: ProgressTarget;
  readonly #startedAt: number;
  #counts: MapCounts | undefined;
  #announcedStep = 0;
  #statusShown = false;

  constructor(target: ProgressTarget, startedAt = Date.now()) {
    this.#target = target;
    this.#startedAt = startedAt;
  }

  observe(event: ExecutionEvent): void {
    const { map } = event.execution;
    switch (event.type) {
      case 'StateExited': {
        const text = map ? undefined : describeState(event.state, event.output as StateOutput);
        if (text !== undefined) this.#line(event, pc.green('✓'), event.state, text);
        if (map && event.state === 'SubmitTranscriptJob') this.#jobSubmitted(event, map.index);
        break;
      }
      case 'StateFailed':
        this.#line(event, pc.red('✗'), this.#where(event.execution.map?.index, event.state), event.error);
        break;
      case 'StateRetried':
        this.#line(event, pc.yellow('↻'), this.#where(map?.index, event.state), `trying again (${event.attempt})`);
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
        this.#drawStatus(event.timestamp);
        break;
      case 'MapRunFinished':
        this.#counts = undefined;
        this.#clearStatus();
        break;
      default:
        break;
    }
  }

  /** Takes the status line away. */
  end(): void {
    this.#clearStatus();
  }

  #where(index: number | undefined, state?: string): string {
    const batch = index === undefined ? [] : [`batch ${index + 1}${this.#counts ? `/${this.#counts.total}` : ''}`];
    return [...batch, ...(state ? [state] : [])].join(' ');
  }

  #jobSubmitted(event: ExecutionEvent, index: number): void {
    if (this.#counts && this.#counts.total > MAX_ANNOUNCED_BATCHES) return;
    this.#line(event, '·', this.#where(index), 'job submitted, waiting for CXone');
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
    this.#clearStatus();
    const elapsed = formatDuration(event.timestamp - this.#startedAt).padStart(8);
    this.#target.write(`${pc.dim(elapsed)}  ${mark} ${label.padEnd(20)} ${text}\n`);
    this.#drawStatus(event.timestamp);
  }

  #drawStatus(timestamp: number): void {
    const counts = this.#counts;
    if (!this.#target.isTerminal || !counts) return;
    const elapsed = formatDuration(timestamp - this.#startedAt).padStart(8);
    const running = counts.running > 0 ? ` · ${counts.running} running` : '';
    this.#clearStatus();
    this.#target.write(`${pc.dim(elapsed)}  ${pc.cyan(bar(counts))} ${this.#progressText(counts)}${running}`);
    this.#statusShown = true;
  }

  #clearStatus(): void {
    if (!this.#statusShown) return;
    this.#target.write(CLEAR_LINE);
    this.#statusShown = false;
  }
}
