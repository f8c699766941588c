/** The requests of one batch: what is not taken waits for its next try, while the others go on. */

import type { CheckpointFile } from '../shared/delivery/checkpoint-file.ts';
import { eventName } from '../shared/delivery/event-id.ts';
import type { DeliverySession } from './delivery-session.ts';
import { type Retry, RetryQueue, retryTime } from './retry-queue.ts';
import { TaskGroup } from './task-group.ts';

/** The events of one batch on their way. What becomes of them is written down in its checkpoint. */
export class BatchRequests {
  readonly #session: DeliverySession;
  readonly #now: () => number;
  readonly #file: CheckpointFile;
  readonly #requests = new TaskGroup();
  readonly #retries = new RetryQueue();

  constructor({ session, now }: { session: DeliverySession; now: () => number }, file: CheckpointFile) {
    this.#session = session;
    this.#now = now;
    this.#file = file;
  }

  /**
   * Sends an event as soon as it may be sent, after those whose next try is due.
   *
   * @returns false when nothing more may be sent in this call
   */
  async start(first: Retry): Promise<boolean> {
    while (!this.#retries.isEmpty) {
      const due = this.#retries.next(this.#now(), this.#session.takenSentMs);
      if (typeof due === 'object') {
        if (!(await this.#admitted(due))) return false;
      } else if (this.#retries.isFull) {
        if (this.#session.mustStop()) return false;
        await this.#session.pause(due);
      } else break;
    }
    return this.#admitted(first);
  }

  /** Sends what waits for its next try, until none does or nothing more may be sent in this call. */
  async finishRetries(): Promise<void> {
    while (!this.#session.mustStop() && !this.#hasFailed) {
      if (this.#retries.isEmpty) {
        if (this.#requests.isIdle) return;
        await this.#requests.oneSettled();
        continue;
      }
      const due = this.#retries.next(this.#now(), this.#session.takenSentMs);
      if (typeof due === 'number') await this.#session.pause(due);
      else await this.#admitted(due);
    }
  }

  /**
   * Waits until nothing is under way.
   *
   * @throws PipelineError `ConfigInvalid`, `VendorUnavailable` when a request could not be signed
   */
  async settled(): Promise<void> {
    await this.#requests.settled();
  }

  get #hasFailed(): boolean {
    return this.#file.hasFailed || this.#requests.hasFailed;
  }

  async #admitted(retry: Retry): Promise<boolean> {
    if (!(await this.#session.admit())) return false;
    if (this.#hasFailed) {
      this.#session.giveBack();
      return false;
    }
    this.#requests.run(() => this.#send(retry));
    return true;
  }

  async #send({ index, event, tries }: Retry): Promise<void> {
    const { ledger } = this.#file;
    const { meaning, last, retryAfterSeconds } = await this.#session.send(event);
    const name = eventName(event.id);
    if (meaning === 'delivered') ledger.delivered(index, name);
    else if (meaning === 'park') ledger.refused(index, name, last);
    else ledger.failed(index, name, last);
    this.#file.touch();
    if (meaning !== 'retry') return;
    const { failuresInARow } = this.#session;
    const failure = { tries: tries + 1, failuresInARow, askedSeconds: retryAfterSeconds, nowMs: this.#now() };
    const time = retryTime(failure);
    if (time) this.#retries.add({ index, event, tries: tries + 1 }, time);
  }
}
