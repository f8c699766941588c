/** Where events go: the port. Each destination is one file beside this one. */
import type { Meaning } from './classify-answer.ts';
import type { WebhookEvent } from './transcript-events.ts';

/** Longest wait that a destination may ask for: one that is repaired is found within six hours. */
export const MAX_ASKED_SECONDS = 6 * 3600;

/** What a destination made of an event. */
export interface Verdict {
  meaning: Exclude<Meaning, 'unauthorised'>;
  /** HTTP status, or a word where no answer came. */
  last: number | string;
  /** How long it asked us to wait, at most {@link MAX_ASKED_SECONDS}: it is there, and wants us slower. */
  retryAfterSeconds?: number | undefined;
}

/** One for each call of the function: what it learns of a signing key, or of a session, ends with that. */
export interface Destination {
  /**
   * What the destination made of the event. No answer is a verdict, too.
   *
   * @throws PipelineError `ConfigInvalid`, `VendorUnavailable` when nothing can be sent, whatever the event
   */
  send(event: WebhookEvent): Promise<Verdict>;
}
