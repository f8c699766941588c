/** Which URLs a credential or a transcript may be sent to. */
import * as z from 'zod';

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** True for the addresses of this machine itself. */
export function isLoopback(url: URL): boolean {
  return LOOPBACK.test(url.hostname);
}

/** https everywhere; http only to this machine itself, where no one can listen in. No credentials inside the URL. */
export function isSecureUrl(url: URL): boolean {
  if (url.username || url.password) return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url));
}

/** zod: an absolute URL that {@link isSecureUrl} accepts, kept as text. */
export const secureUrl = z.string().refine((text) => URL.canParse(text) && isSecureUrl(new URL(text)), {
  message: 'must be an https URL without credentials (http only on loopback)',
});
