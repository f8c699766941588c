/** Which URLs a credential or a transcript may be sent to. */
import * as z from 'zod';

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/**
 * True for the addresses of this machine itself.
 *
 * @example
 * isLoopback(new URL('http://127.0.0.1:3000')) // true
 * isLoopback(new URL('http://localhost.example.com')) // false
 */
export function isLoopback(url: URL): boolean {
  return LOOPBACK.test(url.hostname);
}

/**
 * True for https, and for http to this machine itself, where no other machine can listen in; false for any URL with
 * credentials inside.
 *
 * @example
 * isSecureUrl(new URL('https://example.com')) // true
 * isSecureUrl(new URL('http://example.com')) // false
 */
export function isSecureUrl(url: URL): boolean {
  if (url.username || url.password) return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url));
}

/** zod: an absolute URL that {@link isSecureUrl} accepts, kept as text. */
export const secureUrl = z.string().refine((text) => URL.canParse(text) && isSecureUrl(new URL(text)), {
  message: 'must be an https URL without credentials (http only on loopback)',
});
