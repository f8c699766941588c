const WORDS: Readonly<Record<string, string>> = {
  refused: 'the connection is refused',
  timeout: 'it does not answer in time',
  dns: 'its name does not resolve',
  reset: 'it closes the connection',
  'address-refused': 'its address is not public',
  unreadable: 'the stored rows cannot be read',
};

/**
 * Why the webhook took an event not, for a person: an HTTP status, or the word that a delivery keeps. Pure.
 *
 * `503` -> `it answers 503` · `refused` -> `the connection is refused`
 */
export function describeFailure(last: number | string): string {
  return typeof last === 'number' ? `it answers ${last}` : (WORDS[last] ?? `no answer (${last})`);
}
