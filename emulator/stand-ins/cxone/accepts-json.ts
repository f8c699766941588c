import type { IncomingMessage } from 'node:http';

/**
 * Whether the caller says that it takes JSON: a wildcard is not enough, since some of the vendor's routes then answer otherwise.
 *
 * @example acceptsJson(request) // true for `accept: application/json`, false for `accept: *\/*`
 */
export function acceptsJson({ headers: { accept } }: IncomingMessage): boolean {
  return /\bapplication\/json\b/i.test(accept ?? '');
}
