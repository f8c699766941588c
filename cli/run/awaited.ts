/** What a run waits for at a moment, from its events. Does no I/O. */
import type { ExecutionEvent } from '../../emulator/engine/events.ts';
import { formatWait } from '../terminal/format-duration.ts';

/** What the states of a run do, in words for a person who waits for them. */
const DOING: Readonly<Record<string, string>> = {
  Authenticate: 'waiting for CXone: credentials',
  PlanExtraction: 'planning: which interactions, in which batches',
  SubmitTranscriptJob: 'waiting for CXone to take a job',
  GetJobStatus: 'waiting for CXone: is the job done?',
  StoreTranscripts: 'downloading, masking and storing',
  DeliverTranscripts: 'delivering to the webhook',
  ParkDeliveries: 'listing what the webhook did not take',
  ReconcileContacts: 'waiting for CXone: which contacts are there?',
  RecordOutcome: 'writing the manifest',
  EraseReplaced: 'erasing what CXone has taken names out of',
};

/** Of each Wait: what for, and what holds its seconds in its input. */
const WAITS: Readonly<Record<string, { text: string; holder?: 'job' | 'stored' | 'delivery' | 'reconciliation' }>> = {
  WaitToAuthenticate: { text: 'waiting for CXone: credentials' },
  WaitToPlan: { text: 'waiting to go on with the planning' },
  WaitForJob: { text: 'waiting for CXone', holder: 'job' },
  WaitToResubmit: { text: 'waiting for CXone to take a job', holder: 'job' },
  WaitToStore: { text: 'waiting for CXone to give a result', holder: 'stored' },
  WaitToReconcile: { text: 'waiting for CXone to list contacts', holder: 'reconciliation' },
  // Within a batch the answer of the delivery has a place of its own, within a delivery it is the state.
  WaitToDeliver: { text: 'waiting for the webhook', holder: 'delivery' },
  WaitToContinue: { text: 'waiting for the webhook' },
};

interface Activity {
  text: string;
  /** Epoch ms at which a Wait is over. */
  until?: number;
}

interface WaitInput {
  job?: { polls?: number; waitSeconds?: number };
  stored?: { waitSeconds?: number };
  delivery?: { waitSeconds?: number };
  reconciliation?: { waitSeconds?: number };
  waitSeconds?: number;
}

/** Feed it every event; {@link Awaited.describe} says what goes on. */
export class Awaited {
  readonly #waitScale: number;
  readonly #activities = new Map<string, Activity>();

  /** @param waitScale factor on Wait times, as the engine has it */
  constructor(waitScale = 1) {
    this.#waitScale = waitScale;
  }

  observe(event: ExecutionEvent): void {
    const { name, map } = event.execution;
    const key = map === undefined ? name : `${map.parent} ${map.index}`;
    switch (event.type) {
      case 'StateEntered':
        this.#enter(key, event.state, event.stateType, event.input as WaitInput | null, event.timestamp);
        break;
      case 'StateRetried':
        this.#activities.set(key, { text: `trying ${event.state} again` });
        break;
      case 'StateExited':
      case 'ExecutionSucceeded':
      case 'ExecutionFailed':
      case 'ExecutionTimedOut':
      case 'ExecutionAborted':
        this.#activities.delete(key);
        break;
      default:
        break;
    }
  }

  /**
   * What goes on: work comes before waiting, and of the waits the one that ends first.
   *
   * @example awaited.describe(Date.now()); // "waiting for CXone, poll 2, next in 5 s"
   * @returns undefined when nothing is known to go on
   */
  describe(nowMs: number): string | undefined {
    const activities = [...this.#activities.values()];
    const work = activities.findLast(({ until }) => until === undefined);
    if (work) return work.text;
    const [next] = activities.sort((a, b) => (a.until ?? 0) - (b.until ?? 0));
    if (next?.until === undefined) return undefined;
    const seconds = Math.max(0, Math.ceil((next.until - nowMs) / 1_000));
    return `${next.text}, next in ${formatWait(seconds)}`;
  }

  #enter(key: string, state: string, stateType: string, input: WaitInput | null, timestamp: number): void {
    // Again the last, for `describe`.
    this.#activities.delete(key);
    if (stateType === 'Wait') {
      const { text, holder } = WAITS[state] ?? { text: 'waiting' };
      const held = holder && input?.[holder]?.waitSeconds;
      const seconds = held ?? input?.waitSeconds ?? 0;
      const poll = state === 'WaitForJob' ? `, poll ${(input?.job?.polls ?? 0) + 1}` : '';
      const until = timestamp + seconds * 1_000 * this.#waitScale;
      this.#activities.set(key, { text: `${text}${poll}`, until });
    } else if (stateType === 'Task') {
      this.#activities.set(key, { text: DOING[state] ?? `waiting for ${state}` });
    }
  }
}
