/** What an answer means for the event and for the endpoint. Pure. */

/**
 * `delivered`: the receiver has it. `retry`: it may take it later. `park`: it will never take this one as it is.
 * `unauthorised`: it does not know the signature. `gone`: it wants nothing any more.
 */
export type Meaning = 'delivered' | 'retry' | 'park' | 'unauthorised' | 'gone';

const BY_STATUS: Readonly<Record<number, Meaning>> = {
  401: 'unauthorised',
  403: 'unauthorised',
  408: 'retry',
  410: 'gone',
  425: 'retry',
  429: 'retry',
};

/**
 * The meaning of an HTTP status. A redirect is not followed, but an endpoint that is being moved may come back: it is
 * tried again.
 *
 * @example
 * classifyAnswer(204) // 'delivered'
 * classifyAnswer(422) // 'park'
 * classifyAnswer(302) // 'retry'
 */
export function classifyAnswer(status: number): Meaning {
  const named = BY_STATUS[status];
  if (named) return named;
  if (status >= 200 && status < 300) return 'delivered';
  return status >= 400 && status < 500 ? 'park' : 'retry';
}
