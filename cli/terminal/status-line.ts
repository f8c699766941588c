/** One line at the end of a terminal that is drawn over: a clock that ticks, and what is awaited. */
import pc, { CLEAR_LINE } from './colours.ts';
import { cutToWidth } from './cut-to-width.ts';
import { formatDuration } from './format-duration.ts';

const TICK_MS = 1_000;
/** Large runs have hundreds of events a second; more lines than a person reads. */
const REFRESH_MS = 100;
/** Of a terminal that does not say. */
const USUAL_COLUMNS = 80;

/** Where lines go; `isTerminal` says whether a line can be drawn over. */
export interface ProgressTarget {
  write(text: string): unknown;
  isTerminal: boolean;
  /** Columns of the terminal now; it may be resized. */
  columns?(): number | undefined;
}

/**
 * A stream of this process as a target.
 *
 * @example targetOf(process.stderr).isTerminal // false, where it is redirected
 */
export function targetOf(stream: NodeJS.WriteStream): ProgressTarget {
  return {
    write: (text) => stream.write(text),
    isTerminal: stream.isTTY === true,
    columns: () => stream.columns,
  };
}

/** Lines with a status line below them; without a terminal there are only the lines. */
export class StatusLine {
  readonly #target: ProgressTarget;
  readonly #startedAt: number;
  #text: ((nowMs: number) => string | undefined) | undefined;
  #isShown = false;
  #drawnAt = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(target: ProgressTarget, startedAt = Date.now()) {
    this.#target = target;
    this.#startedAt = startedAt;
  }

  /** Shows what is awaited from now on; asked again at every tick, and nothing is shown where it gives nothing. */
  show(text: (nowMs: number) => string | undefined): void {
    this.#text = text;
    this.#draw();
    if (!this.#target.isTerminal) return;
    this.#timer ??= setInterval(() => this.#draw(), TICK_MS).unref();
  }

  /** Draws again, since what is awaited has changed. */
  refresh(): void {
    if (Date.now() - this.#drawnAt >= REFRESH_MS) this.#draw();
  }

  /** Prints a line with the time since the start, above the status line. */
  line(text: string, timestamp = Date.now()): void {
    this.#clear();
    this.#target.write(`${this.#elapsed(timestamp)}  ${text}\n`);
    this.#draw();
  }

  /** Takes the status line away. */
  end(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#text = undefined;
    this.#clear();
  }

  #elapsed(timestamp: number): string {
    return pc.dim(formatDuration(Math.max(0, timestamp - this.#startedAt)).padStart(8));
  }

  #draw(): void {
    if (!this.#target.isTerminal) return;
    const now = Date.now();
    this.#drawnAt = now;
    const text = this.#text?.(now);
    this.#clear();
    if (text === undefined) return;
    // One column stays free: a line that fills the last one wraps on some terminals.
    const columns = (this.#target.columns?.() ?? USUAL_COLUMNS) - 1;
    this.#target.write(cutToWidth(`${this.#elapsed(now)}  ${text}`, columns));
    this.#isShown = true;
  }

  #clear(): void {
    if (!this.#isShown) return;
    this.#target.write(CLEAR_LINE);
    this.#isShown = false;
  }
}
