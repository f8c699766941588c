/**
 * How a command ends before its time: Ctrl-C, a signal, or a reader of its output that has gone. What is interrupted
 * stops where nothing is half-done; everything else ends at once.
 */

/** Why the command is to end. */
type InterruptionReason = 'signal' | 'output closed';

/** A command was interrupted. The message is all that is shown. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

const CLOSED = 'output closed';

const MESSAGES: Record<InterruptionReason, string> = {
  signal: 'Stopped.',
  [CLOSED]: 'Stopped, since nobody reads the output any more.',
};

const controller = new AbortController();
/** Pieces of work that stop by themselves once they are told to. */
let orderly = 0;
let isOutputOptional = false;

/** For a command that only shows things: a reader that has seen enough (`| head`) is no failure, and ends it quietly. */
export function letReadersLeave(): void {
  isOutputOptional = true;
}

/** Aborts with the first interruption; its reason is an {@link Interrupted}. */
const interruption: AbortSignal = controller.signal;

/**
 * What is to be said about an output that was closed while orderly work went on, which then ended as if nothing had been;
 * undefined where the output is still read.
 *
 * @example closedOutputMessage() // undefined
 */
export function closedOutputMessage(): string | undefined {
  const isClosed = controller.signal.aborted && (controller.signal.reason as Interrupted).message === MESSAGES[CLOSED];
  return isClosed ? MESSAGES[CLOSED] : undefined;
}

function say(reason: InterruptionReason): void {
  // Where the reader of stderr is gone as well, nothing can be told any more.
  if (process.stderr.writable) process.stderr.write(`${MESSAGES[reason]}\n`);
}

function interrupt(reason: InterruptionReason): void {
  const isSecond = controller.signal.aborted;
  // A closed pipe reports every further write: one is enough.
  if (isSecond && reason === CLOSED) return;
  if (isOutputOptional && reason === CLOSED) process.exit(0);
  if (!isSecond) controller.abort(new Interrupted(MESSAGES[reason]));
  if (orderly > 0 && !isSecond) return;
  say(reason);
  process.exit(1);
}

/** Watches for signals, and for the end of the process that reads the output. Call it once, before anything else. */
export function watchForInterruptions(): void {
  for (const signal of SIGNALS) process.on(signal, () => interrupt('signal'));
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE' && error.code !== 'ERR_STREAM_DESTROYED') throw error;
      interrupt(CLOSED);
    });
  }
}

/**
 * What the work returns, which stops in order: with the first interruption its signal aborts, and the process waits for
 * it. The second interruption ends the process at once.
 *
 * @example await inOrder((signal) => engine.run({ ...options, signal }));
 * @throws Interrupted when the work threw because it was interrupted; else what it threw
 */
export async function inOrder<Result>(work: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
  orderly += 1;
  try {
    return await work(interruption);
  } catch (error) {
    // A child that got the same signal may be quicker to fail than this process is to hear of it.
    await new Promise((resolve) => setImmediate(resolve));
    if (interruption.aborted) throw interruption.reason;
    throw error;
  } finally {
    orderly -= 1;
  }
}
