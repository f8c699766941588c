/** Says at once what a command waits for, where it has nothing else to show yet. */
import { StatusLine, targetOf } from './status-line.ts';

/** Often enough to show life in a log. */
const SAY_EVERY_MS = 15_000;

/** For what mostly takes no time: lines in a log would only be noise. */
export const QUIET = { onlyOnTerminal: true };

export interface Waiting {
  /** What is awaited from now on. */
  now(text: string): void;
  /** How far it has come; elsewhere than on a terminal it is said now and then only. */
  progress(text: string): void;
  /** Takes the clock away; call it before the result is printed. */
  end(): void;
}

/**
 * What is awaited, shown on stderr until its `end`: a line that ticks on a terminal, a line for each new thing elsewhere. Stdout stays the
 * result's.
 *
 * @example const waiting = startWaiting('preparing the state machine');
 */
export function startWaiting(text: string, { onlyOnTerminal = false } = {}): Waiting {
  const target = targetOf(process.stderr);
  if (onlyOnTerminal && !target.isTerminal) return { now: () => {}, progress: () => {}, end: () => {} };
  const screen = new StatusLine(target);
  const now = (next: string) => {
    if (target.isTerminal) screen.show(() => next);
    else screen.line(next);
  };
  now(text);
  let saidAt = Date.now();
  const progress = (next: string) => {
    if (!target.isTerminal && Date.now() - saidAt < SAY_EVERY_MS) return;
    saidAt = Date.now();
    now(next);
  };
  return { now, progress, end: () => screen.end() };
}

/**
 * What `work` returns, with {@link startWaiting} around it.
 *
 * @example await whileWaiting('asking AWS for the stack', () => findStack(name, region)) // the stack
 */
export async function whileWaiting<Result>(
  text: string,
  work: (waiting: Waiting) => Promise<Result>,
  options: Parameters<typeof startWaiting>[1] = {},
): Promise<Result> {
  const waiting = startWaiting(text, options);
  try {
    return await work(waiting);
  } finally {
    waiting.end();
  }
}

/** What takes some seconds where these sources have not been started before. */
export const PREPARING = 'preparing the state machine, first start only';

/** What starts every command that runs the state machine on this machine. */
export const STARTING = 'starting: the state machine, and stand-ins for what it talks to';
