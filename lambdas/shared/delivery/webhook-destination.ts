/** The webhook: each event signed afresh, with the secret read once more when the receiver does not know the signature. */

import { parseRetryAfter } from '../lib/http.ts';
import { classifyAnswer, type Meaning } from './classify-answer.ts';
import { type Destination, MAX_ASKED_SECONDS, type Verdict } from './destination.ts';
import { Signer, type SigningKeys } from './signer.ts';
import type { WebhookEvent } from './transcript-events.ts';
import { NoAnswer, type WebhookClient } from './webhook-client.ts';

/** For a 429 that does not say for how long. */
const UNSAID_SECONDS = 1;

/** Where the keys are kept. */
export interface SigningSecret {
  /** @param options.fresh not the ones that were read before */
  read(options?: { fresh?: boolean }): Promise<SigningKeys>;
}

/** The webhook as a destination, for one call. */
export class WebhookDestination implements Destination {
  readonly #client: Pick<WebhookClient, 'post'>;
  readonly #secret: SigningSecret;
  readonly #now: () => number;
  #signer: Promise<Signer> | undefined;
  #isFresh = false;

  constructor(client: Pick<WebhookClient, 'post'>, secret: SigningSecret, now: () => number) {
    this.#client = client;
    this.#secret = secret;
    this.#now = now;
  }

  /**
   * What the receiver made of an event.
   *
   * @throws PipelineError `ConfigInvalid` or `VendorUnavailable` when there is no signing key to be had
   */
  async send(event: WebhookEvent): Promise<Verdict> {
    this.#signer ??= this.#readSigner(false);
    const signer = this.#signer;
    const first = await this.#attempt(event, await signer);
    if (first.meaning !== 'unauthorised') return first as Verdict;
    // Once per call, whichever event comes first; the others that were signed with the old keys only sign again.
    if (!this.#isFresh) {
      this.#isFresh = true;
      this.#signer = this.#readSigner(true);
    }
    if (this.#signer === signer) return { meaning: 'park', last: first.last };
    const second = await this.#attempt(event, await this.#signer);
    return second.meaning === 'unauthorised' ? { meaning: 'park', last: second.last } : (second as Verdict);
  }

  async #readSigner(fresh: boolean): Promise<Signer> {
    return new Signer(await this.#secret.read({ fresh }));
  }

  async #attempt({ id, body }: WebhookEvent, signer: Signer): Promise<Omit<Verdict, 'meaning'> & { meaning: Meaning }> {
    const headers = {
      'content-type': 'application/json',
      'user-agent': 'cxone-transcript-pipeline',
      'x-request-id': id,
      ...signer.sign(id, body, this.#now()),
    };
    try {
      const { status, retryAfter } = await this.#client.post(headers, body);
      const meaning = classifyAnswer(status);
      if (meaning !== 'retry') return { meaning, last: status };
      const asked = parseRetryAfter(retryAfter, this.#now(), MAX_ASKED_SECONDS);
      return { meaning, last: status, retryAfterSeconds: asked ?? (status === 429 ? UNSAID_SECONDS : undefined) };
    } catch (error) {
      if (error instanceof NoAnswer) return { meaning: 'retry', last: error.reason };
      throw error;
    }
  }
}
